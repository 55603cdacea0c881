"""The plan: every stage stands behind what it needs, and every table of the warehouse is made by one."""

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest

from pipelines import plan
from pipelines.period import Period
from pipelines.sources import REGISTER
from pipelines.tables import VERSIONED

Records = Callable[[ir.Table], list[dict[str, Any]]]

STAGES = plan.stages(REGISTER)
READ = ("mentah", "berkas", "kolom")
GIVEN = {f"{kind}_{s.name}" for kind in READ for s in REGISTER} | {"wilayah", *plan.GIVEN, plan.CONFIRMED, plan.DECIDED}
VALUES = plan.values(REGISTER, Period("2024-06", "2024-05"))


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_a_stage_stands_behind_what_it_needs(stage: plan.Stage) -> None:
    before = {s.name for s in STAGES[: STAGES.index(stage)]} | GIVEN
    needed = {table for need in stage.needs for table in plan.expand(need, REGISTER)}
    assert {table for table in needed if not table.endswith(plan.BEFORE)} - before == set()


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_a_stage_is_named_once_and_explained(stage: plan.Stage) -> None:
    assert [s.name for s in STAGES].count(stage.name) == 1
    assert stage.function.__doc__ and stage.group


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.name)
def test_every_parameter_is_given(stage: plan.Stage) -> None:
    assert set(stage.parameters) - set(stage.needs) - {plan.KEEP} <= VALUES.keys()


@pytest.mark.parametrize("stage", [s for s in STAGES if s.empty is not None], ids=lambda s: s.name)
def test_what_may_be_left_unasked_names_what_it_is_made_of(stage: plan.Stage) -> None:
    """In a first period nobody is known, and yet a decision may have made two of its keys one."""
    assert stage.made_of and set(stage.made_of) <= set(stage.needs)
    assert stage.name != "log_kunci" or set(stage.made_of) == {"pengenal_lalu", "gabung_kunci"}


def test_what_was_published_before_is_a_table_of_the_warehouse() -> None:
    assert set(plan.remembered(REGISTER)) <= VERSIONED.keys()


def test_every_table_of_the_warehouse_is_made() -> None:
    assert VERSIONED.keys() <= {s.name for s in STAGES}


def test_a_collective_name_is_a_table_of_each_source() -> None:
    assert plan.expand("baris", REGISTER) == tuple(f"baris_{s.name}" for s in REGISTER)
    assert plan.expand("orang", REGISTER) == ("orang",)


def test_registries_and_fields_are_read_off_the_declarations() -> None:
    assert VALUES["registri"] == tuple(s.name for s in REGISTER if s.registry and s.in_force("2024-06"))
    assert set(VALUES["fields"]) == {f.name for s in REGISTER for f in s.fields}


def test_read_rows_of_all_sources_stand_in_one_table(records: Records) -> None:
    """A field that a source does not have is unknown there, not blank."""
    dtks, pbi = (next(s for s in REGISTER if s.name == name) for name in ("dtks", "pbi_jk"))
    ledger = {"berkas": ["x"], "lembar": [""], "baris": [1], "jenis": ["data"]}
    tables = {
        "mentah_dtks": ibis.memtable(ledger | {"nik": [""], "status": ["AKTIF"]}),
        "mentah_pbi_jk": ibis.memtable(ledger | {"nik": ["1"], "psnoka": ["2"]}),
    }
    rows = {r["sumber"]: r for r in records(plan.together("mentah", tables, (dtks, pbi)))}
    assert (rows["dtks"]["nik"], rows["dtks"]["status"], rows["dtks"]["psnoka"]) == ("", "AKTIF", None)
    assert (rows["pbi_jk"]["nik"], rows["pbi_jk"]["status"], rows["pbi_jk"]["psnoka"]) == ("1", None, "2")


def test_a_ledger_of_before_stands_beside_one_that_counts_physical_rows(records: Records) -> None:
    """A state folder may hold the ledger of a source that was read when nobody counted them, or by a later version."""
    sources = [s for s in REGISTER if s.name in {"dtks", "pbi_jk"}]
    own = {"berkas": ["a"], "sidik_berkas": ["x"], "dibaca": [1], "bentuk": ["teks"]}
    tables = {
        "berkas_dtks": ibis.memtable({"fisik": [2]} | own | {"lain": ["?"]}),
        "berkas_pbi_jk": ibis.memtable(own),
    }
    found = plan.together("berkas", tables, sources)
    assert found.columns == ("berkas", "sidik_berkas", "dibaca", "sumber")
    assert {r["sumber"]: (r["berkas"], r["dibaca"]) for r in records(found)} == {"dtks": ("a", 1), "pbi_jk": ("a", 1)}
