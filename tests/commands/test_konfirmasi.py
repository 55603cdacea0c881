"""What `perlinsos konfirmasi` says of a period whose last run left no verdict: told from its work folder alone."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.confirmation import Question
from resources.confirmations import keep_questions
from resources.exclusion import sole_run
from resources.state import State

Typed = Callable[..., subprocess.CompletedProcess[str]]
JUNE = "2024-06"
NAMES = [f"{JUNE}/blt_dd/BLT {n}.xlsx" for n in "ABCDEF"]
ASKED = Question("CAKUPAN_DESA_HILANG", "blt_dd/21.04.07.2005", "0011", "Sungai Pinang, tidak ada lagi")
STOPPED = f"Proses terakhir periode {JUNE} berhenti sebelum gerbang (sebabnya disebut proses itu)"
FAILED = (
    f"Proses terakhir periode {JUNE} gagal sebelum gerbang (6 berkas tidak dapat dibaca: {', '.join(NAMES[:5])}, ...)"
)
AGAIN = f"lalu jalankan lagi: perlinsos pemutakhiran --periode {JUNE}\n"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    """A state folder in which lists of the period were read, and a former run asked."""
    monkeypatch.setenv("PERLINSOS_RUMAH", str(tmp_path / "rumah"))
    state = State(tmp_path / "rumah")
    state.work(JUNE).mkdir(parents=True)
    return state


def read(state: State, failed: list[str], when: int) -> None:
    """The lists of a source were read then."""
    path = state.work(JUNE) / "gagal_blt_dd.json"
    path.write_text(json.dumps(failed))
    os.utime(path, (when, when))


def asked(state: State, questions: list[Question], when: int) -> None:
    """The gate asked then."""
    keep_questions(state.work(JUNE), questions, state.home)
    os.utime(state.work(JUNE) / "pertanyaan.parquet", (when, when))


@pytest.mark.parametrize(("failed", "said"), [([], STOPPED), (NAMES, FAILED)], ids=["stopped", "unread files"])
def test_a_run_that_did_not_come_to_the_gate(typed: Typed, state: State, failed: list[str], said: str) -> None:
    """What a former run asked is told apart."""
    read(state, failed, 2)
    told = typed("konfirmasi", "--periode", JUNE).stdout
    assert told.startswith(said) and told.endswith(AGAIN)
    asked(state, [ASKED], 1)
    told = typed("konfirmasi", "--periode", JUNE).stdout
    assert told.startswith(said) and f"{AGAIN}Pertanyaan proses sebelumnya:\n" in told and ASKED.pengirim in told


def test_a_run_that_came_to_the_gate(typed: Typed, state: State) -> None:
    """And asked nothing, or something."""
    read(state, [], 1)
    asked(state, [], 2)
    nothing = f"Proses terakhir periode {JUNE} tidak menanyakan apa pun.\n"
    assert typed("konfirmasi", "--periode", JUNE).stdout == nothing
    asked(state, [ASKED], 2)
    told = typed("konfirmasi", "--periode", JUNE).stdout
    assert ASKED.pengirim in told and "gerbang" not in told


def test_a_run_that_is_under_way(typed: Typed, state: State) -> None:
    read(state, [], 1)
    with sole_run(state):
        told = typed("konfirmasi", "--periode", JUNE).stdout
    assert told == f"Proses periode {JUNE} belum sampai ke gerbang: sedang berjalan; tunggu sampai selesai.\n"
