"""Ctrl-C in the middle of a run: one sentence, its own exit code, nothing of Dagster's helpers."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from resources.settings import Settings

SCRIPT = Path(sys.executable).with_name("perlinsos")
MONTH = "2024-05"


def test_a_run_that_is_stopped_says_so_in_one_sentence(office_folder: Settings) -> None:
    """The terminal's signal goes to every process of its group, after the first line of progress."""
    places = {"PERLINSOS_RUMAH": str(office_folder.rumah), "PERLINSOS_SUMBER": str(office_folder.sumber)}
    with subprocess.Popen(
        [SCRIPT, "pemutakhiran", "--periode", MONTH], env={**os.environ, **places}, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None and process.stdout is not None
        first = process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        said = process.stderr.read()
    assert first.startswith("  ")
    told = [line for line in said.splitlines() if not line.startswith("  ")]
    assert told == [
        "Dihentikan; proses ini tidak menerbitkan apa pun, dan yang sudah terbit tetap berlaku. "
        "Jalankan lagi perintah yang sama."
    ]
    assert process.returncode == 130
