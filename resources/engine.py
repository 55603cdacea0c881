"""The engine: DuckDB in this process, with bounded memory; a table is a Parquet file in the period's work folder."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from ibis.backends.duckdb import Backend

from pipelines import plan
from pipelines.declaration import Source
from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.rulebook import FindingBasis
from pipelines.tables import VERSIONED, arrow_schema_of, columns_of
from pipelines.weights import DECLARED, Weights
from resources.statements import composed

_MEMORY_LIMIT = "2GB"  # of the engine; the process with its libraries stays below 4 GiB at 2 million people
_BLOCKS_KEPT = "1GB"  # of it, not given back between stages: to have it zeroed again each time costs a twentieth
# Work tables are read as often as they are written. Compressed they are half the size and a tenth of the whole work;
# the delta encodings of v2 give half of that back for nothing. Identifiers and names hardly repeat within a row group:
# to try a dictionary for each costs a third of the writing.
_PARQUET = (
    "FORMAT parquet, COMPRESSION uncompressed, PARQUET_VERSION v2, ROW_GROUP_SIZE 30720, DICTIONARY_SIZE_LIMIT 1000"
)


class EngineError(RuntimeError):
    """A stage failed in the engine; the message holds no value of a row."""


class Engine:
    """Runs stages for one period. What a stage needs is read from `folder`, what it makes is written there."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a run works with
        self, folder: Path, periode: Period, sources: Sequence[Source], secret: str, threads: int = 2,
        basis: FindingBasis | None = None, learn: Callable[["Engine"], Weights] = lambda _: DECLARED,
    ) -> None:  # fmt: skip
        """Open an engine in memory; it spills to `folder`. `secret`: the office's key; `basis`: what findings rest on,
        None: no rule; `learn`: gives the weights of the linkage when a stage asks for them."""
        self._learn = learn
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._periode, self._sources = folder, periode, tuple(sources)
        basis = basis or FindingBasis()
        self._rules = basis.rules
        self._known: dict[str, tuple[object, ir.Table]] = {}
        ibis.options.sql.fuse_selects = False  # the engine folds them itself, at a fifth of what it costs here
        self._ibis: Backend = ibis.duckdb.connect(
            threads=threads, memory_limit=_MEMORY_LIMIT, temp_directory=str(folder / "spill"),
            preserve_insertion_order=False, block_allocator_memory=_BLOCKS_KEPT,
            enable_external_file_cache=False,  # a table's file is replaced under its name: never serve the old bytes
        )  # fmt: skip
        self._ibis.create_table(plan.OFFICE, pa.table({"kunci": [secret]}), temp=True)
        self._ibis.create_table(plan.DECISIONS, _as_text(basis.decisions), temp=True)

    @property
    def connection(self) -> Backend:
        """The Ibis backend, for who reads files through it."""
        return self._ibis

    def path(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self._folder / f"{table}.parquet"

    def table(self, name: str) -> ir.Table:
        """A table that was written before; a collective one is put together from those of every source."""
        if name in plan.GIVEN:
            return self._ibis.table(name)
        parts = plan.expand(name, self._sources)
        state = tuple((part, self.path(part).stat().st_mtime_ns, self.path(part).stat().st_ino) for part in parts)
        if self._known.get(name, (None, None))[0] != state:
            self._known[name] = (state, self._opened(name, parts))
        return self._known[name][1]

    def _opened(self, name: str, parts: tuple[str, ...]) -> ir.Table:
        if name not in plan.COLLECTIVE:
            return self._ibis.read_parquet(self.path(name), table_name=name)
        tables = {part: self.table(part) for part in parts}
        statements = composed(
            _question(name, tables, self._sources),
            name,
            self._ibis,
            lambda _: plan.together(name, tables, self._sources),
        )
        self._ibis.raw_sql(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {statements.query}')
        return self._ibis.table(name)

    def frame(self, name: str) -> pd.DataFrame:
        """A written table, small, as it is; by Ibis it would come with a warning of what pandas 4 will drop."""
        return pd.read_parquet(self.path(name))

    def run(self, stage: plan.Stage) -> Path:
        """Run one stage and write its table, whole or not at all."""
        if stage.empty is not None and not any(map(self.count, stage.made_of)):
            return self._written(stage.name, partial(pq.write_table, stage.empty.empty_table()))
        with self._built(stage) as query:
            return self._copied(stage.name, query)

    def ask(self, stage: plan.Stage, **instead: object) -> pd.DataFrame:
        """What a stage would make, small, with other parameters than a run's; nothing is written."""
        with self._built(stage, **instead) as query:
            return self._ibis.raw_sql(query).df()

    def told(self, function: Callable[..., ir.Table], *names: str) -> pa.Table:
        """What a function says of written tables, small; nothing is written."""
        tables = {name: self.table(name) for name in names}
        statements = composed(
            _question(function, tables), function.__name__, self._ibis, lambda _: function(*tables.values())
        )
        return self._ibis.raw_sql(statements.query).to_arrow_table()

    @contextmanager
    def _built(self, stage: plan.Stage, **instead: object) -> Iterator[str]:
        """The query of a stage's table, while what it keeps is there."""
        try:
            given = self._given(stage) | instead
            statements = composed(
                _question(stage.name, given, stage.bound),
                stage.name,
                self._ibis,
                lambda keep: _made(stage, given, keep),
            )
            try:
                for statement in statements.before:
                    self._ibis.raw_sql(statement)
                yield statements.query
            finally:
                for statement in statements.after:
                    self._ibis.raw_sql(statement)
        except duckdb.Error as error:  # its message quotes cells
            raise EngineError(f"Tabel {stage.name} tidak dapat dibangun ({type(error).__name__}).") from None

    def _given(self, stage: plan.Stage) -> dict[str, object]:
        bobot = self._learn(self) if "bobot" in stage.parameters else DECLARED
        values = plan.values(self._sources, self._periode, self._rules, bobot)
        if "present" in stage.parameters:
            values["present"] = self._present()
        return {p: values[p] if p in values else self.table(p) for p in stage.parameters if p != plan.KEEP}

    def _present(self) -> tuple[Source, ...]:
        """The sources that have a row; all of them where none has one."""
        return tuple(s for s in self._sources if self.count(f"baris_{s.name}")) or self._sources

    def write(self, name: str, table: ir.Table) -> Path:
        """Write a table as Parquet; a reader sees the former file until the new one is whole."""
        return self._copied(name, self._ibis.compile(table))

    def _copied(self, name: str, query: str) -> Path:
        def copy(unfinished: Path) -> None:
            self._ibis.raw_sql(f"COPY ({query}) TO {sge.convert(str(unfinished)).sql('duckdb')} ({_PARQUET})")

        return self._written(name, copy)

    def _written(self, name: str, write: Callable[[Path], None]) -> Path:
        unfinished = self.path(name).with_suffix(".tulis")
        write(unfinished)
        return unfinished.replace(self.path(name))

    def state(self, names: Iterable[str]) -> str:
        """When each of these tables was written: another text as soon as one of them is written again."""
        files = {name: self.path(name).stat() for name in names}
        return json.dumps({name: [file.st_ino, file.st_mtime_ns] for name, file in files.items()})

    def count(self, name: str) -> int:
        """Rows of a written table, from the file's own footer."""
        return pq.read_metadata(self.path(name)).num_rows

    def close(self) -> None:
        """Give memory and spill files back."""
        self._ibis.disconnect()


def _question(what: object, given: Mapping[str, object], bound: tuple[object, ...] = ()) -> tuple[object, ...]:
    """All that the statements of a table follow from."""
    said = ((p, v.schema() if isinstance(v, ir.Table) else repr(v)) for p, v in given.items())
    return (what, repr(bound), *said)


def _made(stage: plan.Stage, given: Mapping[str, object], keep: Keep) -> ir.Table:
    made = stage.function(**given, **({plan.KEEP: keep} if plan.KEEP in stage.parameters else {}))
    if stage.name in VERSIONED:
        return made.select(*columns_of(stage.name)).cast(ibis.Schema.from_pyarrow(arrow_schema_of(stage.name)))
    return made


def _as_text(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, pa.schema([(name, pa.string()) for name in frame]), preserve_index=False)
