"""BPNT, Bantuan Pangan Non Tunai (Sembako): one row is one family, in the person of its recipient."""

from pipelines import fields as f
from pipelines.declaration import FAMILIES, Source
from pipelines.sources.distribution import (
    CHANGE_RECORD,
    DISTRIBUTION_FIELDS,
    DISTRIBUTION_IGNORED,
    DISTRIBUTION_STATUSES,
    REPLACEMENT,
)

SOURCE = Source(
    name="bpnt",
    program="BPNT",
    title="Bantuan Pangan Non Tunai (Sembako)",
    satuan="keluarga",
    publisher="Kementerian Sosial",
    legal_basis="Permensos 5/2021",
    code_system="kemendagri",
    max_rows=FAMILIES,
    trust=3,
    from_registry=True,
    fields=DISTRIBUTION_FIELDS,
    layouts=(CHANGE_RECORD, REPLACEMENT),
    statuses=DISTRIBUTION_STATUSES,
    programs=("BPNT", "SEMBAKO", "BPNT SEMBAKO"),
    required=(("nik",), ("nama",), ("no_kk",), ("desa", "kode_wilayah")),
    ignored=(*f.COMMON_IGNORED, *DISTRIBUTION_IGNORED),
)
