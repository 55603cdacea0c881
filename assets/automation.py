"""What starts a run: the job, a schedule and a sensor, both off until an office switches them on."""

import time
from collections.abc import Sequence

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    define_asset_job,
    in_process_executor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from assets.partitions import PERIODS
from pipelines.declaration import Source
from resources.drop import Drop

JOB = "pemutakhiran"
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
    job: UnresolvedAssetJobDefinition, drop: Drop, sources: Sequence[Source], quiet_s: float
) -> SensorDefinition:
    """Starts a run when a period's drop is complete and still; once for each state of its files."""

    def look(context: SensorEvaluationContext) -> SensorResult | SkipReason:
        waiting, requests = [], []
        for periode in _begun(drop):
            if missing := drop.missing(periode, sources):
                waiting.append(f"{periode} menunggu {', '.join(missing)}")
            elif not drop.is_still(periode, sources, time.time(), quiet_s):
                waiting.append(f"{periode} masih berubah")
            else:
                key = f"{periode}:{drop.fingerprint(periode, sources)}"
                requests.append(RunRequest(run_key=key, partition_key=periode))
        return (
            SensorResult(run_requests=requests) if requests else SkipReason("; ".join(waiting) or "Belum ada kiriman.")
        )

    return SensorDefinition(
        name="kiriman_lengkap", job=job, evaluation_fn=look, minimum_interval_seconds=_LOOK_EVERY_S,
        default_status=DefaultSensorStatus.STOPPED,
        description="Memulai proses bila kiriman satu periode lengkap dan tidak berubah lagi.",
    )  # fmt: skip


def _begun(drop: Drop) -> list[str]:
    """The drop's periods that can be run: a folder of a month to come waits."""
    return [periode for periode in drop.periods() if PERIODS.has_partition_key(periode)]
