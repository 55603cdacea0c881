"""PKH, Program Keluarga Harapan: one row is one family, in the person of its recipient."""

from pipelines.sources.distribution import REPLACEMENT, distribution_list

SOURCE = distribution_list(
    name="pkh",
    program="PKH",
    title="Program Keluarga Harapan",
    legal_basis="Permensos 1/2018",
    layouts=(REPLACEMENT,),
    programs=("PKH",),
)
