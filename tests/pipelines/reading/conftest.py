"""What the reading tests share: an engine, and a way to read invented files of one source."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipelines.declaration import Source
from pipelines.reading import DropFile, Operator, Reading, read_source


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine in memory."""
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Callable[..., tuple[Reading, pd.DataFrame]]:
    """Read invented files, given as name -> bytes; return the reading and the rows of `mentah_<source>`."""

    def run(source: Source, files: dict[str, bytes], operator: Operator | None = None) -> tuple[Reading, pd.DataFrame]:
        drop = []
        for name, content in files.items():
            path = tmp_path / "kiriman" / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            drop.append(DropFile(path, f"2024-06/{source.name}/{name}"))
        work, target = tmp_path / "kerja", tmp_path / "mentah.parquet"
        work.mkdir(exist_ok=True)
        reading = read_source(source, drop, con, target, work, operator)
        assert not list(work.iterdir())
        rows = con.read_parquet(str(target)).order("berkas, lembar, baris").df().astype(object)
        rows = rows.where(rows.notna(), None)
        assert reading.files["dibaca"].sum() == len(rows)
        return reading, rows

    return run
