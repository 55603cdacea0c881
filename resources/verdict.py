"""The judge of plausibility: a child process with Great Expectations, started early, asked at the end.

The import of Great Expectations takes 5 s and 230 MB; in a child it runs beside the other work and leaves
with its memory. Frames go in and the verdict comes out as one line of JSON each.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

import pandas as pd

from pipelines.plausibility import FRAMES, TOLD, codes_of

# The child judges measures: the warehouse's address and the office's secrets stay with the parent.
_KEPT = ("HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "SYSTEMROOT", "TEMP", "TMPDIR")
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class FailedRule:
    """A rule that does not hold: `count` rows of `frame` fail it, `labels` names at most ten of
    them, and all where a person may answer for each."""

    code: str
    frame: str
    kalimat: str
    count: int
    labels: tuple[str, ...]

    @property
    def asks(self) -> bool:
        """Whether a person may answer for each row."""
        return self.code in codes_of(self.frame)


@dataclass(frozen=True)
class Verdict:
    """`rules` were judged and `failed` do not hold; `docs` is a folder whose first page is `index.html`."""

    success: bool
    rules: int
    failed: tuple[FailedRule, ...]
    docs: Path


class JudgeError(RuntimeError):
    """The child gave no verdict; the message is Indonesian."""


class Judge:
    """Context manager around the child: enter early, call `judge` when the measures are there."""

    def __init__(self, log: Path, timeout_s: float = 300) -> None:
        """`log` takes the child's stderr; a child without an answer within `timeout_s` seconds is ended."""
        self.log = log
        self.timeout_s = timeout_s
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Start the child and return at once; it imports while the caller works."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        with self.log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "resources.verdict_child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                cwd=_ROOT, env={**kept, "PYTHONUTF8": "1"}, encoding="utf-8",
            )  # fmt: skip
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child: an answer comes after its docs are whole, so nothing is lost."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def judge(self, frames: Mapping[str, pd.DataFrame], docs: Path) -> Verdict:
        """Judge the measures declared in `plausibility.FRAMES` and write the Data Docs into folder `docs`.

        ValueError: a frame or a column is missing. JudgeError: the child died or gave no answer.
        """
        columns = {name: _columns(name, frames.get(name, pd.DataFrame())) for name in FRAMES}
        reply = self._ask(json.dumps({"docs": str(docs.resolve()), "frames": columns}))
        failed = tuple(FailedRule(**{**rule, "labels": tuple(rule["labels"])}) for rule in reply["failed"])
        return Verdict(success=not failed, rules=reply["rules"], failed=failed, docs=docs)

    def _ask(self, request: str) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise JudgeError("Penilai kewajaran belum dijalankan: pakai `with Judge(...)`.")
        alarm = Timer(self.timeout_s, process.kill)
        alarm.start()
        try:
            process.stdin.write(request + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            alarm.cancel()
        if not answer.endswith("\n"):
            raise JudgeError(
                "Penilai kewajaran berhenti tanpa putusan, jadi tidak ada yang diterbitkan: "
                f"baca {self.log}, lalu jalankan ulang langkah ini."
            )
        reply: dict[str, Any] = json.loads(answer)
        return reply


def _columns(name: str, frame: pd.DataFrame) -> dict[str, list[Any]]:
    """Only declared columns travel, and what a frame says of a row for a reader: text, measures as float64 with NaN for
    null."""
    declared = FRAMES[name]
    kinds = dict.fromkeys(declared.labels, "str") | dict.fromkeys(declared.measures, "float64")
    missing = ", ".join(column for column in kinds if column not in frame)
    if missing:
        raise ValueError(f"Ukuran {name} tidak lengkap, kolom ini belum dihitung: {missing}.")
    kinds |= {TOLD: "str"} if TOLD in frame else {}
    return {str(name): cells for name, cells in frame[list(kinds)].astype(kinds).to_dict(orient="list").items()}
