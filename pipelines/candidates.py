"""Which pairs are compared at all: those that share an exact key which few people share, and a name alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import ibis.expr.types as ir

from pipelines.comparisons import RECORD
from pipelines.linkage import Keep
from pipelines.names import similarity

LEAST_ALIKE = 0.85  # what is further apart is another name, whatever else agrees

# What a record is of, beside what it tells: the number of its person, or the rid of a row that is nobody's; whether it
# is such a row; and the person's key, NULL for a row.
PARTY = ("pihak", "lepas", "kunci")


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
    Block(("nama_baku", "urut")),  # a digit of region or birth is wrong: the serial is not
    Block(("no_kk",), loose=True),
    Block(("nik12",), loose=True),
    Block(("psnoka",), loose=True),
    Block(("nama_baku", "kode_desa"), loose=True),
)


def pairs_of(new: ir.Table, everybody: ir.Table, keep: Keep) -> ir.Table:
    """Every pair worth comparing: columns of PARTY and RECORD of the new one (`_l`) and of a person (`_r`).

    `new`: records of the persons founded in this period and of the rows that are nobody's; `everybody`: the same
    persons, and those known from before. A pair may come more than once; no pair comes in both directions.
    """
    rows = keep(_sided(new.mutate(urut=new.nik % 10_000), "l"))
    loose = rows.filter(rows.lepas_l)
    known = keep(_sided(everybody.mutate(urut=everybody.nik % 10_000), "r"), written=False)
    found = []
    for block in BLOCKS:
        keys = [(f"{key}_l", f"{key}_r") for key in block.keys]
        joined = (loose if block.loose else rows).inner_join(known, keys)
        found.append(joined.filter(_worth_comparing(joined)).select(*columns_of_pairs()))
    return reduce(lambda a, b: a.union(b), found)


def _worth_comparing(t: ir.Table) -> ir.BooleanValue:
    once = t.lepas_l | (t.pihak_r < t.pihak_l)
    return once & ((t.nama_baku_l == t.nama_baku_r) | (similarity(t.nama_baku_l, t.nama_baku_r) >= LEAST_ALIKE))


def pairs_asked(asked: ir.Table, everybody: ir.Table) -> ir.Table:
    """The pairs of persons of `asked` (orang_id_a, orang_id_b), with every piece of evidence of both; as `pairs_of`."""
    couples = asked.filter(asked.orang_id_b.notnull()).select("orang_id_a", "orang_id_b").distinct()
    left, right = _sided(everybody, "l"), _sided(everybody, "r")
    both = couples.inner_join(left, [("orang_id_b", "kunci_l")]).inner_join(right, [("orang_id_a", "kunci_r")])
    return both.mutate(kunci_l=both.orang_id_b, kunci_r=both.orang_id_a).select(*columns_of_pairs())


def columns_of_pairs() -> Sequence[str]:
    """The columns of a table of pairs."""
    return [f"{column}_{side}" for side in "lr" for column in (*PARTY, *RECORD)]


def _sided(records: ir.Table, side: str) -> ir.Table:
    return records.rename(**{f"{column}_{side}": column for column in records.columns})
