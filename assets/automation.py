"""What starts a run: the job, a schedule and a sensor, both off until an office switches them on."""

import time
from collections.abc import Sequence

from dagster import (
    AssetKey,
    AssetRecordsFilter,
    AssetSelection,
    DagsterInstance,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    RunsFilter,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SensorDefinition,
    SensorEvaluationContext,
    SkipReason,
    define_asset_job,
    in_process_executor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition
from dagster._core.storage.tags import RUN_KEY_TAG

from assets.partitions import PERIODS
from pipelines.declaration import Source
from resources.drop import Drop
from resources.exclusion import is_running
from resources.state import State

JOB, PUBLICATION = "pemutakhiran", "terbitan"
_LOOK_EVERY_S = 60


def update_job() -> UnresolvedAssetJobDefinition:
    """The job over every asset.

    In process: stages are short and hand each other files, and a process for each costs 3 s to import (14.4 s against
    4.9 s for three trivial assets).
    """
    return define_asset_job(
        JOB, AssetSelection.all(), executor_def=in_process_executor,
        description="Pemutakhiran satu periode: baca kiriman, tautkan, potret tiap desa, nilai, terbitkan.",
    )  # fmt: skip


def monthly_schedule(job: UnresolvedAssetJobDefinition, drop: Drop, cron: str) -> ScheduleDefinition:
    """Runs the latest period that has a folder in the drop; `cron` in the office's time."""

    def latest(context: ScheduleEvaluationContext) -> RunRequest | SkipReason:
        periods = _begun(drop)
        return RunRequest(partition_key=periods[-1]) if periods else SkipReason("Folder kiriman masih kosong.")

    return ScheduleDefinition(
        name="pemutakhiran_berkala", job=job, cron_schedule=cron, execution_fn=latest,
        execution_timezone="Asia/Jakarta", default_status=DefaultScheduleStatus.STOPPED,
        description="Menjalankan periode terbaru menurut jadwal.",
    )  # fmt: skip


def complete_drop_sensor(
    job: UnresolvedAssetJobDefinition, state: State, drop: Drop, sources: Sequence[Source], quiet_s: float
) -> SensorDefinition:
    """Starts a run when a period's drop is complete and still: one run at a time, the earliest period first.

    Once for each state of its files and of what was published before it: a period whose publication was withdrawn,
    because an earlier one changed, is asked for again.
    """

    def look(context: SensorEvaluationContext) -> RunRequest | SkipReason:
        if is_running(state):
            return SkipReason("Pemutakhiran lain sedang berjalan.")
        waiting: list[str] = []
        before = "-"
        for periode in _begun(drop):
            if missing := drop.missing(periode, sources):
                waiting.append(f"{periode} menunggu {', '.join(missing)}")
            elif not drop.is_still(periode, sources, time.time(), quiet_s):
                waiting.append(f"{periode} masih berubah")
            else:
                key = f"{periode}:{drop.fingerprint(periode, sources)}:{before}"
                tried = context.instance.get_runs(RunsFilter(tags={RUN_KEY_TAG: key}), limit=1)
                if not tried:
                    return RunRequest(run_key=key, partition_key=periode)
                if not tried[0].is_finished:
                    return SkipReason(f"{periode} sedang menunggu giliran atau berjalan.")
            before = _published(context.instance, periode) or before
        return SkipReason("; ".join(waiting) or ("Belum ada kiriman baru." if before != "-" else "Belum ada kiriman."))

    return SensorDefinition(
        name="kiriman_lengkap", job=job, evaluation_fn=look, minimum_interval_seconds=_LOOK_EVERY_S,
        default_status=DefaultSensorStatus.STOPPED,
        description="Memulai proses bila kiriman satu periode lengkap dan tidak berubah lagi.",
    )  # fmt: skip


def _published(instance: DagsterInstance, periode: str) -> str | None:
    """The period's latest publication by Dagster's own records: to look must not start a server."""
    wanted = AssetRecordsFilter(asset_key=AssetKey(PUBLICATION), asset_partitions=[periode])
    records = instance.fetch_materializations(wanted, limit=1).records
    made = records[0].asset_materialization if records else None
    return str(made.metadata["publikasi_id"].value) if made else None


def _begun(drop: Drop) -> list[str]:
    """The drop's periods that can be run: a folder of a month to come waits."""
    return [periode for periode in drop.periods() if PERIODS.has_partition_key(periode)]
