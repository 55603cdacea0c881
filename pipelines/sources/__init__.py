"""The register of sources. To add one: a file beside this one that holds `SOURCE`, and one line here."""

from pipelines.declaration import Source
from pipelines.sources import asesmen, blt_dd, bpnt, dtks, dtsen, pbi_jk, pkh, ppks, rtlh, sanitasi

REGISTER: tuple[Source, ...] = (
    dtks.SOURCE,
    pbi_jk.SOURCE,
    pkh.SOURCE,
    bpnt.SOURCE,
    blt_dd.SOURCE,
    dtsen.SOURCE,
    rtlh.SOURCE,
    sanitasi.SOURCE,
    ppks.SOURCE,
    asesmen.SOURCE,
)
