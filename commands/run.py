"""One run of the job in this process: the same job, instance and records as in the web interface."""

import os
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass

from dagster import DagsterEvent, DagsterEventType, DagsterInstance
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.errors import DagsterExecutionInterruptedError
from dagster._core.events.log import EventLogEntry
from dagster._core.execution.api import execute_run
from dagster._core.execution.job_execution_result import JobExecutionResult
from dagster._utils.error import SerializableErrorInfo

from assets.automation import JOB
from commands.home import dagster_home
from commands.interrupts import interrupted_alone
from commands.numbers import count
from commands.origin import code_origin, remote_origin
from definitions import build_definitions
from resources.drop import DropError
from resources.engine import EngineError
from resources.exclusion import AlreadyRunning
from resources.office import PARTITION_TAG
from resources.postgres import PostgresError
from resources.settings import Settings
from resources.state import StateError
from resources.verdict import JudgeError
from resources.warehouse import WarehouseError, WarehouseUnreachable

# Whose messages are sentences of ours; any other may quote a cell.
_OURS = (
    AlreadyRunning, DropError, EngineError, JudgeError, PostgresError, StateError, WarehouseError, WarehouseUnreachable,
)  # fmt: skip
_SENTENCES = {error.__name__ for error in _OURS}
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Outcome:
    """How a run ended. `sentences`: what went wrong, for the officer; `trace`: the same for a developer.
    `notes`: what he should know and what stops nothing."""

    success: bool
    blocked: bool = False
    new: bool = False
    withdrawn: str = "-"
    notes: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    trace: str = ""


@dataclass(frozen=True)
class Run:
    """A run to be made."""

    settings: Settings
    environment: Mapping[str, str]
    periode: str
    sources: tuple[str, ...] = ()
    desa: tuple[str, ...] = ()

    def execute(self, tell: Callable[[str], None]) -> Outcome:
        """Run the job; `tell` takes a line of progress for each table that is written.

        KeyboardInterrupt: somebody stopped it."""
        _set_home(os.environ, self.settings)
        office = {
            "rumah": str(self.settings.rumah), "sumber": str(self.settings.sumber),
            "hanya_sumber": list(self.sources), "hanya_desa": list(self.desa),
        }  # fmt: skip
        with DagsterInstance.get() as instance:
            definitions = build_definitions(self.settings, environment=self.environment)
            job = definitions.resolve_job_def(JOB)
            run = instance.create_run_for_job(
                job,
                tags={PARTITION_TAG: self.periode},
                run_config={**_QUIET, "resources": {"office": {"config": office}}},
                remote_job_origin=remote_origin(JOB),
                job_code_origin=code_origin(JOB),
            )
            instance.add_event_listener(run.run_id, _Progress(tell))
            try:
                with interrupted_alone():
                    result = execute_run(InMemoryJob(job), run, instance)
            except DagsterExecutionInterruptedError:
                raise KeyboardInterrupt from None
        return _outcome(result)


def _set_home(environment: MutableMapping[str, str], settings: Settings) -> None:
    environment["DAGSTER_HOME"] = str(dagster_home(settings))


class _Progress:
    """Tells a line for each step that is over: a check that fails does so after its table is written."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._written: dict[str | None, str] = {}

    def __call__(self, entry: EventLogEntry) -> None:
        event = entry.dagster_event
        if event is None:
            return
        if event.event_type == DagsterEventType.ASSET_MATERIALIZATION:
            materialization = event.step_materialization_data.materialization
            rows = materialization.metadata.get("dagster/row_count")
            amount = "" if rows is None else f"{count(int(str(rows.value))):>12} baris"
            self._written[event.step_key] = f"  {materialization.asset_key.to_user_string():<24}{amount}"
        elif event.event_type == DagsterEventType.STEP_SUCCESS and event.step_key in self._written:
            self._tell(self._written.pop(event.step_key))
        elif event.event_type == DagsterEventType.STEP_FAILURE:
            self._tell(f"  {event.step_key:<24}      GAGAL")


def _outcome(result: JobExecutionResult) -> Outcome:
    notes = _notes(result)
    if result.success:
        published = result.asset_materializations_for_node("terbitan")[0].metadata
        new, withdrawn = bool(published["baru"].value), str(published["ditarik"].value)
        return Outcome(success=True, new=new, withdrawn=withdrawn, notes=notes)
    failures = [e for e in result.all_events if e.event_type == DagsterEventType.STEP_FAILURE]
    if any(_is_interrupt(e) for e in failures):
        raise KeyboardInterrupt
    failed_checks = [e for e in result.get_asset_check_evaluations() if e.blocking and not e.passed]
    if failed_checks:
        texts = [str(e.metadata["pesan"].value) for e in failed_checks if "pesan" in e.metadata]
        names = [f"Pemeriksaan {e.asset_key.to_user_string()}:{e.check_name} tidak lolos." for e in failed_checks]
        checked = {e.asset_key.to_user_string() for e in failed_checks}
        others = [_sentence(e) for e in failures if e.step_key not in checked]
        return Outcome(success=False, blocked=True, notes=notes, sentences=tuple(names + texts + others))
    unopened = _unopened(result)
    if unopened and unopened.cls_name == AlreadyRunning.__name__:
        raise AlreadyRunning(_told(unopened))
    return Outcome(
        success=False,
        sentences=tuple(_sentence(e) for e in failures) or (_reason(unopened),),
        trace="\n".join(e.step_failure_data.error_display_string for e in failures) or str(result.all_events[-1]),
    )


def _is_interrupt(failure: DagsterEvent) -> bool:
    error = failure.step_failure_data.error
    kinds = {e.cls_name for e in (error, error.cause if error else None) if e}
    return bool(kinds & {DagsterExecutionInterruptedError.__name__, KeyboardInterrupt.__name__})


def _notes(result: JobExecutionResult) -> tuple[str, ...]:
    told = [e.metadata["peringatan"].value for e in result.get_asset_check_evaluations() if "peringatan" in e.metadata]
    return tuple(line for text in told for line in str(text).splitlines() if line != "-")


def _unopened(result: JobExecutionResult) -> SerializableErrorInfo | None:
    """Why the run could not begin."""
    data = [e.job_failure_data for e in result.all_events if e.event_type == DagsterEventType.RUN_FAILURE]
    return next((d.error.cause for d in data if d.error and d.error.cause), None)


def _sentence(event: DagsterEvent) -> str:
    """What failed, in the words of who raised it; a program error keeps its type only."""
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error.cause or data.error if data.error else None
    return f"Langkah {event.step_key} gagal: {_reason(error)}"


def _reason(error: SerializableErrorInfo | None) -> str:
    if error is not None and error.cls_name in _SENTENCES:
        return _told(error)
    kind = error.cls_name if error else "tanpa keterangan"
    return f"galat program ({kind}); ulangi dengan: perlinsos --debug pemutakhiran ..."


def _told(error: SerializableErrorInfo) -> str:
    """The sentence of an error of ours: Dagster puts its class before it."""
    return error.message.partition(": ")[2].strip()
