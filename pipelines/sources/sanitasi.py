"""Sanitation: families by their own toilet and water, and what a whole dusun shares (a communal WC).

A row that carries no number of a person and names a shared facility is the facility's: it stands in `fasilitas`, and is
nobody's membership. A family that uses a communal one is a family.
"""

from pipelines import fields as f
from pipelines.declaration import Field
from pipelines.sources.survey import SURVEY_FIELDS, family_survey

_CONDITION = (
    "jenis kloset", "kloset", "septik tank", "septic tank", "tangki septik", "pembuangan tinja", "pembuangan akhir",
    "sumber air", "sumber air minum", "air bersih", "spal", "ctps", "kondisi", "tahun", "sumber dana", "koordinat",
    "latitude", "longitude", "lat", "lng", "foto", "jumlah jiwa", "kepemilikan jamban", "bab", "odf",
)  # fmt: skip

SOURCE = family_survey(
    name="sanitasi",
    program="SANITASI",
    title="Sanitasi keluarga dan fasilitas bersama",
    publisher="Dinas Kesehatan dan Dinas Pekerjaan Umum",
    legal_basis="Permenkes 3/2014 (STBM)",
    facilities=("komunal", "umum", "bersama", "mck", "ipal", "sanimas"),
    fields=(
        *SURVEY_FIELDS,
        f.DUSUN,
        Field("fasilitas", "fasilitas sanitasi, milik sendiri atau bersama", "teks", (
            "jenis fasilitas", "nama fasilitas", "fasilitas sanitasi", "jenis sarana", "sarana", "sarana sanitasi",
            "jenis sanitasi", "jenis jamban", "jamban", "fasilitas bab", "fasilitas buang air besar",
        )),
        Field("unit", "banyaknya unit fasilitas bersama", "teks", ("jumlah unit", "jumlah", "jumlah sarana", "volume")),
        Field("pengguna", "banyaknya pemakai fasilitas bersama", "teks", (
            "jumlah pengguna", "pemakai", "jumlah pemakai", "kk pengguna", "jumlah kk pengguna",
        )),
    ),
    required=(("nama", "fasilitas"), ("desa", "kode_wilayah")),
    ignored=(*(w for w in f.COMMON_IGNORED if w not in f.HAMLET), *_CONDITION),
)  # fmt: skip
