"""A server for the session, an empty database for each test, and invented deliveries."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from forgotten import forget

from pipelines.tables import VERSIONED, arrow_schema_of
from resources.postgres import EmbeddedPostgres
from resources.warehouse import Warehouse

NewDatabase = Callable[..., AbstractContextManager[sa.URL]]
Rows = list[dict[str, Any]]
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A running server with the roles `perlinsos` and `pembaca`."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("gudang"))
    server.start()
    yield server
    forget(server)


@pytest.fixture(scope="session")
def new_database(server: EmbeddedPostgres) -> NewDatabase:
    """Make a database for the length of a `with`, a copy of `template`; gives the owner's address."""
    own = sa.make_url(server.url())
    admin = sa.create_engine(own, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)

    @contextmanager
    def make(template: str = "template1") -> Iterator[sa.URL]:
        name = f"uji_{next(_NUMBERS)}"
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield own.set(database=name)
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    return make


@pytest.fixture(scope="session")
def prepared(new_database: NewDatabase) -> Iterator[str]:
    """Name of a prepared, empty database to copy."""
    with new_database() as url:
        Warehouse(url.render_as_string(hide_password=False)).prepare()
        yield url.database or ""


@pytest.fixture
def url(new_database: NewDatabase, prepared: str) -> Iterator[sa.URL]:
    """Owner's address of a prepared, empty database of the test's own."""
    with new_database(prepared) as url:
        yield url


@pytest.fixture
def warehouse(url: sa.URL) -> Iterator[Warehouse]:
    """The warehouse of `url`."""
    warehouse = Warehouse(url.render_as_string(hide_password=False))
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="session")
def deliver(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Mapping[str, Path]]:
    """Write the Parquet of every table: the rows given by table name (absent cells NULL), else none."""

    def write(**rows: Rows) -> Mapping[str, Path]:
        folder = tmp_path_factory.mktemp("kiriman")
        files = {name: folder / f"{name}.parquet" for name in VERSIONED}
        for name, path in files.items():
            pq.write_table(pa.Table.from_pylist(rows.get(name, []), schema=arrow_schema_of(name)), path)
        return files

    return write
