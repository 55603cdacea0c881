"""`perlinsos contoh`: the same seed writes the same bytes."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("perlinsos")


def contoh(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command over a folder."""
    return subprocess.run([SCRIPT, "contoh", folder, *words], capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    """Another seed writes other people."""
    for name, seed in (("satu", "3"), ("dua", "3"), ("lain", "4")):
        told = contoh(tmp_path / name, "--orang", "200", "--benih", seed)
        assert told.returncode == 0, told.stderr
        assert told.stdout.startswith("Kabupaten rekaan 200 orang ditulis: ")
    first = contents(tmp_path / "satu")
    assert {name.split("/")[0] for name in first} == {"sumber", "kunci"}
    assert first == contents(tmp_path / "dua")
    assert first != contents(tmp_path / "lain")


def test_too_few_people_are_refused(tmp_path: Path) -> None:
    """Nothing is written."""
    told = contoh(tmp_path / "kabupaten", "--orang", "5")
    assert told.returncode == 2
    assert told.stderr.startswith("Nilai untuk --orang tidak sah: tulis bilangan bulat paling sedikit 100.")
    assert not (tmp_path / "kabupaten").exists()
