"""BLT-DD, cash aid paid from a desa's own Dana Desa: one workbook a desa, one row is one family."""

from dataclasses import replace

from pipelines import fields as f
from pipelines.declaration import FAMILIES, Field, Source
from pipelines.period import MONTHS

# Whether a month was paid: a tick or the amount (domain.md 1.4). Who stands on the list is paid.
_PAID = (
    *MONTHS, *(month[:3] for month in MONTHS), "agt", "ags", "nop", "sept", *(f"bulan {n}" for n in range(1, 13)),
    *(f"{part} {n}" for part in ("triwulan", "tahap", "tw") for n in ("i", "ii", "iii", "iv", "1", "2", "3", "4")),
)  # fmt: skip
_AMOUNT = (
    "jumlah", "jumlah (rp)", "besaran", "nilai", "nominal (rp)", "jumlah bantuan", "besaran (rp)",
    "jumlah bantuan (rp)", "jumlah uang", "jumlah uang (rp)", "jumlah diterima", "jumlah yang diterima",
    "nominal bantuan", "besaran bantuan",
)  # fmt: skip
_OWN_NAMES = tuple(f"nama {who} {aid}" for who in ("kpm", "penerima") for aid in ("blt", "blt dd"))
_FAMILY = (
    replace(field, synonyms=(*field.synonyms, *_OWN_NAMES)) if field.name == "nama" else field for field in f.FAMILY
)

SOURCE = Source(
    name="blt_dd",
    program="BLT_DD",
    title="Bantuan Langsung Tunai Dana Desa",
    satuan="keluarga",
    publisher="Pemerintah desa",
    legal_basis="PMK 145/2023 dan PMK 146/2023",
    code_system="kemendagri",
    max_rows=FAMILIES,
    trust=4,
    one_file_per_desa=True,
    fields=(
        *_FAMILY,
        f.TANGGAL_LAHIR,
        f.JENIS_KELAMIN,
        f.HUBUNGAN,
        *f.REGION,
        Field("nominal", "jumlah bantuan bulan itu", "rupiah", _AMOUNT, unit="rupiah"),
    ),
    programs=("BLT", "BLT DD"),
    required=(("nik", "no_kk"), ("nama",)),
    ignored=(*f.COMMON_IGNORED, "kriteria", "bulan", "triwulan", *f.NAMA_IBU.folded, *_PAID),
)
