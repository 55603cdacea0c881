"""Where an office keeps things: its state folder, and a PostgreSQL of its own."""

import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from forgotten import forget

from resources import postgres_place
from resources.postgres import EmbeddedPostgres
from resources.postgres_place import find_place
from resources.state import State
from resources.warehouse import Warehouse

Command = Callable[..., subprocess.CompletedProcess[str]]
PERIODE = "2024-05"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A state folder not made yet, in a path with a space; nothing of it is left."""
    home = tmp_path / "rumah kantor"
    yield home
    forget(EmbeddedPostgres(State(home).postgres))
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """The office's own PostgreSQL."""
    server = EmbeddedPostgres(tmp_path / "server kantor")
    server.start()
    yield server
    forget(server)


@pytest.fixture
def perlinsos(home: Path, kabupaten: Path, typed: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command over that state folder."""

    def run(*words: str, gudang: str = "", rumah: Path = home, code: int = 0) -> subprocess.CompletedProcess[str]:
        places = {"RUMAH": str(rumah), "SUMBER": str(kabupaten / "sumber"), "GUDANG": gudang}
        for name, place in places.items():
            monkeypatch.setenv(f"PERLINSOS_{name}", place)
        done = typed(*words)
        assert done.returncode == code, done.stderr
        return done

    return run


def test_everything_lands_in_the_offices_own_postgres(perlinsos: Command, own: EmbeddedPostgres, home: Path) -> None:
    """The embedded server is not even made."""
    published = perlinsos("pemutakhiran", "--periode", PERIODE, gudang=own.url())
    assert published.stdout.startswith(f"Terbit {PERIODE}: ")
    with closing(Warehouse(own.url())) as warehouse:
        assert list(warehouse.query("select periode from publikasi").periode) == [PERIODE]
        assert not warehouse.query("select 1 as ada from snapshot_desa limit 1").empty
    assert f"periode {PERIODE}" in perlinsos("desa", "21.04.07.2005", gudang=own.url()).stdout
    assert "PostgreSQL kantor sendiri" in perlinsos("gudang", gudang=own.url()).stdout
    assert not State(home).postgres.exists()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    # another state folder has another key: the keys of all persons would change without a word
    refused = perlinsos("pemutakhiran", "--periode", PERIODE, gudang=own.url(), rumah=home / "lain", code=1)
    assert "Gudang ini disusun dengan kunci kantor yang lain" in refused.stderr
    assert refused.stderr.endswith(f"Periode {PERIODE} tidak diterbitkan.\n")


def test_a_deleted_state_folder_starts_afresh(perlinsos: Command, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another server, another password, no data; the folder is its owner's again."""
    before = perlinsos("gudang", "--url").stdout
    server = EmbeddedPostgres(State(home).postgres)
    with psycopg.connect(server.url().replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE catatan AS SELECT 1 AS isi")
    left = find_place(server.home.resolve())
    shutil.rmtree(home)
    afresh = perlinsos("gudang", "--url").stdout
    assert afresh != before
    if left and left.folder != server.home.resolve():  # root's data stays elsewhere, and is asked about
        assert str(left.folder.parent) in perlinsos("gudang").stdout
        monkeypatch.setattr(postgres_place, "orphans", lambda: [left.folder.parent])  # this machine may have others
        assert perlinsos("gudang", "--bersihkan").stdout.startswith(f"Dihapus: {left.folder.parent}\n")
        assert not left.folder.exists()
        assert perlinsos("gudang", "--url").stdout == afresh
    with psycopg.connect(server.url().replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT to_regclass('catatan'), count(*) FROM publikasi").fetchall() == [(None, 0)]
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
