"""The pairs of `tinjauan` of a published period, and the two sides of each."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pipelines.pair_decisions import standing
from resources import sides
from resources.drop import Drop
from resources.pair_decisions import read_decisions
from resources.warehouse import Warehouse
from resources.words import words_of
from resources.work_rows import ROW

_PAIRS = (
    "select tinjauan_id, periode, orang_id_a, orang_id_b, skor, bukti, nullif(keputusan, '') as keputusan, sidik,"
    " berkas, lembar, baris from tinjauan where periode = :periode order by skor desc nulls last, tinjauan_id"
)
_SOURCES = "select distinct sumber, berkas from jejak_baris where periode = :periode and berkas = any(:berkas)"


class Pairs(NamedTuple):
    """The pairs of a period: those that nobody has answered, those that the next run will see otherwise than the
    published one did (answered, answered anew or withdrawn since), and those decided and in force."""

    every: pd.DataFrame
    open: pd.DataFrame
    pending: pd.DataFrame
    in_force: pd.DataFrame


def read_pairs(warehouse: Warehouse, periode: str, drop: Drop) -> Pairs:
    """An answer counts as long as it stands and is bound to the same evidence."""
    every = warehouse.query(_PAIRS, periode=periode)
    said = standing(read_decisions(drop, periode))[["tinjauan_id", "sidik", "keputusan"]]
    kini = every.merge(said, on=["tinjauan_id", "sidik"], how="left", suffixes=("", "_kini")).keputusan_kini.fillna("")
    terbit = every.keputusan.fillna("")
    is_open, same = (kini == "") & (terbit == ""), kini == terbit
    return Pairs(every, every[is_open], every[~same], every[same & ~is_open])


def with_sides(warehouse: Warehouse, periode: str, pairs: pd.DataFrame, work: Path) -> tuple[pd.DataFrame, bool]:
    """The pairs with a_ and b_ columns, `asal` (where side b is a row) and the words; and whether no cell is gone."""
    keys = [str(key) for key in pd.concat([pairs.orang_id_a, pairs.orang_id_b]).dropna().unique()]
    people = sides.persons(warehouse, periode, keys, work)
    places = pairs.loc[pairs.orang_id_b.isna(), ["tinjauan_id", *ROW]]
    named = places.merge(warehouse.query(_SOURCES, periode=periode, berkas=list(places.berkas.unique())), on="berkas")
    told = sides.rows(warehouse, periode, named, work)
    rows = named.merge(told.rows, on=["sumber", *ROW])
    of_a = pairs[["tinjauan_id", "orang_id_a"]].merge(people.rows, left_on="orang_id_a", right_on="orang_id")
    of_b = pairs[["tinjauan_id", "orang_id_b"]].merge(people.rows, left_on="orang_id_b", right_on="orang_id")
    a, b = _beside(pairs, of_a), _beside(pairs, of_b, rows)
    parts = [pairs.reset_index(drop=True), a.add_prefix("a_"), b.add_prefix("b_"), words_of(a, b)]
    both = pd.concat(parts, axis="columns")
    both["asal"] = [_origin(pair) for pair in both[["orang_id_b", *ROW]].itertuples(index=False)]
    both["skor"] = ["" if pd.isna(skor) else f"{skor:.2f}".replace(".", ",") for skor in both.skor]
    return both, people.whole and told.whole


def _beside(pairs: pd.DataFrame, *known: pd.DataFrame) -> pd.DataFrame:
    """One side of the pairs, in their order; nothing where it is not known."""
    every = pd.concat([side.astype(object) for side in known]).drop_duplicates("tinjauan_id").set_index("tinjauan_id")
    return every.reindex(index=pairs.tinjauan_id, columns=list(sides.SHOWN)).reset_index(drop=True)


def _origin(pair: tuple[object, ...]) -> str:
    person, berkas, lembar, baris = pair
    return "" if isinstance(person, str) else f"{berkas}:{lembar or ''}:{int(str(baris).partition('.')[0])}"
