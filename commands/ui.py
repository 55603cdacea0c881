"""`perlinsos ui`: Dagster's own web interface and daemon, on this machine alone."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click

from commands.failures import OfficeError, said_plainly
from commands.home import dagster_environment
from commands.language import IndonesianCommand, option
from commands.values import drop_option, warehouse_option
from resources.state import State

_HOST, _PORT, _LAST_PORT, _ENDED = "127.0.0.1", 3000, 65_535, 5


@click.command(cls=IndonesianCommand)
@option(
    "--port", default=_PORT, metavar="P", type=click.IntRange(1, _LAST_PORT),
    help="Nomor port di 127.0.0.1; bawaan 3000.",
)  # fmt: skip
@drop_option
@warehouse_option
def ui(port: int, sumber: str | None, gudang: str | None) -> None:
    """Buka Dagster di 127.0.0.1: jalankan, pantau, dan ulangi yang gagal."""
    _check_free(port)
    with said_plainly():
        environment, workspace = dagster_environment(os.environ, sumber, gudang)
    _make_storage(environment["DAGSTER_HOME"])
    programs = (
        ["dagster_webserver", "-h", _HOST, "-p", str(port), "-w", str(workspace), "--dagster-log-level", "warning"],
        ["dagster._daemon", "run", "-w", str(workspace), "--log-level", "warning"],
    )
    log = State(Path(environment["PERLINSOS_RUMAH"])).logs / "dagster.log"
    with log.open("wb") as told:  # what Dagster says of its own is English, and nothing for the one who waits here
        children = [
            subprocess.Popen(  # noqa: S603 - ours
                [sys.executable, "-m", *program, "--code-server-log-level", "warning"], env=environment,
                stdout=told, stderr=told,
            )
            for program in programs
        ]  # fmt: skip
    click.echo(f"Buka http://{_HOST}:{port} di peramban; siap dalam beberapa detik. Ctrl+C untuk berhenti.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)  # either: without its daemon Dagster starts no run
        raise OfficeError(f"Dagster berhenti sendiri; sebabnya tertulis di {log}.")
    except KeyboardInterrupt:
        pass
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(timeout=_ENDED)
            except subprocess.TimeoutExpired:
                child.kill()


def _make_storage(home: str) -> None:
    """Create Dagster's databases where they are not there yet: its two programs would both try, and one would fail."""
    from dagster import DagsterInstance  # noqa: PLC0415 - a second of imports that --help can do without

    DagsterInstance.from_config(home).dispose()


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was just closed is free
        try:
            probe.bind((_HOST, port))
        except OSError:
            raise OfficeError(f"Port {port} sedang dipakai program lain; pilih port lain dengan --port.") from None
