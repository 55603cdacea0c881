"""`perlinsos` over an office of its own, and what its warehouse answers to a reader."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from commands import main, run
from definitions import build_definitions
from pipelines.sources import REGISTER
from pipelines.tables import VERSIONED
from resources.postgres import EmbeddedPostgres
from resources.settings import Settings
from resources.state import State

Told = subprocess.CompletedProcess[str]
Typed = Callable[..., Told]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
SCRIPT = Path(sys.executable).with_name("perlinsos")


@pytest.fixture(scope="session")
def typed() -> Typed:
    """`perlinsos` and its words, in this process."""

    def run(*words: str) -> Told:
        with (
            pytest.MonkeyPatch.context() as patch,
            redirect_stdout(StringIO()) as out,
            redirect_stderr(StringIO()) as err,
        ):
            patch.setattr("sys.argv", ["perlinsos", *words])
            with pytest.raises(SystemExit) as ended:
                main()
        gc.unfreeze()  # this process goes on
        return Told(words, int(ended.value.code or 0), out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="module")
def call(request: pytest.FixtureRequest, office_folder: Settings, typed: Typed) -> Iterator[Call]:
    """The command over an office: in this process, where a run has the module's `LISTS` for its sources; or, where
    asked, as an officer starts it."""
    sources = [s for s in REGISTER if s.name in getattr(request.module, "LISTS", (s.name,))]
    places = {"PERLINSOS_RUMAH": str(office_folder.rumah), "PERLINSOS_SUMBER": str(office_folder.sumber)}

    def told(*words: str, process: bool = False) -> Told:
        if not process:
            return typed(*words)
        return subprocess.run(
            [SCRIPT, *words], env={**os.environ, **places}, capture_output=True, text=True, check=False
        )

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**places, "PERLINSOS_GUDANG": "", "DAGSTER_HOME": ""}.items():
            patch.setenv(name, value)
        patch.setattr(run, "build_definitions", partial(build_definitions, sources=sources))
        yield told


@pytest.fixture(scope="module")
def ask(call: Call) -> Ask:
    """A query, through the reader's address."""

    def fetch(query: str) -> list[tuple[object, ...]]:
        url = call("gudang", "--url").stdout.strip()
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            return connection.execute(query.encode()).fetchall()

    return fetch


@pytest.fixture(scope="module")
def write_rows(call: Call, office_folder: Settings) -> Callable[[str, list[dict[str, object]]], None]:
    """Put rows into a table of the published May, as a stage would have."""

    def insert(table: str, rows: list[dict[str, object]]) -> None:
        declared, server = VERSIONED[table], EmbeddedPostgres(State(office_folder.rumah).postgres)
        engine = sa.create_engine(server.url(), poolclass=sa.NullPool)
        with engine.begin() as connection:
            of_may = connection.exec_driver_sql("SELECT publikasi_id FROM terbitan.penunjuk WHERE periode = '2024-05'")
            own = {"publikasi_id": of_may.scalar_one(), "periode": "2024-05"}
            connection.execute(
                sa.insert(declared), [{**dict.fromkeys(declared.columns.keys()), **own, **r} for r in rows]
            )

    return insert
