"""Rows of a period's work tables, as long as they are still those of the file that was published."""

from pathlib import Path
from typing import Literal

import duckdb
import pandas as pd

ROW = ["berkas", "lembar", "baris"]


def work_rows(
    work: Path, kind: Literal["mentah", "baris"], sumber: str, wanted: pd.DataFrame, files: pd.DataFrame
) -> pd.DataFrame | None:
    """The rows of `mentah_<source>` or `baris_<source>` at the places `wanted` (ROW); None where the table is gone.

    `files`: berkas and sidik_berkas as published; a file that another has replaced since gives nothing.
    """
    read, ledger = work / f"{kind}_{sumber}.parquet", work / f"berkas_{sumber}.parquet"
    if not (read.exists() and ledger.exists()):
        return None
    same = pd.read_parquet(ledger).merge(files, on=["berkas", "sidik_berkas"]).berkas
    places = wanted.loc[wanted.berkas.isin(same), ROW].drop_duplicates()
    with duckdb.connect() as engine:
        engine.register("wanted", places)
        query = "SELECT * FROM read_parquet(?) SEMI JOIN wanted USING (berkas, lembar, baris)"
        return engine.execute(query, [str(read)]).df()
