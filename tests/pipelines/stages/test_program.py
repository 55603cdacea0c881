"""The programmes are read off the register: one row a source, one row a programme."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis.expr.types as ir

from pipelines.sources import REGISTER, pkh
from pipelines.stages.program import dim_program, program_sumber

Records = Callable[[ir.Table], list[dict[str, Any]]]


def test_a_source_is_a_row_with_its_bounds(records: Records) -> None:
    rows = {r["sumber"]: r for r in records(program_sumber(REGISTER))}
    assert rows.keys() == {s.name for s in REGISTER}
    for source in REGISTER:
        row = rows[source.name]
        assert (row["program"], row["satuan"], row["registri"]) == (
            source.program,
            source.satuan,
            source.registry,
        )
        bounds = (float(source.min_rows), float(source.max_rows), source.max_drift)
        assert (row["min_baris"], row["maks_baris"], row["selisih_maks"]) == bounds


def test_two_sources_of_one_programme_are_one_programme(records: Records) -> None:
    second = replace(pkh.SOURCE, name="pkh_tambahan")
    rows = records(dim_program(program_sumber([*REGISTER, second])))
    assert [r["program"] for r in rows].count("PKH") == 1
    assert len(rows) == len({s.program for s in REGISTER})
    assert all(r["nama"] and r["penyelenggara"] and r["dasar_hukum"] for r in rows)
