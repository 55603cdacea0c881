"""The programmes are read off the register: one row a source, one row a programme."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis.expr.types as ir

from pipelines.period import Period
from pipelines.sources import REGISTER, pkh
from pipelines.stages.program import dim_program, program_sumber

JUNE = Period("2024-06", "2024-05")
Records = Callable[[ir.Table], list[dict[str, Any]]]


def test_a_source_is_a_row_with_its_bounds(records: Records) -> None:
    rows = {r["sumber"]: r for r in records(program_sumber(REGISTER, JUNE))}
    assert rows.keys() == {s.name for s in REGISTER}
    for source in REGISTER:
        row = rows[source.name]
        assert (row["program"], row["satuan"], row["registri"]) == (
            source.program,
            source.satuan,
            source.registry,
        )
        assert (row["registri_berlaku"], row["memberi"]) == (source.name == "dtks", source.gives())
        bounds = (
            float(source.min_rows if source.at("2024-06").mandatory else 0),
            float(source.max_rows),
            source.max_drift,
        )
        assert (row["min_baris"], row["maks_baris"], row["selisih_maks"]) == bounds


def test_two_sources_of_one_programme_are_one_programme(records: Records) -> None:
    second = replace(pkh.SOURCE, name="pkh_tambahan")
    rows = records(dim_program(program_sumber([*REGISTER, second], JUNE)))
    assert [r["program"] for r in rows].count("PKH") == 1
    assert len(rows) == len({s.program for s in REGISTER} - {""})
    assert all(r["nama"] and r["penyelenggara"] and r["dasar_hukum"] for r in rows)


def test_a_registry_is_one_for_as_long_as_it_is_in_force(records: Records) -> None:
    """DTKS until 2024, DTSEN from 2025; neither ever gives anything."""
    for periode, registry in (("2024-12", "dtks"), ("2025-01", "dtsen")):
        rows = records(program_sumber(REGISTER, Period(periode)))
        assert [r["sumber"] for r in rows if r["registri_berlaku"]] == [registry]
        assert {r["sumber"] for r in rows if r["registri"]} == {"dtks", "dtsen"}
        assert not any(r["memberi"] for r in rows if r["registri"])
        due = {r["sumber"]: r["min_baris"] > 0 for r in rows}
        assert [name for name in ("dtks", "dtsen") if due[name]] == [registry]
