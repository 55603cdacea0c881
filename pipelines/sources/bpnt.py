"""BPNT, Bantuan Pangan Non Tunai (Sembako): one row is one family, in the person of its recipient."""

from pipelines.sources.distribution import CHANGE_RECORD, REPLACEMENT, distribution_list

SOURCE = distribution_list(
    name="bpnt",
    program="BPNT",
    title="Bantuan Pangan Non Tunai (Sembako)",
    legal_basis="Permensos 5/2021",
    layouts=(CHANGE_RECORD, REPLACEMENT),
    programs=("BPNT", "SEMBAKO", "BPNT SEMBAKO"),
)
