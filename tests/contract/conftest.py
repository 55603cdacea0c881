"""What the contract tests share: one invented file of a source, read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.declaration import Source
from pipelines.reading import DropFile, read_source

Row = dict[str, str | None]
Read = Callable[..., tuple[list[Row], list[str]]]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine in memory."""
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Read:
    """Read one file of a source; its data rows and what was refused."""

    def run(source: Source, name: str, content: bytes) -> tuple[list[Row], list[str]]:
        path = tmp_path / name
        path.write_bytes(content)
        target = tmp_path / "mentah.parquet"
        reading = read_source(source, [DropFile(path, f"2025-01/{source.name}/{name}")], con, target, tmp_path)
        table = con.read_parquet(str(target)).filter("jenis = 'data'").order("baris")
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
        return rows, [str(failure) for failure in reading.failures]

    return run
