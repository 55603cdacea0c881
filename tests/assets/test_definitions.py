"""What Dagster is given: every table of the plan as an asset, whole lineage, blocking checks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from dagster import AssetKey, Definitions
from dagster._core.definitions.asset_checks.asset_check_spec import AssetCheckKey

from assets.partitions import PERIODS
from assets.publication import PUBLISHED
from definitions import build_definitions
from pipelines import plan
from pipelines.plausibility import FRAMES
from pipelines.sources import REGISTER
from pipelines.tables import columns_of
from resources.office import Office
from resources.settings import Settings

ROOT = Path(__file__).parents[2]
ENGLISH = re.compile(r"\b(the|of|one|row|is|are|and|its|each|with|that|which|for|from)\b", re.IGNORECASE)
ENDS = {"terbitan_lalu", "wilayah", "gerbang", "terbitan"}
STAGES = plan.by_asset(REGISTER)
MADE_IN = {stage.name: name for name, stages in STAGES.items() for stage in stages}
# What the gate makes of its own: a list of what was confirmed, what it is bound to, what was delivered before,
# whose rows are all in quarantine.
BESIDE = {"konfirmasi", "isi_pengirim", "isi_sama", "semua_dikarantina"}


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    """The definitions of an office that is nowhere: nothing is opened to build them."""
    return build_definitions(Settings(Path("/tidak/ada"), Path("/tidak/ada/sumber")))


def parents(definitions: Definitions, name: str) -> set[str]:
    """Names of the assets that an asset waits for."""
    return {key.to_user_string() for key in definitions.resolve_asset_graph().get(AssetKey(name)).parent_keys}


def test_they_load() -> None:
    """Dagster's own validation, from another folder, over the repo's workspace."""
    command = [sys.executable, "-W", "ignore", "-m", "dagster", "definitions", "validate"]
    done = subprocess.run(
        [*command, "-w", str(ROOT / "workspace.yaml")],
        cwd="/", env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_table_has_its_asset(definitions: Definitions) -> None:
    """An asset's name is its table's, and each is one period at a time, described and grouped."""
    graph = definitions.resolve_asset_graph()
    names = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert names == {*STAGES, *(f"mentah_{s.name}" for s in REGISTER), *ENDS}
    assert {MADE_IN[table] for table in PUBLISHED} <= names
    for node in graph.asset_nodes:
        assert node.partitions_def == PERIODS
        assert node.description and node.group_name != "default", node.key


def test_what_an_operator_reads_is_indonesian(definitions: Definitions) -> None:
    """Assets, checks, job, schedule, sensor and settings; a published table explains each of its columns."""
    graph, repository = definitions.resolve_asset_graph(), definitions.get_repository_def()
    said = {node.key.to_user_string(): node.description or "" for node in graph.asset_nodes}
    said |= {str(key): graph.get_check_spec(key).description or "" for key in graph.asset_check_keys}
    said |= {job.name: job.description or "" for job in [repository.get_job("pemutakhiran")]}
    said |= {s.name: s.description or "" for s in (*repository.schedule_defs, *repository.sensor_defs)}
    said |= {name: field.description or "" for name, field in Office.model_fields.items()}
    assert [name for name, text in said.items() if not text or ENGLISH.search(text)] == []
    for name in PUBLISHED:
        if name in said:
            schema = graph.get(AssetKey(name)).metadata["dagster/column_schema"]
            assert [c.name for c in schema.columns if not c.description or ENGLISH.search(c.description)] == []
            assert [c.name for c in schema.columns] == list(columns_of(name))


def test_lineage_is_whole(definitions: Definitions) -> None:
    """No asset waits for one that does not exist."""
    assert [n.key for n in definitions.resolve_asset_graph().asset_nodes if not n.is_materializable] == []


@pytest.mark.parametrize("name", sorted(STAGES.keys() - ENDS))
def test_an_asset_waits_for_what_it_reads(definitions: Definitions, name: str) -> None:
    """The parents of an asset are the makers of what its functions take."""
    needs = {need for stage in STAGES[name] for need in stage.needs if need not in plan.GIVEN}
    read = {table for need in needs for table in plan.expand(need, REGISTER)}
    read = {re.sub("^(?:berkas|kolom)_", "mentah_", table) for table in read}  # written with their rows
    makers = {"terbitan_lalu" if t.endswith("_lalu") or t == plan.DECIDED else MADE_IN.get(t, t) for t in read}
    assert parents(definitions, name) == makers - {name}


def test_nothing_is_published_past_the_gate(definitions: Definitions) -> None:
    """The gate waits for every table and measures them itself, the publication waits for the gate."""
    assert parents(definitions, "gerbang") == {MADE_IN[table] for table in PUBLISHED} - {"gerbang"}
    assert {stage.name for stage in STAGES["gerbang"]} == {*FRAMES} | BESIDE
    assert parents(definitions, "terbitan") == {"gerbang"}


def test_checks_block(definitions: Definitions) -> None:
    """One gate a source and one before the publication; of those that block nothing there is the one on the order of
    periods, which an officer may have his reason to leave."""
    graph = definitions.resolve_asset_graph()
    expected = {AssetCheckKey(AssetKey(f"baris_{s.name}"), "skema") for s in REGISTER}
    expected.add(AssetCheckKey(AssetKey("gerbang"), "kelayakan"))
    warning = AssetCheckKey(AssetKey("terbitan_lalu"), "urutan")
    assert set(graph.asset_check_keys) == {*expected, warning} and not graph.get_check_spec(warning).blocking
    assert all(graph.get_check_spec(key).blocking for key in expected)


def test_the_job_runs_everything(definitions: Definitions) -> None:
    """One job over every asset, in one process."""
    job = definitions.resolve_job_def("pemutakhiran")
    assert job.asset_layer.executable_asset_keys == set(definitions.resolve_asset_graph().materializable_asset_keys)
    assert job.executor_def.name == "in_process"
    assert job.partitions_def == PERIODS


def test_the_warehouse_s_address_is_no_configuration(definitions: Definitions) -> None:
    """Configuration is shown on screen and kept in the history; an address may hold a password."""
    settings = Settings(Path("/a"), Path("/b"), "postgresql://u:rahasia@h/d")
    office = build_definitions(settings).resources["office"]
    assert "rahasia" not in str(office.model_dump()) + repr(office)
