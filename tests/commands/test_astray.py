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


@pytest.mark.parametrize("words", [("desa", "Selayar"), ("pemutakhiran", "--periode", JUNE), ("ui",)])
@pytest.mark.parametrize(
    ("place", "why"), [("berkas", "di sana ada berkas, bukan folder"), ("berkas/rumah", "di jalurnya ada berkas"),
                       ("/proc/rumah", "tempatnya tidak ada")]
)  # fmt: skip
def test_a_state_folder_that_cannot_be_made(
    perlinsos: Callable[..., Told], tmp_path: Path, words: tuple[str, ...], place: str, why: str
) -> None:
    """In one sentence, whichever command meets it first."""
    (tmp_path / "berkas").touch()
    told = perlinsos(*words, RUMAH=str(tmp_path / place), GUDANG="")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith(f"Folder keadaan {tmp_path / place} tidak dapat dibuat ({why}")
    assert told.stderr.endswith("); pilih folder lain dengan PERLINSOS_RUMAH.\n")


@pytest.mark.parametrize("words", [("periksa",), ("pemutakhiran", "--periode", JUNE)])
@pytest.mark.parametrize(("place", "what"), [("berkas", "adalah berkas, bukan folder"), ("tiada", "tidak ada")])
def test_a_drop_folder_that_is_none(
    perlinsos: Callable[..., Told], tmp_path: Path, words: tuple[str, ...], place: str, what: str
) -> None:
    """By the variable or by the option; and no state folder is made for it."""
    (tmp_path / "berkas").touch()
    drop = str(tmp_path / place)
    for told in (perlinsos(*words, SUMBER=drop), perlinsos(*words, "--sumber", drop)):
        assert (told.returncode, told.stdout) == (1, "")
        assert told.stderr.startswith(f"Folder kiriman {drop} {what}; sebutkan yang benar dengan --sumber atau ")
    assert not (tmp_path / "rumah").exists()


def test_a_simulation_without_any_run(perlinsos: Callable[..., Told]) -> None:
    told = perlinsos("simulasi", "BLT_DD_DAN_PKH")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.endswith("jalankan dahulu: perlinsos pemutakhiran --periode YYYY-MM.\n")


def test_an_example_goes_into_no_file(perlinsos: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "berkas").touch()
    told = perlinsos("contoh", str(tmp_path / "berkas"), "--orang", "100")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith(f"{tmp_path / 'berkas'} tidak dapat ditulis (di jalurnya ada berkas, bukan folder)")
