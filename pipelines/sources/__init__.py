"""The register of sources. To add one: a file beside this one that holds `SOURCE`, and one line here."""

from pipelines.declaration import Source
from pipelines.sources import blt_dd, bpnt, dtks, pbi_jk, pkh

REGISTER: tuple[Source, ...] = (
    dtks.SOURCE,
    pbi_jk.SOURCE,
    pkh.SOURCE,
    bpnt.SOURCE,
    blt_dd.SOURCE,
)
