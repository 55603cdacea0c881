"""What officers decided about pairs: `TINJAUAN.csv` in each period's folder, and which drop folder a run read."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipelines.pair_decisions import DECIDED, JUDGEMENTS, standing
from resources.confirmations import add_answers, read_confirmations
from resources.drop import Drop

_DROP = "kiriman.txt"  # in the period's work folder


def read_decisions(drop: Drop, until: str = "") -> pd.DataFrame:
    """Every row, or those of this and earlier periods, oldest period first, with the `periode` of its folder."""
    periods = [periode for periode in drop.periods() if not until or periode <= until]
    rows = [read_confirmations(drop.root / periode, JUDGEMENTS).assign(periode=periode) for periode in periods]
    return (
        pd.concat(rows, ignore_index=True)
        if rows
        else pd.DataFrame(columns=[*JUDGEMENTS.columns, "periode"], dtype="str")
    )


def standing_decisions(drop: Drop, until: str) -> pd.DataFrame:
    """What is in force in a period: one row a pair, the columns DECIDED, all text."""
    return standing(read_decisions(drop, until))[list(DECIDED)].astype("str")


def add_decisions(folder: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Append rows to the file of a period's folder."""
    return add_answers(folder, rows, JUDGEMENTS)


def keep_drop(work: Path, root: Path) -> None:
    """Write down which drop folder a run of the period read: that is where an answer to it belongs."""
    (work / _DROP).write_text(str(root), "utf-8")


def drop_of(work: Path, otherwise: Path) -> Drop:
    """The drop folder that the last run of the period read."""
    kept = work / _DROP
    return Drop(Path(kept.read_text("utf-8")) if kept.exists() else otherwise)
