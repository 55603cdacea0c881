"""`perlinsos ui`: Dagster's own web interface and daemon, on this machine alone."""

import os
import signal
import subprocess
import sys

import click

from commands.home import dagster_environment
from commands.language import IndonesianCommand, option

_PORT, _ENDED = 3000, 5


@click.command(cls=IndonesianCommand)
@option("--port", default=_PORT, metavar="P", help="Nomor port di 127.0.0.1; bawaan 3000.")
@option("--sumber", metavar="DIR", help="Folder kiriman.")
@option("--gudang", metavar="URL", help="Alamat PostgreSQL sendiri.")
def ui(port: int, sumber: str | None, gudang: str | None) -> None:
    """Buka Dagster di 127.0.0.1: jalankan, pantau, dan ulangi yang gagal."""
    environment, workspace = dagster_environment(os.environ, sumber, gudang)
    programs = (
        ["dagster_webserver", "-h", "127.0.0.1", "-p", str(port), "-w", str(workspace)],
        ["dagster._daemon", "run", "-w", str(workspace)],
    )
    children = [subprocess.Popen([sys.executable, "-m", *p], env=environment) for p in programs]  # noqa: S603 - ours
    click.echo(f"Dagster: http://127.0.0.1:{port}  (Ctrl+C untuk berhenti)")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        children[0].wait()
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
