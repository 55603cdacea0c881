"""What starts a run: a drop that is complete and still, or the calendar."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dagster import (
    AssetMaterialization,
    DagsterInstance,
    DagsterRun,
    DagsterRunStatus,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    Definitions,
    RunRequest,
    RunsFilter,
    build_schedule_context,
    build_sensor_context,
)
from dagster._core.definitions.schedule_definition import ScheduleExecutionData
from dagster._core.storage.tags import RUN_KEY_TAG

from definitions import build_definitions
from pipelines.sources import REGISTER
from resources.exclusion import sole_run
from resources.settings import Settings
from resources.state import State

QUIET_S = 600
PERIODE, NEXT = "2024-05", "2024-06"
Look = Callable[[], RunRequest | str]
Run = Callable[..., None]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A drop folder in which every mandatory source of one period has just got its file."""
    deliver(tmp_path / "sumber", PERIODE)
    return tmp_path / "sumber"


def deliver(drop: Path, periode: str) -> None:
    """A file of every source."""
    for source in REGISTER:
        file = drop / periode / source.name / "daftar.csv"
        file.parent.mkdir(parents=True)
        file.write_text("nik|nama\n")


def define(drop: Path, **environment: str) -> Definitions:
    """The definitions over a drop folder."""
    return build_definitions(Settings(drop.parent / "rumah", drop), environment=environment)


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    """Dagster's records, empty."""
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def look(drop: Path, instance: DagsterInstance) -> Look:
    """Let the sensor look once: its request, or why there is none. The environment sets its quiet time."""
    definitions = define(drop, PERLINSOS_TENANG_DETIK=str(QUIET_S))
    sensor = definitions.resolve_sensor_def("kiriman_lengkap")

    def once() -> RunRequest | str:
        with build_sensor_context(instance, definitions=definitions) as context:
            seen = sensor.evaluate_tick(context)
        if not seen.run_requests:
            return seen.skip_message or ""
        (request,) = seen.run_requests
        return request

    return once


@pytest.fixture
def run(instance: DagsterInstance) -> Run:
    """Record that a request became a run, and what it published."""

    def record(request: RunRequest, status: DagsterRunStatus, publikasi_id: int | None = None) -> None:
        for former in instance.get_runs(RunsFilter(tags={RUN_KEY_TAG: str(request.run_key)})):
            instance.delete_run(former.run_id)
        instance.add_run(DagsterRun("pemutakhiran", tags={RUN_KEY_TAG: str(request.run_key)}, status=status))
        if publikasi_id:
            instance.report_runless_asset_event(
                AssetMaterialization(
                    "terbitan", partition=request.partition_key, metadata={"publikasi_id": publikasi_id}
                )
            )

    return record


def asked(look: Look) -> RunRequest:
    """The request that the sensor makes."""
    request = look()
    assert isinstance(request, RunRequest), request
    return request


def tick(definitions: Definitions) -> ScheduleExecutionData:
    """What the schedule does when its time has come."""
    schedule = definitions.resolve_schedule_def("pemutakhiran_berkala")
    with DagsterInstance.ephemeral() as instance:
        return schedule.evaluate_tick(build_schedule_context(instance, repository_def=definitions.get_repository_def()))


def age(drop: Path, seconds: float) -> None:
    """Let every file be as old."""
    for file in drop.rglob("*"):
        os.utime(file, (time.time() - seconds,) * 2)


def test_an_incomplete_drop_is_waited_for_by_name(drop: Path, look: Look) -> None:
    """The message names the period and what is missing."""
    for source in ("pkh", "blt_dd"):
        (drop / PERIODE / source / "daftar.csv").unlink()
    age(drop, 2 * QUIET_S)
    assert look() == f"{PERIODE} menunggu pkh, blt_dd"


def test_a_lock_file_of_an_open_workbook_is_no_delivery(drop: Path, look: Look) -> None:
    """Excel leaves `~$daftar.xlsx` beside the list that someone is still typing."""
    (drop / PERIODE / "pkh" / "daftar.csv").rename(drop / PERIODE / "pkh" / "~$daftar.xlsx")
    assert look() == f"{PERIODE} menunggu pkh"


def test_an_empty_drop_is_no_error(drop: Path, look: Look) -> None:
    """No folder of a month, or none at all."""
    (drop / PERIODE).rename(drop / "arsip")
    assert look() == "Belum ada kiriman."
    drop.rename(drop.with_name("pindah"))
    assert look() == "Belum ada kiriman."


def test_a_drop_that_still_changes_is_left_alone(drop: Path, look: Look) -> None:
    """One fresh file among old ones is enough."""
    age(drop, 2 * QUIET_S)
    os.utime(drop / PERIODE / "dtks" / "daftar.csv")
    assert look() == f"{PERIODE} masih berubah"


@pytest.mark.parametrize("mark", ["SELESAI", "SELESAI.txt"])
def test_the_mark_ends_the_waiting(drop: Path, look: Look, mark: str) -> None:
    """Whoever delivers may say that nothing more is coming."""
    (drop / PERIODE / mark).touch()
    request = look()
    assert isinstance(request, RunRequest)
    assert request.partition_key == PERIODE
    assert request.run_key and request.run_key.startswith(f"{PERIODE}:")


def test_a_quiet_time_ends_the_waiting(drop: Path, look: Look) -> None:
    """Nobody has to learn about the mark."""
    age(drop, QUIET_S + 1)
    assert isinstance(look(), RunRequest)


def test_one_state_of_the_files_is_one_run(drop: Path, look: Look) -> None:
    """The key stays while the files stay, and changes with one of them."""
    age(drop, 2 * QUIET_S)
    first, same = look(), look()
    (drop / PERIODE / "pkh" / "daftar.csv").write_text("nik|nama|no_kk\n")
    age(drop, 2 * QUIET_S)
    other = look()
    assert isinstance(first, RunRequest) and isinstance(same, RunRequest) and isinstance(other, RunRequest)
    assert first.run_key == same.run_key != other.run_key


def test_one_period_after_the_other(drop: Path, look: Look, run: Run) -> None:
    """The earliest first; the next when it has ended, well or not; then nothing more."""
    deliver(drop, NEXT)
    age(drop, 2 * QUIET_S)
    first = asked(look)
    assert first.partition_key == PERIODE
    run(first, DagsterRunStatus.STARTED)
    assert look() == f"{PERIODE} sedang menunggu giliran atau berjalan."
    run(first, DagsterRunStatus.FAILURE)
    second = asked(look)
    assert second.partition_key == NEXT
    run(second, DagsterRunStatus.SUCCESS, publikasi_id=1)
    assert look() == "Belum ada kiriman baru."


def test_what_was_built_on_a_former_publication_is_asked_for_again(drop: Path, look: Look, run: Run) -> None:
    """May is published anew, which withdraws June: its files did not change, its ground did."""
    deliver(drop, NEXT)
    age(drop, 2 * QUIET_S)
    run(asked(look), DagsterRunStatus.SUCCESS, publikasi_id=1)
    run(asked(look), DagsterRunStatus.SUCCESS, publikasi_id=2)
    (drop / PERIODE / "pkh" / "daftar.csv").write_text("nik|nama|no_kk\n")
    age(drop, 2 * QUIET_S)
    again = asked(look)
    assert again.partition_key == PERIODE
    run(again, DagsterRunStatus.SUCCESS, publikasi_id=3)
    assert asked(look).partition_key == NEXT


def test_a_run_under_way_is_not_disturbed(drop: Path, look: Look) -> None:
    """Whoever started it; what is asked for while it lasts would fail."""
    age(drop, 2 * QUIET_S)
    with sole_run(State(drop.parent / "rumah")):
        assert look() == "Pemutakhiran lain sedang berjalan."
    assert isinstance(look(), RunRequest)


def test_nothing_starts_by_itself(drop: Path) -> None:
    """An office switches schedule and sensor on; the sensor looks once a minute."""
    definitions = define(drop)
    sensor, schedule = (
        definitions.resolve_sensor_def("kiriman_lengkap"),
        definitions.resolve_schedule_def("pemutakhiran_berkala"),
    )
    assert sensor.default_status is DefaultSensorStatus.STOPPED
    assert schedule.default_status is DefaultScheduleStatus.STOPPED
    assert sensor.minimum_interval_seconds == 60


def test_the_schedule_takes_the_latest_period(drop: Path) -> None:
    """The latest month that has a folder, whatever else lies there."""
    for name in ("2024-06", "2023-12", "wilayah", "2024-13"):
        (drop / name).mkdir()
    (request,) = tick(define(drop)).run_requests or []
    assert request.partition_key == "2024-06"


def test_the_schedule_of_an_empty_drop_says_so(tmp_path: Path) -> None:
    """No request without a folder."""
    seen = tick(define(tmp_path / "kosong"))
    assert not seen.run_requests and seen.skip_message == "Folder kiriman masih kosong."


def test_the_calendar_is_a_setting(drop: Path) -> None:
    """The fifth of the month unless the office says otherwise; in the office's time."""
    usual = define(drop).resolve_schedule_def("pemutakhiran_berkala")
    own = define(drop, PERLINSOS_JADWAL="30 7 * * 1").resolve_schedule_def("pemutakhiran_berkala")
    assert (usual.cron_schedule, own.cron_schedule) == ("0 6 5 * *", "30 7 * * 1")
    assert own.execution_timezone == "Asia/Jakarta"
