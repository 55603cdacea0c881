"""DTSEN, the single registry from 2025 on (Inpres 4/2025): families with their decile, renewed every three months.

A family file has one row a family, in the person of its head, and states decile and status; a person file has its
members. V2 comes as several workbooks, V3 as one text with `|`. A family counts once, whoever of it is named; one
that is not ranked yet has no decile. P3KE, which DTSEN took in, is read here by its own headers.
"""

from pipelines import fields as f
from pipelines.declaration import Field, Layout, Source

# Regsosek 2022 and DTSEN number the relation to the head otherwise than SIAK does.
_RELATIONS = {
    "1": "KEPALA KELUARGA", "2": "ISTRI/SUAMI", "3": "ANAK", "4": "MENANTU", "5": "CUCU", "6": "ORANG TUA/MERTUA",
    "7": "PEMBANTU", "8": "LAINNYA", "kepalakeluarga": "KEPALA KELUARGA", "istri": "ISTRI", "suami": "SUAMI",
    "istrisuami": "ISTRI/SUAMI", "anak": "ANAK", "menantu": "MENANTU", "cucu": "CUCU", "orangtua": "ORANG TUA",
    "orangtuamertua": "ORANG TUA/MERTUA", "mertua": "MERTUA", "famililain": "FAMILI LAIN", "pembantu": "PEMBANTU",
    "lainnya": "LAINNYA",
}  # fmt: skip
_HEADS = {"nama_kepala_keluarga": "nama", "kepala_keluarga": "nama", "nik_kepala_keluarga": "nik"}
_P3KE = ("id keluarga", "kepala keluarga", "desil kesejahteraan")
_GOODS = (
    "tabung_gas", "lemari_es", "ac", "pemanas_air", "telepon_rumah", "televisi", "emas_perhiasan", "emas",
    "komputer_laptop", "komputer", "laptop", "sepeda", "sepeda_motor", "motor", "mobil", "perahu", "motor_tempel",
    "kapal_perahu_motor", "perahu_motor", "smartphone",
)  # fmt: skip
_HOUSING = (
    "lantai_terluas", "dinding_terluas", "atap_terluas", "fasilitas_bab", "jenis_kloset", "pembuangan_akhir_tinja",
    "sumber_air_minum", "sumber_air_minum_utama", "sumber_penerangan", "sumber_penerangan_utama", "daya_terpasang",
    "bahan_bakar_memasak", "bahan_bakar_utama_memasak", "status_bangunan", "status_penguasaan_bangunan",
    "kepemilikan_rumah", "kepemilikan_bangunan",
)  # fmt: skip
_OF_A_PERSON = (
    "disabilitas", "penyakit_menahun", "penyakit_kronis", "status_hamil", "partisipasi_sekolah",
    "jenjang_pendidikan", "pendidikan_tertinggi", "kelas_tertinggi", "ijazah_tertinggi", "status_bekerja",
    "lapangan_usaha", "status_pekerjaan", "kepemilikan_usaha", "status_perkawinan", "pekerjaan_utama",
)  # fmt: skip

SOURCE = Source(
    name="dtsen",
    program="DTSEN",
    title="Data Tunggal Sosial dan Ekonomi Nasional",
    satuan="keluarga",
    publisher="Badan Pusat Statistik dan Kementerian Sosial",
    legal_basis="Inpres 4/2025; Permensos 3/2025",
    code_system="kemendagri",
    registry=True,
    trust=1,
    cadence_months=3,
    berlaku_dari="2025-01",
    fields=(
        Field("id_registri", "nomor orang pada registri", "teks", ("id_individu", "iddtks", "id_dtks")),
        Field("id_keluarga", "nomor keluarga pada registri", "teks", ("idkeluarga", "id_dtsen", "no_keluarga_dtsen")),
        *f.PERSON,
        *f.ABOUT,
        *f.REGION,
        Field("desil", "desil kesejahteraan keluarga", "angka", (
            "desil_nasional", "desil kesejahteraan", "desil keluarga", "desil dtsen",
        )),
        Field("status", "status keluarga di registri", "status", ("status_dtsen", "status data")),
    ),
    beside=f.BESIDE_PERSON,
    required=(("nik", "no_kk", "id_keluarga"), ("nama",)),
    ignored=(
        *f.COMMON_IGNORED, "peringkat_nasional", "peringkat", "cut_off", "cutoff", "jumlah_anggota_keluarga",
        "jumlah anggota", "pbi", "pkh", "bpnt", "sembako", "bst", "bpum", "penerima bpnt", "penerima bnpt",
        "penerima bpum", "penerima bst", "penerima pkh", "penerima sembako", "resiko stunting", "risiko stunting",
        "pensasaran", "kepemilikan rumah", "simpanan", "jenis atap", "jenis dinding", "jenis lantai",
        "sumber penerangan", "bahan bakar memasak", "sumber air minum", "memiliki fasilitas buang air besar",
        *(f"aset_bergerak_{x}" for x in _GOODS), "aset_tidak_bergerak_lahan_lain", "aset_tidak_bergerak_rumah_lain",
        *(f"id_{x}" for x in (*_HOUSING, *_OF_A_PERSON) if x not in ("pekerjaan_utama", "status_perkawinan")),
        *_HOUSING[:5], *_OF_A_PERSON[:2],
    ),
    statuses={
        "": "AKTIF", "aktif": "AKTIF", "dtsen aktif": "AKTIF",
        "dtsen aktif - asesmen meninggal": "MENINGGAL",  # of the one named: the head
        "dtsen nonaktif": "NONAKTIF", "nonaktif": "NONAKTIF",
    },
    layouts=(
        Layout("p3ke_keluarga", "P3KE, keluarga", _P3KE, reads=_HEADS, heads=True, berlaku_sampai="2025-01"),
        Layout("p3ke_lama", "P3KE sesudah DTSEN", _P3KE, berlaku_dari="2025-01",
               refusal="berkas ini P3KE, yang sejak Januari 2025 digantikan DTSEN; pakai daftar DTSEN"),
        Layout("keluarga", "DTSEN, keluarga", ("id_keluarga", "nama_kepala_keluarga"), reads=_HEADS, heads=True),
        Layout("keluarga_tanpa_nomor", "DTSEN, keluarga menurut kepalanya", ("desil_nasional", "nama_kepala_keluarga"),
               reads=_HEADS, heads=True),
        Layout("anggota", "DTSEN, anggota keluarga", ("id_hub_kepala_keluarga",),
               codes={"hubungan_keluarga": _RELATIONS}),
    ),
)  # fmt: skip
