"""`perlinsos ui`: Dagster on this machine alone, and nothing of it left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

SCRIPT = Path(sys.executable).with_name("perlinsos")
START_S, END_S, LOOK_EVERY_S = 120, 30, 0.2
Child = tuple[subprocess.Popen[bytes], int]


def wait_for(look: Callable[[], bool], within_s: float) -> None:
    """Look until it is so."""
    deadline = time.monotonic() + within_s
    while not look():
        assert time.monotonic() < deadline, "Terlalu lama."
        time.sleep(LOOK_EVERY_S)


def answers(port: int) -> bool:
    """Whether the webserver is up."""
    with suppress(URLError, ConnectionError), urlopen(f"http://127.0.0.1:{port}/server_info") as reply:
        return b"dagster_webserver_version" in reply.read()
    return False


@pytest.fixture
def interface(tmp_path: Path) -> Iterator[Child]:
    """The running command and its port; whatever it started ends with the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "PERLINSOS_RUMAH": str(tmp_path / "rumah kantor"),
        "PERLINSOS_SUMBER": str(tmp_path / "sumber"),
    }
    with (tmp_path / "ui.log").open("wb") as log:
        process = subprocess.Popen(
            [SCRIPT, "ui", "--port", str(port)], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    yield process, port
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_it_answers_here_alone_and_ends_whole(interface: Child) -> None:
    """Every listening socket is a loopback one; SIGTERM leaves no child."""
    process, port = interface
    wait_for(lambda: answers(port), START_S)
    family = psutil.Process(process.pid).children(recursive=True)
    assert len(family) >= 2
    found = [c for child in family for c in child.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert ("127.0.0.1", port) in {(c.laddr.ip, c.laddr.port) for c in found}
    assert {c.laddr.ip for c in found} <= {"127.0.0.1", "::1"}
    process.terminate()
    assert process.wait(END_S) == 0
    assert psutil.wait_procs(family, END_S)[1] == []


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
