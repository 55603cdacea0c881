"""One run at a time in a state folder."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from resources.state import State

_PATIENCE_S, _LOOK_EVERY_S = 1.0, 0.05  # who only asks whether a run holds the folder takes the lock for an instant
ELSEWHERE = "Pemutakhiran lain sedang berjalan; tunggu sampai selesai."


class AlreadyRunning(Exception):
    """Another run holds the state folder, or the warehouse."""


@contextmanager
def sole_run(state: State, patience_s: float = _PATIENCE_S) -> Iterator[None]:
    """Hold the state folder for one run; AlreadyRunning where another has it. Freed by the system if we are killed."""
    state.prepare()
    until = time.monotonic() + patience_s
    with state.lock.open("w") as lock:
        while not _taken(lock):
            if time.monotonic() >= until:
                raise AlreadyRunning(ELSEWHERE)
            time.sleep(_LOOK_EVERY_S)
        yield


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_running(state: State) -> bool:
    """Whether a run holds the state folder now; nothing is made where there is none."""
    if not state.lock.exists():
        return False
    try:
        with sole_run(state, patience_s=0):
            return False
    except AlreadyRunning:
        return True
