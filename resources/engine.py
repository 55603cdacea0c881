"""The engine: DuckDB in this process, with bounded memory; a table is a Parquet file in the period's work folder."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from pipelines import plan
from pipelines.declaration import Source
from pipelines.period import Period
from pipelines.tables import VERSIONED, arrow_schema_of, columns_of

_MEMORY_LIMIT = "2GB"  # of the engine; the process with its libraries stays below 4 GiB at 2 million people


class Engine:
    """Runs stages for one period. What a stage needs is read from `folder`, what it makes is written there."""

    def __init__(self, folder: Path, periode: Period, sources: Sequence[Source], secret: str, threads: int = 2) -> None:
        """Open an engine in memory; it spills to `folder`. `secret`: the office's key."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._periode, self._sources = folder, periode, tuple(sources)
        self._kept: list[str] = []
        self._names = itertools.count()
        self._ibis: Backend = ibis.duckdb.connect(
            threads=threads, memory_limit=_MEMORY_LIMIT, temp_directory=str(folder / "spill"),
            preserve_insertion_order=False,
            enable_external_file_cache=False,  # a table's file is replaced under its name: never serve the old bytes
        )  # fmt: skip
        self._ibis.create_table("kantor", ibis.memtable({"kunci": [secret]}), temp=True)

    @property
    def connection(self) -> Backend:
        """The Ibis backend, for who reads files through it."""
        return self._ibis

    def path(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self._folder / f"{table}.parquet"

    def table(self, name: str) -> ir.Table:
        """A table that was written before; a collective one is put together from those of every source."""
        if name in plan.COLLECTIVE:
            parts = {part: self.table(part) for part in plan.expand(name, self._sources)}
            return self._keep(plan.together(name, parts, self._sources), written=False)
        if name == "kantor":
            return self._ibis.table(name)
        return self._ibis.read_parquet(self.path(name))

    def run(self, stage: plan.Stage) -> Path:
        """Run one stage and write its table, whole or not at all."""
        given = plan.values(self._sources, self._periode, self._keep)
        arguments = {p: given[p] if p in given else self.table(p) for p in stage.parameters}
        try:
            made = stage.function(**arguments)
            if stage.name in VERSIONED:
                made = made.select(*columns_of(stage.name)).cast(ibis.Schema.from_pyarrow(arrow_schema_of(stage.name)))
            return self.write(stage.name, made)
        finally:
            while self._kept:
                self._ibis.raw_sql(f"DROP {self._kept.pop()}")

    def write(self, name: str, table: ir.Table) -> Path:
        """Write a table as Parquet; a reader sees the former file until the new one is whole."""
        unfinished = self.path(name).with_suffix(".tulis")
        self._ibis.to_parquet(table, unfinished)
        return unfinished.replace(self.path(name))

    def count(self, name: str) -> int:
        """Rows of a written table, from the file's own footer."""
        return int(self.table(name).count().execute())

    def _keep(self, table: ir.Table, *, written: bool = True) -> ir.Table:
        """Give a table a name until the stage ends: its rows written into memory, or only its query."""
        # by hand: create_table builds, copies and prints the statement three times, longer than a small query runs
        name, spell = f"sementara_{next(self._names)}", self._ibis.compiler.type_mapper.to_string
        columns = ", ".join(f'"{c}"::{spell(kind)} AS "{c}"' for c, kind in table.schema().items())
        kind = "TABLE" if written else "VIEW"
        self._ibis.raw_sql(f"CREATE TEMP {kind} {name} AS SELECT {columns} FROM ({self._ibis.compile(table)})")  # noqa: S608
        self._kept.append(f"{kind} {name}")
        return self._ibis.table(name)

    def close(self) -> None:
        """Give memory and spill files back."""
        self._ibis.disconnect()
