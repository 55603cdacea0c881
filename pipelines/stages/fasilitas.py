"""`fasilitas`: what a whole dusun shares, such as a communal WC; it is nobody's membership."""

import ibis
import ibis.expr.types as ir

from pipelines.period import Period

_PLACE = ("berkas", "lembar", "baris")
_COUNT = r"^\D*(\d{1,9})(?:\.0+)?\D*$"


def fasilitas(mentah: ir.Table, baris: ir.Table, periode: Period) -> ir.Table:
    """One row is one shared facility that a list states: its kind in the list's own word, its dusun, how many there are
    (`jumlah`, NULL: not said) and how many use it (`pengguna`)."""
    rows = baris.filter(baris.fasilitas.notnull(), baris.alasan == "").select(
        *_PLACE, "sumber", "kode_desa", jenis=baris.fasilitas.upper()
    )
    told = {c: mentah[c] if c in mentah.columns else ibis.null("string") for c in ("dusun", "unit", "pengguna")}
    said = mentah.filter(mentah.jenis == "data").select("sumber", *_PLACE, **told)
    both = rows.inner_join(said, ["sumber", *_PLACE])
    return both.select(
        *_PLACE, "sumber", "kode_desa", "jenis",
        periode=ibis.literal(periode.kini),
        dusun=both.dusun.upper().nullif(""),
        jumlah=both.unit.re_extract(_COUNT, 1).try_cast("int64"),
        pengguna=both.pengguna.re_extract(_COUNT, 1).try_cast("int64"),
    )  # fmt: skip
