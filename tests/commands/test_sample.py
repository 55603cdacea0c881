"""The sample drop, through the command line, meets every target of its scorer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from forgotten import forget

from resources.postgres import EmbeddedPostgres
from resources.state import State

SCRIPT = Path(sys.executable).with_name("perlinsos")
SHARED = Path(__file__).parents[3] / "shared"
Command = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not SHARED.is_dir(), reason="../shared tidak ada"),
]


@pytest.fixture
def perlinsos(tmp_path: Path) -> Iterator[Command]:
    """The installed command over the sample, in a state folder of its own."""
    home = tmp_path / "rumah"
    environment = {**os.environ, "PERLINSOS_RUMAH": str(home), "PERLINSOS_SUMBER": str(SHARED / "contoh" / "sumber")}
    environment.pop("PERLINSOS_GUDANG", None)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([SCRIPT, *words], env=environment, capture_output=True, text=True, check=False)

    yield run
    forget(EmbeddedPostgres(State(home).postgres))
    shutil.rmtree(home, ignore_errors=True)


def test_the_sample_meets_the_targets(perlinsos: Command) -> None:
    """Both periods are published; the scorer reads the warehouse as a BI tool does."""
    for periode in ("2024-05", "2024-06"):
        told = perlinsos("pemutakhiran", "--periode", periode)
        assert told.returncode == 0, told.stderr
    url = perlinsos("gudang", "--url").stdout.strip()
    scored = subprocess.run(
        [sys.executable, SHARED / "skor.py", url, SHARED / "contoh" / "kunci"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert scored.returncode == 0, scored.stdout + scored.stderr
