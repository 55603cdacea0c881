"""What an officer names and what is not there, or not what he takes it for: said so, before anything is made."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.run import Run

Told = subprocess.CompletedProcess[str]
JUNE = "2024-06"


@pytest.fixture
def perlinsos(tmp_path: Path, typed: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Told]:
    """The command over a drop of one empty month, with a warehouse that nobody is to call."""
    (tmp_path / "sumber" / JUNE).mkdir(parents=True)
    places = {"RUMAH": str(tmp_path / "rumah"), "SUMBER": str(tmp_path / "sumber"), "GUDANG": "postgresql://tiada"}

    def run(*words: str, **other: str) -> Told:
        for name, place in {**places, **other}.items():
            monkeypatch.setenv(f"PERLINSOS_{name}", place)
        return typed(*words)

    return run


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Sungai Pinangg", 'Desa "Sungai Pinangg" tidak ada di tabel wilayah; mungkin maksudnya: Sungai Pinang, '),
        ("Antah Berantah", 'Desa "Antah Berantah" tidak ada di tabel wilayah; tulis kode dengan titik'),
        ("21.04.99.2999", 'Desa "21.04.99.2999" tidak ada di tabel wilayah; tulis kode dengan titik'),
    ],
)
def test_a_desa_that_is_not_there_is_read_by_nobody(perlinsos: Callable[..., Told], said: str, sentence: str) -> None:
    told = perlinsos("pemutakhiran", "--periode", JUNE, "--hanya-desa", said)
    assert (told.returncode, told.stdout) == (1, "") and told.stderr.startswith(sentence)


def test_a_desa_to_read_again_is_named_by_code_or_name(
    perlinsos: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `perlinsos desa` takes it; the run is told its code."""
    asked: list[Run] = []

    def stopped(run: Run, tell: object) -> None:
        asked.append(run)
        raise KeyboardInterrupt

    monkeypatch.setattr(Run, "execute", stopped)
    words = ("--hanya-desa", "Selayar", "--hanya-desa", "sei. pinang", "--hanya-desa", "21.04.02.2003")
    told = perlinsos("pemutakhiran", "--periode", JUNE, *words)
    assert told.returncode == 130 and [run.desa for run in asked] == [
        ("21.04.08.2001", "21.04.07.2005", "21.04.02.2003")
    ]
