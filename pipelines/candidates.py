"""Which pairs are compared at all: those that share an exact key which few people share, and a name alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import ibis.expr.types as ir

from pipelines.names import similarity

LEAST_ALIKE = 0.85  # what is further apart is another name, whatever else agrees

# What a record is of, beside what it tells: the number of its person, or the rid of a row that is nobody's; whether it
# is such a row; and the person's key, NULL for a row.
PARTY = ("pihak", "lepas", "kunci")
COUPLE = ("pihak_l", "pihak_r")


@dataclass(frozen=True)
class Block:
    """Records are compared where `keys` are equal; `loose`: this key is for rows that are nobody's alone, which are
    few enough for a key that many share."""

    keys: tuple[str, ...]
    loose: bool = False


BLOCKS = (
    Block(("nama_baku", "lahir")),
    Block(("no_kk", "nama_baku")),
    Block(("no_kk", "lahir")),
    Block(("nama_ibu", "lahir")),
    Block(("nama_baku", "nama_ibu", "kode_desa")),  # a digit of the birth is wrong
    Block(("no_kk",), loose=True),
    Block(("nik12",), loose=True),
    Block(("psnoka",), loose=True),
    Block(("nama_baku", "kode_desa"), loose=True),
)


def couples(new: ir.Table, everybody: ir.Table) -> ir.Table:
    """The couples worth comparing: COUPLE, the new one left, a person right. A couple may come more than once; none
    comes in both directions.

    `new`: records of the persons founded in this period and of the rows that are nobody's; `everybody`: the same
    persons, and those known from before.
    """
    loose = new.filter(new.lepas)
    return reduce(lambda a, b: a.union(b), (_sharing(loose if b.loose else new, everybody, b.keys) for b in BLOCKS))


def _sharing(new: ir.Table, everybody: ir.Table, keys: Sequence[str]) -> ir.Table:
    left = sided(new.select("pihak", "lepas", *dict.fromkeys(("nama_baku", *keys))), "l")
    right = sided(everybody.select("pihak", *dict.fromkeys(("nama_baku", *keys))), "r")
    t = left.inner_join(right, [(f"{key}_l", f"{key}_r") for key in keys])
    once = t.lepas_l | (t.pihak_r < t.pihak_l)
    alike = (t.nama_baku_l == t.nama_baku_r) | (similarity(t.nama_baku_l, t.nama_baku_r) >= LEAST_ALIKE)
    return t.filter(once & alike).select(*COUPLE)


def couples_asked(asked: ir.Table, everybody: ir.Table) -> ir.Table:
    """The couples of known persons of `asked` (orang_id_a, orang_id_b), as `couples`."""
    persons = everybody.filter(everybody.pihak < 0).select("pihak", "kunci").distinct()
    pairs = asked.filter(asked.orang_id_b.notnull()).select("orang_id_a", "orang_id_b").distinct()
    left = pairs.inner_join(persons, [("orang_id_b", "kunci")]).select("orang_id_a", pihak_l="pihak")
    return left.inner_join(persons, [("orang_id_a", "kunci")]).select("pihak_l", pihak_r="pihak")


def sided(records: ir.Table, side: str) -> ir.Table:
    """Records as one side of pairs, `l` or `r`."""
    return records.rename(**{f"{column}_{side}": column for column in records.columns})
