"""The core work of this program, without Dagster, the judgement with its measures, and the publication: files in,
tables as Parquet out.

    python tests/bench/core.py SUMBER_DIR OUT_DIR [--tahap]

Prints one JSON line {rows, facts}; with --tahap the CPU seconds of each stage before it.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipelines import plan
from pipelines.period import Period
from pipelines.sources import REGISTER
from pipelines.tables import CUMULATIVE, HISTORY_KEY, arrow_schema_of
from resources.confirmations import read_confirmations
from resources.drop import Drop
from resources.engine import Engine
from resources.garbage import seldom_collected
from resources.intake import Intake
from resources.pair_decisions import standing_decisions
from resources.rulebook import read_basis
from resources.training import weights_of


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def known_before(table: str, earlier: Sequence[Path], target: Path) -> None:
    """Write what the folders of earlier periods, the oldest first, hand on of a table, as the warehouse would."""
    files = [str(folder / f"{table}.parquet") for folder in earlier]
    key = HISTORY_KEY.get(table)
    if not files:
        pq.write_table(arrow_schema_of(table).empty_table(), target)
        return
    if table not in CUMULATIVE and not key:
        files = files[-1:]
    latest = f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY berlaku_dari DESC) = 1" if key else ""
    with duckdb.connect() as engine:
        made = engine.sql(f"SELECT * FROM read_parquet({files}) {latest}").to_arrow_table()  # noqa: S608 - own names
    pq.write_table(made.cast(arrow_schema_of(table)), target)


def main(drop: Drop, out: Path, verbose: bool, threads: int = 2) -> None:
    """Work through every period of the drop; what a period hands the next is taken from its own tables."""
    done: list[Path] = []
    before, rows, facts = None, 0, 0

    def timed(name: str, since: float, engine: Engine) -> None:
        if verbose:
            print(f"{_cpu() - since:8.2f}  {name}  {engine.count(name)}")

    for kini in drop.periods():
        basis = read_basis(drop.root, kini, REGISTER)
        period = Period(kini, before)
        engine = Engine(
            out / kini, period, REGISTER, "kunci tolok ukur", threads=threads, basis=basis,
            learn=lambda engine, period=period: weights_of(out / "padan.json", engine, period),  # type: ignore[misc]
        )  # fmt: skip
        drop.regions().to_parquet(engine.path("wilayah"), index=False)
        read_confirmations(drop.root / kini).to_parquet(engine.path(plan.CONFIRMED), index=False)
        standing_decisions(drop, kini).to_parquet(engine.path(plan.DECIDED), index=False)
        for table in plan.remembered(REGISTER):
            known_before(table, done, engine.path(f"{table}_lalu"))
        for source in REGISTER:
            start = _cpu()
            with tempfile.TemporaryDirectory(dir=out) as work:
                failures = Intake(drop, engine).take_in(kini, source, Path(work)).failures
            if failures:
                raise SystemExit(str(failures[0]))
            timed(f"mentah_{source.name}", start, engine)
        for stage in plan.stages(REGISTER):
            if stage.asset == plan.GATE:
                continue
            start = _cpu()
            engine.run(stage)
            timed(stage.name, start, engine)
        rows += engine.count("jejak_baris")
        facts += engine.count("fakta_kepesertaan")
        engine.close()
        before = kini
        done.append(out / kini)
    print(json.dumps({"rows": rows, "facts": facts}))


if __name__ == "__main__":
    with seldom_collected():  # as in a run
        main(Drop(Path(sys.argv[1])), Path(sys.argv[2]), "--tahap" in sys.argv)
