"""Deriving from distinct values gives every row what deriving from the row itself would."""

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir

from pipelines.dictionary import with_derived

Records = Callable[[ir.Table], list[dict[str, Any]]]


def test_every_row_gets_what_its_values_derive(records: Records) -> None:
    base = ibis.memtable({"urut": [1, 2, 3, 4], "a": ["x", "x", "y", None], "b": ["p", "q", "p", "p"]})
    rows = with_derived(base, (("a", "b"), lambda t: t.mutate(ab=t.a + t.b)))
    assert rows.columns == ("urut", "a", "b", "ab")
    assert {r["urut"]: r["ab"] for r in records(rows)} == {1: "xp", 2: "xq", 3: "yp", 4: None}


def test_a_value_is_derived_once(records: Records) -> None:
    base = ibis.memtable({"a": ["x"] * 5 + ["y"]})
    seen: list[ir.Table] = []

    def derive(distinct: ir.Table) -> ir.Table:
        seen.append(distinct)
        return distinct.mutate(panjang=distinct.a.length())

    assert len(records(with_derived(base, (("a",), derive)))) == 6
    assert sorted(r["a"] for r in records(seen[0])) == ["x", "y"]
