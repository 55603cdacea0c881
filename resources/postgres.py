"""The embedded warehouse server: a real PostgreSQL, started and stopped over its own initdb and pg_ctl.

It outlives the command that started it (BI tools read it) and is whole again after any process of it, or any
process that uses it, was killed. The home keeps what finds it again: `alamat` (port and socket),
`sandi_pembaca`, and `tempat` (root only: where the data is, see postgres_place).
"""

import contextlib
import fcntl
import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from resources.postgres_place import check_private, claim_place, find_place, write_private
from resources.postgres_process import Place, PostgresError, find_programs

__all__ = ["EmbeddedPostgres", "PostgresError"]

_LOG = "server.log"
_READY, _REJECTING, _ABSENT = range(3)  # exit codes of pg_isready
_ANSWER_S = 60  # an absent server answers at once, one on a crowded machine late: never take it for dead
_PATIENCE_S = 600  # recovery after a crash replays at most max_wal_size
_SETTINGS = """\
# Written by perlinsos at every start. To change a setting: ALTER SYSTEM.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '"{sockets}"'
unix_socket_permissions = 0700
# Bulk loads on a small office machine; every commit is on disk.
max_connections = 50
shared_buffers = 128MB
work_mem = 32MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
checkpoint_timeout = 15min
synchronous_commit = on
# A container's /dev/shm has 64 MB, and logging out may empty it.
dynamic_shared_memory_type = mmap
timezone = 'UTC'
# An error's text quotes values of rows: the client gets it, the log never.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
"""


@dataclass(frozen=True)
class _Address:
    home: str
    sockets: str
    port: int


@dataclass(frozen=True)
class EmbeddedPostgres:
    """One server, known by its home folder. Methods may be called by several processes at once."""

    home: Path

    def start(self) -> None:
        """Start unless it runs; the first start makes `home` (0700), the cluster, its database and roles."""
        if self.is_running():
            return
        home = self._claim_home()
        with _locked(home / "kunci"):
            if self._settled() == _READY:  # another process was first, or it is up again after a crash
                return
            place = claim_place(home)
            place.halt()
            self._launch(place)

    def stop(self) -> None:
        """Stop and wait for it; open transactions are rolled back. Nothing happens if it does not run."""
        home = self.home.resolve()
        with _locked(home / "kunci") if home.is_dir() else contextlib.nullcontext():
            if place := find_place(home):
                place.halt()
                with contextlib.suppress(OSError):  # a temporary folder; root's socket lies beside its data
                    place.sockets.rmdir()

    def is_made(self) -> bool:
        """Whether there is a server to start: it was started here before."""
        return self._address() is not None

    def is_running(self) -> bool:
        """Whether it takes connections now."""
        return self._state() == _READY

    def url(self) -> str:
        """SQLAlchemy URL of the owner's role over the local socket."""
        address = self._required_address()
        check_private(Path(address.sockets))
        return f"postgresql+psycopg://perlinsos@/perlinsos?host={quote(address.sockets)}&port={address.port}"

    @property
    def password_file(self) -> Path:
        """Where the password of the read-only role stands, for its owner alone."""
        return self.home / "sandi_pembaca"

    def reader_url(self) -> str:
        """SQLAlchemy URL of the read-only role for BI tools, with its password, over TCP on this machine."""
        port = self._required_address().port
        if not self.password_file.exists():
            raise PostgresError(f"{self.password_file} hilang. Hentikan dan jalankan lagi servernya.")
        password = self.password_file.read_text()
        return f"postgresql+psycopg://pembaca:{password}@127.0.0.1:{port}/perlinsos"

    def _claim_home(self) -> Path:
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home = self.home.resolve()
        if (owner := home.stat().st_uid) != os.geteuid():
            raise PostgresError(f"{home} milik pengguna lain (uid {owner}). Jalankan sebagai pengguna itu.")
        return home

    def _launch(self, place: Place) -> None:
        known = self._address()
        port = known.port if known else 0
        for _ in range(3):  # a port can be taken between our look and the server's
            port = port if _is_free(port) else _free_port()
            address = _Address(str(self.home.resolve()), str(place.sockets), port)
            place.require("tee", "perlinsos.conf", stdin=_SETTINGS.format(port=port, sockets=place.sockets))
            self._initialise(place)
            write_private(self.home / "alamat", json.dumps(vars(address)))
            started = place.run("pg_ctl", "start", "-D", "data", "-l", _LOG, "-t", str(_PATIENCE_S))
            if started.returncode == 0:
                return
            if _is_free(port):
                break
        raise PostgresError(
            f"Server PostgreSQL di {place.folder} tidak mau jalan. Sebabnya ada di akhir catatan "
            f"{place.folder / _LOG}; perbaiki, lalu ulangi."
        )

    def _initialise(self, place: Place) -> None:
        """Make the cluster under a passing name, so that `data` is whole from its first moment."""
        password = secrets.token_urlsafe(24)
        if (place.folder / "data").is_dir():
            if not self.password_file.exists():
                _execute(place, "data", [f"ALTER ROLE pembaca PASSWORD '{password}'"])
                write_private(self.password_file, password)
            return
        place.require("sh", "-c", "rm -rf data.baru-*")
        draft = f"data.baru-{secrets.token_hex(4)}"  # never the name an interrupted initdb still writes to
        place.require(
            *("initdb", "-D", draft, "-U", "perlinsos", "-E", "UTF8", "--locale=C", "--data-checksums"),
            *("--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"),
        )
        place.require("tee", "-a", f"{draft}/postgresql.conf", stdin="include '../perlinsos.conf'\n")
        reader = f"CREATE ROLE pembaca LOGIN NOSUPERUSER PASSWORD '{password}'"
        _execute(place, draft, ["CREATE DATABASE perlinsos OWNER perlinsos", reader], "-F")
        # Synced once for all, in half the time of syncing each step.
        place.require("initdb", "--sync-only", "-D", draft)
        write_private(self.password_file, password)
        place.require("mv", draft, "data")

    def _address(self) -> _Address | None:
        try:
            address = _Address(**json.loads((self.home / "alamat").read_text()))
        except (OSError, ValueError, TypeError):
            return None
        # A copied home carries the address of the server it was copied from.
        return address if address.home == str(self.home.resolve()) else None

    def _required_address(self) -> _Address:
        if address := self._address():
            return address
        raise PostgresError(f"Server PostgreSQL di {self.home} belum pernah dijalankan. Jalankan dahulu.")

    def _state(self) -> int:
        address = self._address()
        if address is None:
            return _ABSENT
        check_private(Path(address.sockets))
        server = f"host='{address.sockets}' port={address.port} user=perlinsos dbname=perlinsos"
        asked = [str(find_programs() / "pg_isready"), "-q", "-t", str(_ANSWER_S), "-d", server]
        # No PGSERVICE ... of the caller. A fourth code says that nothing was asked: absent too.
        return min(subprocess.run(asked, env={"LC_ALL": "C"}, check=False).returncode, _ABSENT)  # noqa: S603

    def _settled(self) -> int:
        """The state once the server has finished starting, recovering or stopping."""
        deadline = time.monotonic() + _PATIENCE_S
        while (state := self._state()) == _REJECTING and time.monotonic() < deadline:
            time.sleep(0.05)
        return state


def _execute(place: Place, data: str, statements: list[str], *options: str) -> None:
    """Run statements in a cluster that is not serving; from stdin, so that no process list shows them."""
    lines = "".join(f"{statement};\n" for statement in statements)
    place.require("postgres", "--single", "-D", data, *options, "-c", "exit_on_error=on", "postgres", stdin=lines)


def _is_free(port: int) -> bool:
    if not port:
        return False
    with socket.socket() as probe, contextlib.suppress(OSError):
        # As PostgreSQL itself does: connections that are closing take no port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def _free_port() -> int:
    """A free port below those that systems give to outgoing connections, so that it stays ours."""
    return next(port for port in iter(lambda: 20_000 + secrets.randbelow(12_000), 0) if _is_free(port))


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)  # outright: a forked copy of the handle would hold it on
