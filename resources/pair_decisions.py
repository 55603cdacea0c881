"""What officers decided about pairs: `TINJAUAN.csv` in each period's folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipelines.pair_decisions import DECIDED, JUDGEMENTS, standing
from resources.confirmations import add_answers, read_confirmations
from resources.drop import Drop


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
