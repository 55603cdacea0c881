"""`perlinsos ui`: Dagster on this machine alone, and nothing of it left behind."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

from resources.settings import Settings

SCRIPT = Path(sys.executable).with_name("perlinsos")
START_S, END_S = 120, 30
Child = tuple[subprocess.Popen[bytes], int]
WaitFor = Callable[[Callable[[], bool], float], bool]


def answers(port: int) -> bool:
    """Whether the webserver is up."""
    with suppress(URLError, ConnectionError), urlopen(f"http://127.0.0.1:{port}/server_info") as reply:
        return b"dagster_webserver_version" in reply.read()
    return False


@pytest.fixture
def running(interface: Callable[[Settings], AbstractContextManager[Child]], tmp_path: Path) -> Iterator[Child]:
    """The command, started for the first time in a folder with a space in its name."""
    with interface(Settings(tmp_path / "rumah kantor", tmp_path / "sumber")) as (process, port):
        yield process, port


def test_it_answers_here_alone_and_ends_whole(running: Child, wait_for: WaitFor, tmp_path: Path) -> None:
    """Every listening socket is a loopback one; SIGTERM leaves no child; one line is said, and that in Indonesian."""
    process, port = running
    wait_for(lambda: answers(port), START_S)
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 2
    found = [c for child in family for c in child.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert ("127.0.0.1", port) in {(c.laddr.ip, c.laddr.port) for c in found}
    assert {c.laddr.ip for c in found} <= {"127.0.0.1", "::1"}
    process.terminate()
    assert process.wait(END_S) == 0
    assert psutil.wait_procs(family, END_S)[1] == []
    said = (tmp_path / "rumah kantor" / "log" / "ui.log").read_text("utf-8")
    assert said == f"Buka http://127.0.0.1:{port} di peramban; siap dalam beberapa detik. Ctrl+C untuk berhenti.\n"


def test_it_does_not_go_on_without_the_daemon(running: Child, wait_for: WaitFor, tmp_path: Path) -> None:
    """A webserver alone would take orders and start no run."""
    process, port = running
    wait_for(lambda: answers(port), START_S)
    family = psutil.Process(process.pid).children()
    (daemon,) = (child for child in family if "dagster._daemon" in child.cmdline())
    daemon.kill()
    assert process.wait(END_S) == 1
    assert psutil.wait_procs(family, END_S)[1] == []
    assert "Dagster berhenti sendiri" in (tmp_path / "rumah kantor" / "log" / "ui.log").read_text("utf-8")


def test_a_busy_port_is_said(tmp_path: Path) -> None:
    """One sentence, exit code 1, nothing started."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = subprocess.run(
            [SCRIPT, "ui", "--port", str(port)],
            env={**os.environ, "PERLINSOS_RUMAH": str(tmp_path / "rumah")}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"Port {port} sedang dipakai program lain; pilih port lain dengan --port.\n"
    assert not (tmp_path / "rumah").exists()
