"""An assessed cohort, such as people who worked at one trade: one row is one person or family, with site and date.

It is no programme: its rows are linked and accounted for, and are in no fact. A list that names no cohort is of
the one that its folder (`asesmen/<kohort>/`) or its file is named after.
"""

from pipelines import fields as f
from pipelines.declaration import Field, Source

SOURCE = Source(
    name="asesmen",
    program="",
    title="Asesmen kelompok",
    satuan="orang",
    publisher="Dinas Sosial dan pendamping",
    legal_basis="penugasan kantor",
    code_system="mana_saja",
    trust=5,
    mandatory=False,
    aid=False,
    fields=(
        *f.PERSON,
        *f.ABOUT,
        *f.REGION,
        f.PERSON_KEY,
        Field("kohort", "kelompok yang diases", "teks", ("kelompok", "nama kohort", "nama kelompok", "cohort")),
        Field("lokasi", "tempat kerja atau tempat asesmen", "teks", (
            "lokasi kerja", "lokasi dapur", "lokasi dapur arang", "nama dapur", "dapur", "dapur arang", "tempat kerja",
            "site", "lokasi asesmen", "lokasi asal",
        )),
        Field("tanggal_asesmen", "tanggal asesmen", "tanggal", (
            "tanggal", "tgl", "tgl asesmen", "tanggal survei", "tanggal pendataan", "tanggal kunjungan", "tgl survei",
        ), unit="hari"),
    ),
    beside=f.BESIDE_PERSON,
    required=(("nik", "no_kk"), ("nama",)),
    ignored=(*f.COMMON_IGNORED, "petugas", "surveyor", "pendata", "pekerjaan lama", "pekerjaan baru",
             "pekerjaan sekarang", "aset", "alat tangkap", "pompong", "kebutuhan", "rekomendasi", "catatan", "hasil",
             "foto", "koordinat", "jumlah anggota keluarga", "jumlah jiwa"),
)  # fmt: skip
