"""The composition root: which assets, job, schedule and sensor there are, and which office they work in."""

import os
from collections.abc import Mapping, Sequence

from dagster import Definitions, definitions

from assets.automation import complete_drop_sensor, monthly_schedule, update_job
from assets.publication import gerbang, terbitan, terbitan_lalu, wilayah
from assets.sources import read_asset, rows_asset
from assets.stages import stage_asset
from pipelines import plan
from pipelines.declaration import Source
from pipelines.sources import REGISTER
from resources.drop import Drop
from resources.office import Office
from resources.settings import Settings, settings_from
from resources.state import State

_MONTHLY = "0 6 5 * *"  # the fifth of each month, six in the morning
_QUIET_S = "600"


def build_definitions(
    settings: Settings, sources: Sequence[Source] = REGISTER, environment: Mapping[str, str] | None = None
) -> Definitions:
    """Everything that Dagster shows and runs for these settings and sources."""
    environment = environment or {}
    stages = plan.by_asset(sources)
    mentah = [read_asset(s) for s in sources]
    baris = [rows_asset(s, stages.pop(f"baris_{s.name}")[0]) for s in sources]
    within = (plan.REGIONS, plan.GATE)  # these two run their stages themselves, beside work that is no stage
    shared = [stage_asset(made, sources) for name, made in stages.items() if name not in within]
    job, drop = update_job(), Drop(settings.sumber)
    return Definitions(
        assets=[terbitan_lalu, wilayah, *mentah, *baris, *shared, gerbang, terbitan],
        jobs=[job],
        schedules=[monthly_schedule(job, drop, environment.get("PERLINSOS_JADWAL") or _MONTHLY)],
        sensors=[
            complete_drop_sensor(
                job, State(settings.rumah), drop, sources, float(environment.get("PERLINSOS_TENANG_DETIK") or _QUIET_S)
            )
        ],
        resources={
            "office": Office(rumah=str(settings.rumah), sumber=str(settings.sumber)).of(settings.gudang, sources)
        },
    )


@definitions
def perlinsos() -> Definitions:
    """The definitions of the office that the environment names."""
    return build_definitions(settings_from(os.environ), environment=os.environ)
