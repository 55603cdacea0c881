"""RTLH, houses unfit to live in: one row is one family; it says who is in need, and gives nothing."""

from pipelines import fields as f
from pipelines.declaration import Field
from pipelines.sources.survey import SURVEY_FIELDS, family_survey

_CONDITION = (
    "atap", "lantai", "dinding", "kondisi atap", "kondisi lantai", "kondisi dinding", "jenis atap", "jenis lantai",
    "jenis dinding", "pondasi", "kolom", "balok", "luas rumah", "luas bangunan", "luas lantai", "jumlah penghuni",
    "jumlah jiwa", "status tanah", "status lahan", "kepemilikan tanah", "kepemilikan rumah", "status rumah", "jamban",
    "wc", "mck", "air bersih", "sumber air", "sumber air minum", "penerangan", "listrik", "sumber listrik",
    "ventilasi", "penghasilan", "foto", "koordinat", "latitude", "longitude", "lat", "lng", "skor", "prioritas",
    "tahun", "tahun pendataan", "kategori rumah", "tingkat kerusakan", "kerusakan",
)  # fmt: skip

SOURCE = family_survey(
    name="rtlh",
    program="RTLH",
    title="Rumah Tidak Layak Huni",
    publisher="Dinas Perumahan dan Kawasan Permukiman",
    legal_basis="Permen PUPR 7/2018",
    fields=(
        *SURVEY_FIELDS,
        f.PERSON_KEY,
        Field("nominal", "nilai bantuan stimulan", "rupiah", ("nilai", "besaran", "nilai bantuan"), unit="rupiah"),
    ),
    required=(("nik", "no_kk"), ("nama",), ("desa", "kode_wilayah")),
    ignored=(*f.COMMON_IGNORED, *_CONDITION),
)
