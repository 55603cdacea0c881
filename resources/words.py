"""Sides that stand beside each other in two frames, and the words for what agrees and differs between them."""

import ibis
import pandas as pd
import pyarrow as pa

from pipelines.sides import in_words, pairs_of
from resources.sides import as_arrow


def words_of(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """`sama` and `beda` of each pair, in the order of the frames, which are of one length."""
    left, right = as_arrow(one, "a"), as_arrow(other, "b")
    both = left.append_column("urut", pa.array(range(left.num_rows), pa.int64()))
    for name in right.column_names:
        both = both.append_column(name, right[name])
    engine = ibis.duckdb.connect()
    said = in_words(pairs_of(both)).order_by("urut").select("sama", "beda")
    found = pd.DataFrame(engine.to_pyarrow(said).to_pylist(), columns=["sama", "beda"])
    engine.disconnect()
    return found
