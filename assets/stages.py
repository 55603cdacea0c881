"""The assets of the plan: what each waits for, and the call that runs its stages."""

import re
from collections.abc import Sequence

from dagster import AssetsDefinition, MaterializeResult, asset

from assets.descriptions import columns, described
from assets.partitions import PERIODS
from pipelines import plan
from pipelines.declaration import Source
from pipelines.plan import Stage
from resources.office import Office

BEFORE = "terbitan_lalu"


def lineage(stages: Sequence[Stage], sources: Sequence[Source]) -> list[str]:
    """Names of the assets that stages of one asset need from others.

    `berkas` and `kolom` come with `mentah`, the period before and what officers decided with `terbitan_lalu`.
    """
    own = {stage.asset for stage in stages}
    makers = {stage.name: stage.asset for stage in plan.stages(sources)}
    names: dict[str, None] = {}
    for need in (need for stage in stages for need in stage.needs if need not in plan.GIVEN):
        for table in plan.expand(need, sources):
            made = re.sub("^(?:berkas|kolom)_", "mentah_", table)
            earlier = table.endswith(plan.BEFORE) or table == plan.DECIDED
            names[BEFORE if earlier else makers.get(table, made)] = None
    return [name for name in names if name not in own]


def stage_asset(stages: Sequence[Stage], sources: Sequence[Source]) -> AssetsDefinition:
    """The asset of the last of `stages`, which the others serve; its metadata is the number of rows."""
    last = stages[-1]

    @asset(
        name=last.name,
        group_name=last.group,
        partitions_def=PERIODS,
        deps=lineage(stages, sources),
        description=described(last.name),
        metadata=columns(last.name),
    )
    def table(office: Office) -> MaterializeResult:
        for stage in stages:
            office.engine.run(stage)
        return MaterializeResult(metadata={"dagster/row_count": office.engine.count(last.name)})

    return table
