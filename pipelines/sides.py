"""Two sides of one question, a person and a person or a row: what agrees and what differs, in words, no number."""

from collections.abc import Callable
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from pipelines.identifiers import DEFAULT_BIRTHDAYS
from pipelines.names import ONE_SLIP, SAME_NAME, edits, similarity

_MANY = ("nik", "no_kk", "psnoka", "id_registri")  # all that is known of a person; of a row what it says
# A side, each column with the prefix a_ or b_. `..._tertulis`: what is left of a number, where it is none.
SIDE = pa.schema([
    *((c, pa.string()) for c in ("nama", "nama_baku", "nama_ibu", "jenis_kelamin", "kode_desa")),
    ("nik_tertulis", pa.string()), ("no_kk_tertulis", pa.string()),
    ("tanggal_lahir", pa.date32()),
    *((c, pa.list_(pa.string())) for c in _MANY),
])  # fmt: skip
_LIKE_NAME, _TWO_SLIPS = 0.90, 2
_TELLING = (15, 12)  # leading digits of a damaged or masked number that say something

# The two texts that an aspect of a pair gives: how it agrees and how it differs, at most one of them not NULL.
Told = tuple[ir.StringValue, ir.StringValue]


def pairs_of(rows: pa.Table) -> ir.Table:
    """A table of pairs with the columns of both sides; what is known of neither is added as unknown."""
    for side in "ab":
        for field in SIDE:
            if f"{side}_{field.name}" not in rows.column_names:
                rows = rows.append_column(f"{side}_{field.name}", pa.nulls(rows.num_rows, field.type))
    return ibis.memtable(rows)


def in_words(pairs: ir.Table) -> ir.Table:
    """Add `sama` and `beda`: what agrees and what differs, joined by commas; '' where nothing does."""
    told = [aspect(pairs) for aspect in _ASPECTS]
    return pairs.mutate(sama=_joined([same for same, _ in told]), beda=_joined([other for _, other in told]))


def _joined(texts: list[ir.StringValue]) -> ir.StringValue:
    whole = reduce(lambda a, b: a + b, ((text + ", ").fill_null("") for text in texts))
    return whole.re_replace(", $", "")


def _name(what: str, a: str, b: str) -> Callable[[ir.Table], Told]:
    def told(t: ir.Table) -> Told:
        alike = similarity(t[a], t[b])
        # a common beginning alone makes SITI AMINAH and SITI RAHMAH .91
        like = (alike >= _LIKE_NAME) & (edits(t[a], t[b]) <= _TWO_SLIPS)
        same = ibis.cases((t[a] == t[b], f"{what} sama"), (like, f"{what} mirip"))
        other = ibis.cases(
            (like, ibis.null("string")), (alike >= SAME_NAME, f"{what} agak mirip"),
            (alike.notnull(), f"{what} beda"),
        )  # fmt: skip
        return same, other

    return told


def _equal(what: str, column: str) -> Callable[[ir.Table], Told]:
    def told(t: ir.Table) -> Told:
        a, b = t[f"a_{column}"], t[f"b_{column}"]
        return ibis.cases((a == b, f"{what} sama")), ibis.cases((a != b, f"{what} beda"))

    return told


def _number(what: str, column: str, *, slips: bool = True) -> Callable[[ir.Table], Told]:
    """Numbers of which one side may have several: one in common is enough."""

    def told(t: ir.Table) -> Told:
        a, b = t[f"a_{column}"], t[f"b_{column}"]
        both = (a.length() > 0) & (b.length() > 0)
        common = a.intersect(b).length() > 0
        near = a.map(lambda x: b.map(lambda y: edits(x, y)).mins()).mins() <= ONE_SLIP if slips else ibis.literal(False)
        other = both & ~common
        return (
            ibis.cases((both & common, f"{what} sama")),
            ibis.cases((other & near, f"{what} beda satu angka"), (other, f"{what} beda")),
        )

    return told


def _written(what: str, column: str) -> Callable[[ir.Table], Told]:
    """What a damaged or masked number of side b still tells."""

    def told(t: ir.Table) -> Told:
        known, head = t[f"a_{column}"], t[f"b_{column}_tertulis"].re_extract(r"^\d+", 0)
        asked = (known.length() > 0) & (t[f"b_{column}"].length().fill_null(0) == 0)
        fits = [
            (asked & (head.length() >= n) & known.map(lambda x, n=n: x.substr(0, n)).contains(head.substr(0, n)), n)
            for n in _TELLING
        ]
        none = reduce(lambda a, b: a & ~b, (fit for fit, _ in fits), ibis.literal(True))
        return (
            ibis.cases(*((fit, f"{n} angka pertama {what} sama") for fit, n in fits)),
            ibis.cases((asked & none & (head.length() >= min(_TELLING)), f"sisa angka {what} beda")),
        )

    return told


def _birth(t: ir.Table) -> Told:
    a, b = t.a_tanggal_lahir, t.b_tanggal_lahir
    usual = (a.day() * 100 + a.month()).isin(DEFAULT_BIRTHDAYS)
    swapped = (a.year() == b.year()) & (a.day() == b.month()) & (a.month() == b.day())
    return (
        ibis.cases(
            ((a == b) & usual, "tanggal lahir sama (tanggal bawaan, bukti lemah)"), (a == b, "tanggal lahir sama"),
        ),
        ibis.cases(
            (a == b, ibis.null("string")), (swapped, "hari dan bulan lahir tertukar"),
            (a.year() == b.year(), "tanggal lahir beda, tahunnya sama"), (a != b, "tanggal lahir beda"),
        ),
    )  # fmt: skip


_ASPECTS: tuple[Callable[[ir.Table], Told], ...] = (
    _name("nama", "a_nama_baku", "b_nama_baku"),
    _number("NIK", "nik"),
    _written("NIK", "nik"),
    _number("No KK", "no_kk"),
    _written("No KK", "no_kk"),
    _birth,
    _equal("jenis kelamin", "jenis_kelamin"),
    _name("nama ibu", "a_nama_ibu", "b_nama_ibu"),
    _equal("desa", "kode_desa"),
    _number("nomor peserta BPJS", "psnoka", slips=False),
    _number("nomor registri", "id_registri", slips=False),
)
