"""The warehouse: a PostgreSQL that holds what was published, read through the contract's views."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo

from pipelines.tables import VERSIONED
from resources.failure import WarehouseError, WarehouseUnreachable, explained
from resources.history import known_before, latest_period_before, write_parquet
from resources.publication import Publication, active_publication, base_before, bind_office, publish_tables
from resources.structure import prepare_structure

__all__ = ["Publication", "Warehouse", "WarehouseError", "WarehouseUnreachable"]

_OLDEST = 15
_DRIVERS = {"postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"}
_RUN_LOCK = 7_310_003
_PERIODE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class Warehouse:
    """The published tables of one kabupaten. Connects at first use; every failure is a `WarehouseError`."""

    def __init__(self, url: str) -> None:
        """Take `postgresql://`, `postgres://` or `postgresql+psycopg://`; nothing connects yet."""
        try:
            parsed = sa.make_url(url)
        except (sa.exc.ArgumentError, ValueError):
            raise WarehouseError("Alamat gudang tidak dapat dibaca; contoh: postgresql://server/basis") from None
        if parsed.drivername not in _DRIVERS:
            raise WarehouseError(f"Gudang harus PostgreSQL, bukan {parsed.drivername}.")
        # No pool: a step uses few connections, and none may outlive a restart of the server.
        self._engine = sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool, hide_parameters=True
        )

    def prepare(self) -> None:
        """Create what is missing of schema, tables, views, comments and grants; safe in several processes."""
        with self._transaction("Gudang tidak dapat disiapkan") as connection:
            prepare_structure(connection)

    def bind(self, fingerprint: str) -> None:
        """Let one office's key, told by its fingerprint, make the keys in this warehouse, and no other's."""
        with self._transaction("Gudang tidak dapat disiapkan") as connection:
            bind_office(connection, fingerprint)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Hold the warehouse for one run; False where another has it. Freed by the server if we are killed."""
        with ExitStack() as stack:
            with explained("Gudang tidak dapat dibuka"):
                connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                stack.callback(_let_go, connection)
                got = connection.execute(sa.select(sa.func.pg_try_advisory_lock(_RUN_LOCK))).scalar_one()
            yield bool(got)

    def previous_period(self, periode: str) -> str | None:
        """Give the latest published period before `periode` (YYYY-MM), or None."""
        with self._transaction("Periode sebelumnya tidak dapat dibaca") as connection:
            return connection.execute(latest_period_before(periode)).scalar()

    def latest_period(self, table: str) -> str | None:
        """Give the latest period of which readers see rows of a table, or None."""
        _check_table(table)
        shown = sa.table(table, sa.column("periode", sa.String))
        with self._transaction(f"Tabel {table} tidak dapat dibaca dari gudang", read_only=True) as connection:
            return connection.execute(sa.select(sa.func.max(shown.c.periode))).scalar()

    def active(self, periode: str) -> Publication | None:
        """Give the publication that readers see for `periode`, or None."""
        with self._transaction("Terbitan tidak dapat dibaca") as connection:
            return active_publication(connection, periode)

    def export_before(self, targets: Mapping[str, Path], periode: str) -> None:
        """Write what was published of each table before `periode` as Parquet; an empty file where nothing was.

        Every row of `pengenal` and `kartu_keluarga`, the valid version of `dim_orang` and `dim_keluarga`,
        the previous period's rows of any other table. Schema: `arrow_schema_of(table)`.
        """
        _check_periode(periode)
        for table in targets:
            _check_table(table)
        arguments = self._engine.dialect.create_connect_args(self._engine.url)[1]
        arguments.pop("context", None)
        with explained(f"Tabel {', '.join(targets)} tidak dapat dibaca dari gudang"):
            selects = {name: known_before(name, periode) for name in targets}
            write_parquet(make_conninfo(**arguments), selects, targets)

    def base_before(self, periode: str) -> dict[str, int]:
        """Give the publications that a run of `periode` is built on: period -> publikasi_id."""
        with self._transaction("Terbitan tidak dapat dibaca") as connection:
            return base_before(connection, periode)

    def publish(
        self, periode: str, run_id: str, sidik: str, tables: Mapping[str, Path], base: Mapping[str, int] | None = None
    ) -> Publication:
        """Publish the Parquet files of one period in one transaction; whole, or the former one stays.

        `sidik` is the hash of the content: where it is active already nothing is written. `base`: what `base_before`
        said when the run read the earlier periods; where it no longer holds nothing is published. None: the tables
        are built on no earlier period.
        """
        _check_periode(periode)
        with self._transaction(f"Periode {periode} tidak dapat diterbitkan") as connection:
            return publish_tables(connection, periode, run_id, sidik, tables, base)

    def query(self, statement: str | sa.Executable, **params: Any) -> pd.DataFrame:
        """Give a small result as a frame. Text takes named parameters: `... where periode = :periode`."""
        prepared = sa.text(statement) if isinstance(statement, str) else statement
        with self._transaction("Gudang tidak dapat dibaca", read_only=True) as connection:
            result = connection.execute(prepared, params)
            return pd.DataFrame(result.all(), columns=list(result.keys()))

    def close(self) -> None:
        """Release what is held."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, doing: str, *, read_only: bool = False) -> Iterator[sa.Connection]:
        engine = self._engine.execution_options(postgresql_readonly=read_only)
        with explained(doing), engine.begin() as connection:
            version = connection.dialect.server_version_info
            if version and int(version[0]) < _OLDEST:
                raise WarehouseError(f"PostgreSQL {version[0]} terlalu lama; gudang memerlukan {_OLDEST}.")
            yield connection


def _check_periode(periode: str) -> None:
    if not _PERIODE.fullmatch(periode):
        raise WarehouseError(f"Periode harus berbentuk YYYY-MM, bukan {periode!r}.")


def _check_table(table: str) -> None:
    if table not in VERSIONED:
        raise WarehouseError(f"Tabel tidak dikenal: {table}.")


def _let_go(connection: sa.Connection) -> None:
    """Free the lock before the connection ends: the server notices an end a moment later. It may be gone itself."""
    with suppress(sa.exc.DBAPIError):
        connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
    connection.invalidate()
    connection.close()
