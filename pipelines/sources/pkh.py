"""PKH, Program Keluarga Harapan: one row is one family, in the person of its recipient."""

from pipelines import fields as f
from pipelines.declaration import FAMILIES, Source
from pipelines.sources.distribution import DISTRIBUTION_FIELDS, DISTRIBUTION_IGNORED, DISTRIBUTION_STATUSES, REPLACEMENT

SOURCE = Source(
    name="pkh",
    program="PKH",
    title="Program Keluarga Harapan",
    satuan="keluarga",
    publisher="Kementerian Sosial",
    legal_basis="Permensos 1/2018",
    code_system="kemendagri",
    max_rows=FAMILIES,
    trust=3,
    from_registry=True,
    fields=DISTRIBUTION_FIELDS,
    layouts=(REPLACEMENT,),
    statuses=DISTRIBUTION_STATUSES,
    programs=("PKH",),
    required=(("nik",), ("nama",), ("no_kk",), ("desa", "kode_wilayah")),
    ignored=(*f.COMMON_IGNORED, *DISTRIBUTION_IGNORED),
)
