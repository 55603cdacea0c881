"""The state folder: what it keeps to its owner, the office's key, and what a killed run leaves in it."""

import stat
from pathlib import Path

from resources.state import State

JUNE = "2024-06"


def test_the_key_is_made_once_and_told_by_its_fingerprint(tmp_path: Path) -> None:
    """Another folder has another; the fingerprint does not hold the key."""
    here, there = State(tmp_path / "sini"), State(tmp_path / "sana")
    for state in (here, there):
        state.prepare()
    assert here.secret() == here.secret() != there.secret()
    assert here.secret_fingerprint() == here.secret_fingerprint() != there.secret_fingerprint()
    assert here.secret() not in here.secret_fingerprint()
    assert stat.S_IMODE((here.home / "kunci").stat().st_mode) == 0o600
    assert stat.S_IMODE(here.home.stat().st_mode) == 0o700


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    """Half-written tables, unpacked files, spilled memory; a table that is whole stays."""
    state = State(tmp_path)
    state.prepare()
    left = [state.scratch / "tmpabc" / "pkh-1" / "daftar.csv", state.work(JUNE) / "spill" / "1.tmp",
            state.work(JUNE) / "baris_pkh.tulis", state.work(JUNE) / "pengenal_lalu.parquet.part"]  # fmt: skip
    whole = state.work(JUNE) / "baris_pkh.parquet"
    for path in (*left, whole):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("isi")
    state.sweep(JUNE)
    assert not any(path.exists() for path in left)
    assert whole.exists() and state.scratch.is_dir()
    state.sweep("2024-07")  # a period that has no folder yet
