"""What a rule would flag: it is sought in the tables of a period's last run, nothing is written."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import pandas as pd

from pipelines import plan
from pipelines.declaration import Source
from pipelines.period import Period, is_month
from pipelines.rulebook import FindingRule
from resources.drop import DropError
from resources.engine import Engine
from resources.exclusion import sole_run
from resources.state import State

_FOUND, _REGIONS = "temuan_kini", "dim_wilayah"


@dataclass(frozen=True)
class Simulation:
    """`desa`: one row a desa with nama, ditandai, baru, tidak_lagi (units, against the same rule in that run);
    `satuan`: what is counted; `tanpa_temuan`: families flagged that no rule flagged in that run."""

    rule: FindingRule
    satuan: str
    desa: pd.DataFrame
    tanpa_temuan: int

    def total(self, column: str) -> int:
        """The sum over all desa."""
        return int(self.desa[column].sum())


def last_period(state: State) -> str | None:
    """The latest period of which a run came to its findings."""
    runs = state.work("2020-01").parent
    found = [p.parent.name for p in runs.glob(f"*/{_FOUND}.parquet") if is_month(p.parent.name)]
    return max(found, default=None)


def simulate(
    state: State, periode: str, sources: Sequence[Source], rules: Sequence[FindingRule], off: Sequence[str] = ()
) -> list[Simulation]:
    """Seek each rule in the last run of the period; those that are to be `off` flag nothing. AlreadyRunning: a run is
    changing the tables. DropError: there are none, or they are of two runs."""
    stage, work = next(s for s in plan.stages(sources) if s.name == _FOUND), state.work(periode)
    needs = [table for need in stage.needs if need not in plan.GIVEN for table in plan.expand(need, sources)]
    if not all((work / f"{name}.parquet").exists() for name in (*needs, _FOUND, _REGIONS)):
        raise _not_run(periode, "belum pernah dijalankan sampai temuannya di folder keadaan ini")
    with sole_run(state), closing(Engine(work, Period(periode), sources, secret="")) as engine:
        if max(_written(engine, name) for name in needs) > _written(engine, _FOUND):
            raise _not_run(periode, "berhenti sebelum temuannya pada proses terakhir")
        names, now = _names(engine.frame(_REGIONS)), engine.frame(_FOUND)
        told = []
        for rule in rules:
            found = engine.ask(stage, aturan=() if rule.aturan in off else (rule,))
            told.append(_told(rule, found, now, names))
        return told


def _written(engine: Engine, table: str) -> int:
    return engine.path(table).stat().st_mtime_ns


def _not_run(periode: str, why: str) -> DropError:
    return DropError(f"Periode {periode} {why}; jalankan dahulu: perlinsos pemutakhiran --periode {periode}.")


def _told(rule: FindingRule, found: pd.DataFrame, now: pd.DataFrame, names: pd.Series) -> Simulation:
    satuan = "orang" if "orang_id" in rule.kind.per else "keluarga"
    same = now[now.aturan == rule.aturan]
    parts = {
        "ditandai": found,
        "baru": found[~found.temuan_id.isin(same.temuan_id)],
        "tidak_lagi": same[~same.temuan_id.isin(found.temuan_id)],
    }
    counted = {name: rows.groupby("kode_desa")[f"{satuan}_id"].nunique() for name, rows in parts.items()}
    desa = pd.DataFrame(counted).fillna(0).astype("int64").sort_index()
    desa.insert(0, "nama", names.reindex(desa.index).fillna("?"))
    return Simulation(rule, satuan, desa, found.keluarga_id[~found.keluarga_id.isin(now.keluarga_id)].nunique())


def _names(regions: pd.DataFrame) -> pd.Series:
    """Code -> name of a desa, with its kecamatan where two have one name."""
    own = regions.drop_duplicates("kode_desa").set_index("kode_desa")
    twice = own.nama_desa.duplicated(keep=False)
    return own.nama_desa.mask(twice, own.nama_desa + " " + own.nama_kecamatan.fillna(""))
