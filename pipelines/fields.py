"""The fields that more than one source carries, each with the header words seen for it (domain.md section 1)."""

from dataclasses import replace

from pipelines.declaration import Field, fold_header

NIK = Field("nik", "Nomor Induk Kependudukan orang", "nik", (
    "nomor_nik", "no nik", "n i k", "nomor induk kependudukan", "no ktp", "nik_ktp", "nik_siks", "nik kpm",
    "nik pengurus", "nik penerima", "nik_kis", "nik peserta", "nik penerima manfaat", "nik warga", "nomor ktp",
    "no ktp/nik", "nik/no ktp", "no induk kependudukan", "nik (16 digit)", "nomor induk kependudukan (nik)",
))  # fmt: skip
# Only a form that has two says which of them is the witness.
NIK_SAKSI = Field("nik_saksi", "NIK orang yang sama menurut instansi lain", "nik", ())
NO_KK = Field("no_kk", "nomor Kartu Keluarga", "no_kk", (
    "nokk", "nomor_kk", "kk", "nkk", "no kartu keluarga", "nomor kartu keluarga", "kkno", "nomorkk", "nkk_pm",
    "kartu keluarga", "no kartu keluarga (kk)", "nomor kartu keluarga (kk)", "no kk (16 digit)", "no kk kpm",
    "no kk penerima", "nomor kk kpm", "nomor kk penerima",
))  # fmt: skip
NAMA = Field("nama", "nama orang", "nama", (
    "nama_penerima", "nama kpm", "nama lengkap", "nama pengurus", "nama_lgkp", "nama_kis", "nama penerima manfaat",
    "nama peserta", "nama pm", "nama pengurus kpm", "nama penduduk", "nama penerima manfaat (kpm)", "nama warga",
    "nama keluarga penerima manfaat", "nama keluarga penerima manfaat (kpm)", "nama penerima bantuan",
    "nama penerima bansos", "nama sesuai ktp", "nama lengkap sesuai ktp",
))  # fmt: skip
TANGGAL_LAHIR = Field("tanggal_lahir", "tanggal lahir", "tanggal", (
    "tgl_lahir", "tgllhr", "tgl_lhr", "tanggal lhr", "tempat/tgl lahir", "tempat tanggal lahir", "ttl",
    "tempat dan tanggal lahir", "tempat, tanggal lahir", "tgl/bln/th", "tanggallahir", "ttl pengurus",
    "tempat/tanggal lahir", "tmp/tgl lahir", "tempat & tanggal lahir", "tempat & tgl lahir",
    "tanggal lahir (dd/mm/yyyy)",
), unit="hari")  # fmt: skip
JENIS_KELAMIN = Field("jenis_kelamin", "jenis kelamin, L atau P", "jenis_kelamin", (
    "jenkel", "jenkel_id", "jk", "kelamin", "sex", "l/p", "id_jenis_kelamin", "jns kelamin", "jenis kel", "jns kel",
    "jenis kelamin (l/p)", "gender",
))  # fmt: skip
NAMA_IBU = Field("nama_ibu", "nama gadis ibu kandung", "nama", (
    "nama_ibu_kandung", "ibu_kandung", "ibu", "nama ibu", "nmibu", "nama gadis ibu kandung", "nama gadis ibu",
    "nama lengkap ibu kandung",
))  # fmt: skip
HUBUNGAN = Field("hubungan_keluarga", "hubungan dengan kepala keluarga", "teks", (
    "hub_keluarga", "shdk", "shdk_id", "hubungan keluarga", "status hubungan dalam keluarga", "pisat",
    "status_hubungan_dalam_keluarga_id", "id_hub_kepala_keluarga", "kdhubkel", "kk_level", "hubungan",
    "hubungan dengan kepala keluarga", "hub dgn kk", "hub kel", "status hubungan", "status hubungan keluarga",
    "hubungan dalam keluarga", "status dalam keluarga",
))  # fmt: skip
KABUPATEN = Field("kabupaten", "kabupaten atau kota tempat tinggal", "teks", (
    "kabupaten_kota", "kab", "kota", "regency", "kab_name", "nmkab", "nama_kabupaten", "nama_kabupaten_kota",
    "kab/kota", "kota/kab", "kota/kabupaten", "nama kab/kota", "nama kab", "nm_kab",
))  # fmt: skip
KECAMATAN = Field("kecamatan", "kecamatan tempat tinggal", "teks", (
    "kec", "kec_name", "nama_kec", "nama_kecamatan", "district", "nmkec",
))  # fmt: skip
DESA = Field("desa", "desa atau kelurahan tempat tinggal", "teks", (
    "desa_kelurahan", "kel_name", "kelurahan", "village", "desa/kelurahan", "nama_desa", "nmdesa", "kelurahan/desa",
    "nama desa/kelurahan", "desakeluarahan", "desa/kel", "nama_kelurahan_desa", "nama_desa_kelurahan", "kel",
    "kel/desa", "ds/kel", "nama kelurahan", "nama kel", "nama kel/desa", "nama desa/kel", "nm_kel",
))  # fmt: skip
KODE_WILAYAH = Field("kode_wilayah", "kode desa menurut sistem kode sumber", "teks", (
    "kode_desa", "kode wilayah", "kddesa", "kode kemdagri", "kode kemendagri", "kode_kelurahan_desa",
    "kode_desa_kelurahan",
))  # fmt: skip
STATUS_DASAR = Field("status_dasar", "keadaan orang menurut daftar penduduk", "status", (
    "status penduduk", "status kependudukan", "status hidup", "status(hidup/tidak valid)",
))  # fmt: skip
HAMLET = ("dusun", "nama dusun", "lingkungan", "dusun/lingkungan", "lingkungan/dusun")
DUSUN = Field("dusun", "dusun atau lingkungan", "teks", HAMLET)
PERSON_KEY = Field("id_registri", "nomor DTKS orang (UUID)", "teks", ("iddtks", "id_dtks", "no_dtks", "id bdt kpm"))

REGION = (KABUPATEN, KECAMATAN, DESA, KODE_WILAYAH)
PERSON = (NIK, NO_KK, NAMA, STATUS_DASAR)
# Who is named at the head of a family: the recipient where a row is a family, else the father of the one listed.
_NIK_OF_HEAD = ("nik kepala keluarga", "nik kk penerima")
_NAME_OF_HEAD = ("nama kepala keluarga", "nama kk", "kepala keluarga")
FAMILY = (
    replace(NIK, synonyms=(*NIK.synonyms, *_NIK_OF_HEAD)), NO_KK,
    replace(NAMA, synonyms=(*NAMA.synonyms, *_NAME_OF_HEAD)), STATUS_DASAR,
)  # fmt: skip
BESIDE_PERSON = dict.fromkeys(_NIK_OF_HEAD, "nik") | dict.fromkeys(_NAME_OF_HEAD, "nama")
# What a list of persons may tell of them besides.
ABOUT = (TANGGAL_LAHIR, JENIS_KELAMIN, NAMA_IBU, HUBUNGAN)

# Known columns that no stage reads.
_ROW = (
    "no", "nomor", "no urut", "nomor urut", "id", "ket", "keterangan", "catatan", "tanda tangan", "ttd", "paraf",
    "tanda terima", "tanda tangan/cap jempol", "tanda tangan/no rek", "periode", "foto", "foto_rumah",
    "keterangan_padan", "padan dukcapil", "padan dukcapil(ya/tidak)",
)  # fmt: skip
_PLACE = (
    "provinsi", "propinsi", "province", "prov", "prop_name", "nmprov", "kdprov", "kode_provinsi", "nama_provinsi",
    "kdkab", "kode_kabupaten", "kode_kabupaten_kota", "kode_kecamatan", "kdkec", "alamat",
    "alamat lengkap", "alamat rumah", "alamat ktp", "alamat sesuai ktp", "alamat domisili", "dusun/alamat",
    "alamat/dusun", "alamat/rt/rw", "alamat/dusun/rt/rw", "dusun/rt", "dusun/rt/rw", "rt", "rw", "rt/rw", "kodepos",
    "kode pos", "dusun_id", "rts_id", "rws_id", "jalan", "nama jalan", "jln", "gang", "no rumah", "nomor rumah",
)  # fmt: skip
_LIFE = (
    "tempat_lahir", "tmp_lahir", "tmplhr", "tmp_lhr", "pekerjaan", "jenis pekerjaan", "pekerjaan_id",
    "id_pekerjaan_utama", "no hp", "nohp", "no hp/wa", "no telp", "no telepon", "telepon", "agama", "status kawin",
    "status perkawinan", "status_kawin_id", "id_status_perkawinan", "kdstawin", "pendidikan", "penghasilan",
    "nama_ayah", "nmayah", "nikayah", "nikibu", "nik_ayah", "nik_ibu", "no rekening", "nomor rekening", "norek",
    "bank", "nama bank", "umur", "usia",
)  # fmt: skip
# Of these, what says where and who somebody is, and never that he has left.
SILENT = frozenset(
    map(fold_header, ("no", "nomor", "no urut", "id", "foto_rumah", "periode", *_PLACE, *_LIFE, *HAMLET))
)
COMMON_IGNORED = (*_ROW, *_PLACE, *_LIFE, *HAMLET)
