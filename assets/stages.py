"""One asset a stage of the plan: its name, what it needs, and the call that runs it."""

from collections.abc import Sequence

from dagster import AssetsDefinition, MaterializeResult, asset

from assets.partitions import PERIODS
from pipelines import plan
from pipelines.declaration import Source
from pipelines.plan import Stage
from resources.office import Office

BEFORE = "terbitan_lalu"


def lineage(stage: Stage, sources: Sequence[Source]) -> list[str]:
    """Names of the assets a stage needs; `berkas` comes with `mentah`, the period before with `terbitan_lalu`."""
    names: dict[str, None] = {}
    for need in stage.needs:
        if need == "kantor":
            continue
        for table in plan.expand("mentah" if need == "berkas" else need, sources):
            names[BEFORE if table.endswith(plan.BEFORE) else table] = None
    return list(names)


def stage_asset(stage: Stage, sources: Sequence[Source]) -> AssetsDefinition:
    """The asset of one stage; its metadata is the number of rows."""

    @asset(
        name=stage.name,
        group_name=stage.group,
        partitions_def=PERIODS,
        deps=lineage(stage, sources),
        description=stage.description,
    )
    def table(office: Office) -> MaterializeResult:
        office.engine.run(stage)
        return MaterializeResult(metadata={"dagster/row_count": office.engine.count(stage.name)})

    return table
