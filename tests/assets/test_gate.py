"""What the gate stops stays unpublished, the same content is published once, a narrowed run reads little."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from dagster import AssetCheckSeverity, DagsterInstance, ExecuteInProcessResult
from dagster._serdes import serialize_value
from python_calamine import CalamineWorkbook

from assets import publication
from pipelines.sources import blt_dd, dtks, pkh
from resources.office import open_warehouse
from resources.postgres import EmbeddedPostgres
from resources.settings import Settings
from resources.state import State
from resources.warehouse import Warehouse

RunJob = Callable[..., ExecuteInProcessResult]
Leaks = Callable[[str], set[str]]
EARLIER, FIRST, SECOND, THIRD = "2024-04", "2024-05", "2024-06", "2024-07"
KODE_SUNGAI_PINANG, SUNGAI_PINANG = "21.04.07.2005", "BLT Sungai Pinang 05-2024.xlsx"
LONG_NUMBER = re.compile(r"(?<![\w.])\d{16}(?!\w)")  # not the digits within a hash
TEXTS = {".html", ".json", ".log"}
MANY = 300
SOURCES = (dtks.SOURCE, pkh.SOURCE, blt_dd.SOURCE)  # a registry, a list of the ministry, lists of the desa


@pytest.fixture(scope="module")
def instance() -> Iterator[DagsterInstance]:
    """The history of this module's runs."""
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture(scope="module")
def run_few(run_job: RunJob) -> RunJob:
    """Run the job with the sources of this module's tests alone."""
    return partial(run_job, sources=SOURCES)


@pytest.fixture(scope="module")
def published(office_folder: Settings, run_few: RunJob, instance: DagsterInstance) -> ExecuteInProcessResult:
    """The first period, run and published."""
    result = run_few(office_folder, FIRST, instance)
    assert result.success
    return result


@pytest.fixture(scope="module")
def warehouse(office_folder: Settings, published: ExecuteInProcessResult) -> Iterator[Warehouse]:
    """The warehouse of the office, with the first period."""
    with closing(open_warehouse(office_folder)) as warehouse:
        yield warehouse


@pytest.fixture(scope="module")
def blocked(
    office_folder: Settings, run_few: RunJob, instance: DagsterInstance, published: ExecuteInProcessResult
) -> ExecuteInProcessResult:
    """The second period with every second row of its registry missing."""
    (book,) = (office_folder.sumber / SECOND / "dtks").iterdir()
    rewrite(book, halve)
    return run_few(office_folder, SECOND, instance)


def rewrite(path: Path, edit: Callable[[list[list[object]]], list[list[object]]]) -> None:
    """Write a workbook of one sheet anew, with its rows edited."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    rows = edit(sheet.to_python(skip_empty_area=False))
    with xlsxwriter.Workbook(path) as book:
        target = book.add_worksheet(sheet.name)
        for at, row in enumerate(rows):
            target.write_row(at, 0, row)


def halve(rows: list[list[object]]) -> list[list[object]]:
    """Every second row below the header; titles and a blank row stand above it."""
    head = 1 + next(at for at, row in enumerate(rows) if all(row))
    return rows[:head] + rows[head::2]


@pytest.mark.usefixtures("blocked")
def test_a_period_that_is_passed_over_is_said(
    office_folder: Settings, run_few: RunJob, instance: DagsterInstance
) -> None:
    """What a month brings is not told by a comparison over two; it stops nothing."""
    result = run_few(office_folder, THIRD, instance, assets=["terbitan_lalu"])
    (check,) = result.get_asset_check_evaluations()
    assert result.success and (check.passed, check.severity, check.blocking) == (False, AssetCheckSeverity.WARN, False)
    said = f"{SECOND} (belum terbit) dilewati: {THIRD} dibandingkan dengan {FIRST}, jadi masuk dan keluarnya bukan"
    assert str(check.metadata["peringatan"].value).startswith(said)


def test_half_a_registry_is_stopped_by_the_gate(blocked: ExecuteInProcessResult) -> None:
    """The one check that fails is the gate's, and it says in Indonesian what to do."""
    assert not blocked.success
    failed = [c for c in blocked.get_asset_check_evaluations() if not c.passed]
    assert [(c.asset_key.to_user_string(), c.check_name) for c in failed] == [("gerbang", "kelayakan")]
    said = failed[0].metadata["pesan"].value
    assert "turun tajam" in said and "dtks" in said and "jalankan ulang" in said
    steps = {e.step_key for e in blocked.all_events if e.event_type_value == "STEP_START"}
    assert "gerbang" in steps and "terbitan" not in steps


def test_what_is_blocked_is_not_published(blocked: ExecuteInProcessResult, warehouse: Warehouse) -> None:
    """No publication of the period, no row of it in any table, the period before as it was."""
    assert warehouse.active(SECOND) is None
    assert list(warehouse.query("select periode from publikasi").periode) == [FIRST]
    assert set(warehouse.query("select distinct periode from snapshot_desa").periode) == {FIRST}


@pytest.mark.usefixtures("blocked")
def test_what_the_gate_did_not_let_pass_cannot_be_published_alone(
    office_folder: Settings, run_few: RunJob, instance: DagsterInstance, warehouse: Warehouse
) -> None:
    """To materialise the publication by hand, or to take up an older run, publishes nothing."""
    alone = run_few(office_folder, SECOND, instance, assets=["terbitan"])
    failure = alone.failure_data_for_node("terbitan")
    assert failure is not None and failure.user_failure_data is not None
    assert "belum dinilai" in str(failure.user_failure_data.description)
    assert warehouse.active(SECOND) is None


def test_lists_of_which_many_rows_are_refused_are_stopped(
    office_folder: Settings, run_few: RunJob, instance: DagsterInstance, warehouse: Warehouse, tmp_path: Path
) -> None:
    """As many rows as ever, but few or none of them in a desa that there is: the families have not left."""
    settings = replace(office_folder, sumber=tmp_path / "sumber")
    shutil.copytree(office_folder.sumber, settings.sumber)
    for source, place, known, of in (("pkh", "KEL_NAME", 0, 1), ("dtks", "desa_kelurahan", 3, 4)):
        (path,) = (settings.sumber / FIRST / source).iterdir()
        table = pd.read_csv(path, sep="|", dtype="str", keep_default_na=False, encoding="utf-8-sig")
        somewhere = table[place].where(table.index % of < known, "TIDAK ADA")
        table.assign(**{place: somewhere}).to_csv(path, sep="|", index=False)
    before = warehouse.active(FIRST)
    result = run_few(settings, FIRST, instance)
    (failed,) = (c for c in result.get_asset_check_evaluations() if not c.passed)
    said = str(failed.metadata["pesan"].value)
    refused = re.findall(
        r"^  - (\w+): (\d+) dari (\d+) baris diterima", said.partition("baris ditolak")[2], re.MULTILINE
    )
    assert [source for source, *_ in refused] == ["dtks", "pkh"]
    assert [round(int(few) / int(rows), 1) for _, few, rows in refused] == [0.8, 0.0]
    assert warehouse.active(FIRST) == before


@pytest.fixture(scope="module")
def again(
    office_folder: Settings, run_few: RunJob, instance: DagsterInstance, published: ExecuteInProcessResult
) -> ExecuteInProcessResult:
    """The first period once more, over the same files; the server ends as the publication begins."""
    publish, ended = Warehouse.publish, []

    def interrupted(warehouse: Warehouse, *arguments: object) -> object:
        if not ended:
            ended.append(EmbeddedPostgres(State(office_folder.rumah).postgres).stop())
        return publish(warehouse, *arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Warehouse, "publish", interrupted)
        patch.setattr(publication, "_PAUSE_S", 0)
        result = run_few(office_folder, FIRST, instance)
    assert ended
    return result


def test_a_server_that_restarts_is_asked_again(again: ExecuteInProcessResult) -> None:
    """The next attempt starts it again and holds it again."""
    assert again.success
    assert [e.step_key for e in again.all_events if e.event_type_value == "STEP_UP_FOR_RETRY"] == ["terbitan"]


def test_the_same_input_is_not_published_twice(
    published: ExecuteInProcessResult, again: ExecuteInProcessResult, warehouse: Warehouse
) -> None:
    """A second run over the same files finds its content published."""
    first, second = (run.asset_materializations_for_node("terbitan")[0].metadata for run in (published, again))
    assert (first["baru"].value, second["baru"].value) == (True, False)
    assert len(warehouse.query("select * from publikasi")) == 1


def test_a_narrowed_run_reads_only_its_desa(
    office_folder: Settings,
    run_few: RunJob,
    instance: DagsterInstance,
    published: ExecuteInProcessResult,
    tmp_path: Path,
) -> None:
    """Every other file of the drop is broken, and nobody notices: what was read from it stays."""
    settings = replace(office_folder, sumber=tmp_path / "sumber")
    shutil.copytree(office_folder.sumber, settings.sumber)
    read = State(settings.rumah).work(FIRST) / "berkas_blt_dd.parquet"
    before = pd.read_parquet(read).set_index("berkas")
    for path in (settings.sumber / FIRST).glob("*/*"):
        if path.name == SUNGAI_PINANG:
            rewrite(path, lambda rows: rows[:-1])
        else:
            path.write_bytes(b"rusak")
    only = {"hanya_sumber": ["blt_dd"], "hanya_desa": [KODE_SUNGAI_PINANG]}
    assert run_few(settings, FIRST, instance, assets=["mentah_blt_dd", "mentah_dtks"], **only).success
    after = pd.read_parquet(read).set_index("berkas").reindex(before.index)
    assert list(before.index[before.sidik_berkas != after.sidik_berkas]) == [f"{FIRST}/blt_dd/{SUNGAI_PINANG}"]
    assert (before.dibaca - after.dibaca).sum() == 1


def test_a_narrowed_run_does_not_pass_over_a_file_never_read(
    office_folder: Settings, run_few: RunJob, instance: DagsterInstance, tmp_path: Path
) -> None:
    """A file that could not be read is read again, whatever a run is narrowed to: its rows are nowhere."""
    settings = replace(office_folder, sumber=tmp_path / "sumber")
    lists = settings.sumber / EARLIER / "blt_dd"
    shutil.copytree(office_folder.sumber / FIRST / "blt_dd", lists)
    (settings.sumber / "pemetaan").mkdir()
    said = "".join(f"judul:{word},abaikan\n" for word in ("mei 2024", "mei tahun 2024", "05-2024"))
    (settings.sumber / "pemetaan" / "blt_dd.csv").write_text(f"kolom,arti\n{said}")
    broken = min(path for path in lists.iterdir() if path.name != SUNGAI_PINANG)
    broken.write_bytes(b"rusak")
    assert not run_few(settings, EARLIER, instance, assets=["mentah_blt_dd"]).success
    narrowed = run_few(settings, EARLIER, instance, assets=["mentah_blt_dd"], hanya_desa=[KODE_SUNGAI_PINANG])
    failure = narrowed.failure_data_for_node("mentah_blt_dd")
    assert failure is not None and broken.name in failure.error_display_string
    assert SUNGAI_PINANG not in failure.error_display_string


@pytest.mark.usefixtures("blocked")
def test_what_is_remembered_of_a_run_names_nobody(
    instance: DagsterInstance, office_folder: Settings, leaks: Leaks
) -> None:
    """Events, metadata, tags, logs and the judge's pages outlive the data."""
    runs = instance.get_runs()
    told = [serialize_value(run) for run in runs]
    told += [serialize_value(entry) for run in runs for entry in instance.all_logs(run.run_id)]
    state = State(office_folder.rumah)
    told += [
        p.read_text("utf-8") for folder in (state.docs, state.logs) for p in folder.rglob("*") if p.suffix in TEXTS
    ]
    assert len(told) > MANY
    text = "\n".join(told)
    assert leaks(text) == set()
    assert LONG_NUMBER.findall(text) == []
