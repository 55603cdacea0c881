"""The embedded server: real PostgreSQL, in a folder whose name has a space."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psycopg
import pytest
from forgotten import forget

from resources import postgres_place
from resources.postgres import EmbeddedPostgres, PostgresError
from resources.postgres_place import find_place, orphans, remove_orphan
from resources.postgres_process import Place, find_programs

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="hanya berarti sebagai root")


@contextlib.contextmanager
def lent(folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(folder / "rumah kantor" / "postgres")
    try:
        yield server
    finally:
        remove(server)


def remove(server: EmbeddedPostgres) -> None:
    place = find_place(server.home.resolve())
    forget(server)
    assert place is None or not place.sockets.exists()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A server that was never started."""
    with lent(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A server that tests may kill and stop, but not lose: each starts it first."""
    with lent(tmp_path_factory.mktemp("tetap")) as made:
        yield made


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        cursor = connection.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def place_of(server: EmbeddedPostgres) -> Place:
    place = find_place(server.home.resolve())
    assert place is not None
    return place


def pid_file(server: EmbeddedPostgres) -> Path:
    return place_of(server).folder / "data" / "postmaster.pid"


def postmaster(server: EmbeddedPostgres) -> int:
    return int(pid_file(server).read_text().split("\n", 1)[0])


def keep_a_row(server: EmbeddedPostgres) -> None:
    ask(server.url(), "DROP TABLE IF EXISTS catatan")
    ask(server.url(), "CREATE TABLE catatan AS SELECT 1 AS isi")


def kept(server: EmbeddedPostgres) -> bool:
    return ask(server.url(), "SELECT isi FROM catatan") == [(1,)]


def test_first_start_makes_a_database_of_its_own_and_stop_may_be_repeated(server: EmbeddedPostgres) -> None:
    assert not server.is_running()
    server.start()
    first = postmaster(server)
    server.start()
    assert postmaster(server) == first
    found = ask(
        server.url(),
        """SELECT current_user, current_database(), current_setting('data_checksums'),
                  current_setting('listen_addresses'), current_setting('fsync'),
                  pg_encoding_to_char(encoding), datcollate, pg_get_userbyid(datdba)
           FROM pg_database WHERE datname = current_database()""",
    )
    assert found == [("perlinsos", "perlinsos", "on", "127.0.0.1", "on", "UTF8", "C", "perlinsos")]
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.home / "sandi_pembaca").stat().st_mode) == 0o600
    server.stop()
    server.stop()
    assert not server.is_running()
    assert place_of(server).processes() == []


def command_of(pid: int) -> bytes:
    """What a process was started with; nothing of one that is over: a postmaster's workers come and go."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_four_processes_at_once_make_one_postmaster(server: EmbeddedPostgres) -> None:
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(EmbeddedPostgres.start, [server] * 4))
    assert server.is_running()
    commands = [command_of(pid) for pid in place_of(server).processes()]
    assert sum(b"-D" in command.split(b"\0") for command in commands) == 1


def test_the_server_holds_nothing_of_the_process_that_started_it(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    pid = postmaster(lasting)
    assert os.getsid(pid) not in {os.getsid(0), 0}
    held = {path.name: str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()}
    log = str(place_of(lasting).folder / "server.log")
    assert (held["0"], held["1"], held["2"]) == ("/dev/null", log, log)
    assert str(lasting.home / "kunci") not in held.values()


def test_a_killed_postmaster_loses_nothing(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    keep_a_row(lasting)
    os.kill(postmaster(lasting), signal.SIGKILL)
    lasting.start()
    assert kept(lasting)


@pytest.mark.parametrize("text", ["", "12", "bukan angka\n"])
def test_a_cut_pid_file_of_a_living_or_dead_server_is_no_obstacle(lasting: EmbeddedPostgres, text: str) -> None:
    lasting.start()
    keep_a_row(lasting)
    pid_file(lasting).write_text(text)
    lasting.stop()
    assert place_of(lasting).processes() == []
    place_of(lasting).require("tee", "data/postmaster.pid", stdin=text)
    lasting.start()
    assert kept(lasting)


def test_a_pid_file_that_names_a_stranger_harms_nobody(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    keep_a_row(lasting)
    text = pid_file(lasting).read_text()
    os.kill(postmaster(lasting), signal.SIGKILL)
    with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE) as stranger:
        claimed = "\n".join([str(stranger.pid), *text.splitlines()[1:]])
        place_of(lasting).require("tee", "data/postmaster.pid", stdin=claimed)
        lasting.start()
        assert kept(lasting)
        assert stranger.poll() is None


def test_a_lost_socket_is_made_again(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    keep_a_row(lasting)
    for path in place_of(lasting).sockets.glob(".s.PGSQL.*"):
        path.unlink()
    assert not lasting.is_running()
    lasting.start()
    assert kept(lasting)


def test_the_reader_needs_the_right_password(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    assert ask(lasting.reader_url(), "SELECT current_user") == [("pembaca",)]
    password = (lasting.home / "sandi_pembaca").read_text()
    for wrong in ("", ":salah"):
        with pytest.raises(psycopg.OperationalError):
            ask(lasting.reader_url().replace(f":{password}", wrong), "SELECT 1")
    with pytest.raises(psycopg.OperationalError):  # the owner has no password: never over TCP
        ask(lasting.reader_url().replace("pembaca:", "perlinsos:"), "SELECT 1")
    lasting.stop()
    (lasting.home / "sandi_pembaca").unlink()
    with pytest.raises(PostgresError, match="hilang"):
        lasting.reader_url()
    lasting.start()
    assert password not in lasting.reader_url()
    assert ask(lasting.reader_url(), "SELECT current_user") == [("pembaca",)]


def test_a_port_stays_unless_it_is_taken(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    before = lasting.reader_url()
    lasting.stop()
    lasting.start()
    assert lasting.reader_url() == before
    lasting.stop()
    port = int(before.rsplit(":", 1)[1].split("/", 1)[0])
    with socket.create_server(("127.0.0.1", port)):
        lasting.start()
        assert lasting.reader_url() != before
        assert ask(lasting.reader_url(), "SELECT 1") == [(1,)]


def test_a_deleted_home_starts_afresh(server: EmbeddedPostgres) -> None:
    server.start()
    keep_a_row(server)
    old = postmaster(server)
    shutil.rmtree(server.home)
    server.start()
    assert ask(server.url(), "SELECT to_regclass('catatan')") == [(None,)]
    assert not Path(f"/proc/{old}/cwd").exists()


def test_a_copied_home_never_answers_for_its_original(lasting: EmbeddedPostgres, tmp_path: Path) -> None:
    lasting.start()
    copy = EmbeddedPostgres(tmp_path / "salinan")
    place = place_of(lasting)
    if place.folder == lasting.home.resolve():
        lasting.stop()
    shutil.copytree(lasting.home, copy.home)
    lasting.start()
    assert not copy.is_running()
    copy.stop()
    assert lasting.is_running()


def test_a_moved_home_keeps_its_data(server: EmbeddedPostgres, tmp_path: Path) -> None:
    server.start()
    keep_a_row(server)
    moved = EmbeddedPostgres(tmp_path / "pindah")
    server.home.rename(moved.home)
    try:
        moved.start()
        assert kept(moved)
    finally:
        remove(moved)


def test_a_very_long_path_serves(tmp_path: Path) -> None:
    with lent(tmp_path.joinpath(*["folder yang panjang sekali " * 3] * 3)) as long:
        long.start()
        assert ask(long.url(), "SELECT 1") == [(1,)]


def test_before_the_first_start_there_is_no_url(server: EmbeddedPostgres) -> None:
    with pytest.raises(PostgresError, match="belum pernah dijalankan"):
        server.url()


def test_no_value_of_a_row_reaches_the_log(lasting: EmbeddedPostgres) -> None:
    lasting.start()
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        ask(lasting.url(), "SELECT 'rahasia-warga'::int")
    assert "rahasia-warga" not in (place_of(lasting).folder / "server.log").read_text()


def test_a_planted_socket_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(PostgresError, match="pengguna lain"):
        postgres_place.check_private(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root's data is not in its home; the next start stops it")
def test_a_deleted_home_can_be_stopped(server: EmbeddedPostgres) -> None:
    server.start()
    place = place_of(server)
    shutil.rmtree(server.home)
    server.stop()
    assert place.processes() == []
    assert not place.sockets.exists()


@as_root
def test_root_opens_no_folder_to_others(server: EmbeddedPostgres) -> None:
    server.home.parent.mkdir()
    around = [*server.home.parents, *find_programs().parents, *postgres_place._PARENTS]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in around]
    server.start()
    assert [(path.stat().st_mode, path.stat().st_uid) for path in around] == before
    place = place_of(server)
    assert place.folder.stat().st_uid == Path(f"/proc/{postmaster(server)}").stat().st_uid != 0
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.folder.parent.stat().st_mode) == 0o710


@as_root
def test_root_copies_programs_that_the_server_cannot_reach(
    server: EmbeddedPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = find_programs().parents[1]
    closed = tmp_path / "venv tertutup"
    closed.mkdir(mode=0o700)
    shutil.copytree(package / "pginstall18", closed / package.name / "pginstall18")
    shutil.copytree(package.with_name(f"{package.name}.libs"), closed / f"{package.name}.libs")
    programs = closed / package.name / "pginstall18" / "bin"
    monkeypatch.setattr(postgres_place, "find_programs", lambda: programs)
    server.start()
    assert ask(server.url(), "SELECT 1") == [(1,)]
    assert place_of(server).programs.is_relative_to(place_of(server).folder.parent / "pg")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_root_keeps_the_place_of_a_home_that_is_gone_until_told(server: EmbeddedPostgres, tmp_path: Path) -> None:
    """A home that is not there may have been moved: what it published is nobody's to delete."""
    gone, moved = (EmbeddedPostgres(tmp_path / name) for name in ("dihapus", "dipindah"))
    for other in (gone, moved):
        other.start()
    left = place_of(gone)
    with psycopg.connect(moved.url().replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE catatan AS SELECT 7 AS isi")
    shutil.rmtree(gone.home)
    there = EmbeddedPostgres(moved.home.rename(tmp_path / "di sini"))
    server.start()
    assert left.processes() == [] and left.folder.is_dir()
    there.start()
    with psycopg.connect(there.url().replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT isi FROM catatan").fetchall() == [(7,)]
    assert left.folder.parent in orphans() and place_of(there).folder.parent not in orphans()
    remove_orphan(left.folder.parent)
    assert not left.folder.parent.exists() and place_of(there).folder.is_dir()
    remove(there)


@as_root
def test_root_is_told_when_its_data_is_lost(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    shutil.rmtree(place_of(server).folder.parent)
    with pytest.raises(PostgresError, match="tidak ada lagi"):
        server.start()
