"""The fields that more than one source carries, each with the header words seen for it (domain.md section 1)."""

from pipelines.declaration import Field

NIK = Field("nik", "Nomor Induk Kependudukan orang", "nik", (
    "nomor_nik", "no nik", "n i k", "nomor induk kependudukan", "no ktp", "nik_ktp", "nik_siks", "nik kpm",
    "nik pengurus", "nik penerima", "nik kepala keluarga", "nik kk penerima",
))  # fmt: skip
NO_KK = Field("no_kk", "nomor Kartu Keluarga", "no_kk", (
    "nokk", "nomor_kk", "kk", "nkk", "no kartu keluarga", "nomor kartu keluarga", "kkno", "nomorkk",
))  # fmt: skip
NAMA = Field("nama", "nama orang", "nama", (
    "nama_penerima", "nama kpm", "nama kepala keluarga", "nama lengkap", "nama pengurus", "nama_lgkp", "nama_kis",
    "nama penerima manfaat", "nama kk", "nama peserta", "nama pm",
))  # fmt: skip
TANGGAL_LAHIR = Field("tanggal_lahir", "tanggal lahir", "tanggal", (
    "tgl_lahir", "tgllhr", "tgl_lhr", "tanggal lhr", "tempat/tgl lahir", "tempat tanggal lahir", "ttl",
    "tempat dan tanggal lahir", "tempat, tanggal lahir", "tgl/bln/th",
), unit="hari")  # fmt: skip
JENIS_KELAMIN = Field("jenis_kelamin", "jenis kelamin, L atau P", "jenis_kelamin", (
    "jenkel", "jenkel_id", "jk", "kelamin", "sex", "l/p",
))  # fmt: skip
NAMA_IBU = Field("nama_ibu", "nama gadis ibu kandung", "nama", (
    "nama_ibu_kandung", "ibu_kandung", "ibu", "nama ibu", "nmibu", "nama gadis ibu kandung",
))  # fmt: skip
HUBUNGAN = Field("hubungan_keluarga", "hubungan dengan kepala keluarga", "teks", (
    "hub_keluarga", "shdk", "shdk_id", "hubungan keluarga", "status hubungan dalam keluarga", "pisat",
    "status_hubungan_dalam_keluarga_id",
))  # fmt: skip
KECAMATAN = Field("kecamatan", "kecamatan tempat tinggal", "teks", (
    "kec", "kec_name", "nama_kec", "nama_kecamatan", "district", "nmkec",
))  # fmt: skip
DESA = Field("desa", "desa atau kelurahan tempat tinggal", "teks", (
    "desa_kelurahan", "desa/kel", "kel/desa",
    "kel_name", "kelurahan", "village", "desa/kelurahan", "nama_desa", "nmdesa", "kelurahan/desa",
    "nama desa/kelurahan",
))  # fmt: skip
KODE_WILAYAH = Field("kode_wilayah", "kode desa menurut sistem kode sumber", "teks", (
    "kode_desa", "kode wilayah", "kddesa", "kode kemdagri", "kode_kelurahan_desa",
))  # fmt: skip

REGION = (KECAMATAN, DESA, KODE_WILAYAH)
PERSON = (NIK, NO_KK, NAMA)

# Known columns that no stage reads.
COMMON_IGNORED = (
    "no", "nomor", "no urut", "id", "provinsi", "province", "prop_name", "kabupaten_kota", "kabupaten", "kota",
    "regency", "kab_name", "alamat", "dusun", "dusun/alamat", "rt", "rw", "rt/rw", "tempat_lahir", "tmp_lahir",
    "tmplhr", "pekerjaan", "ket", "keterangan", "tanda tangan", "ttd", "paraf", "no rekening", "foto_rumah",
    "no hp", "kodepos", "agama", "status kawin", "pendidikan", "dusun_id", "rts_id", "rws_id",
)  # fmt: skip
