"""One run at a time in a state folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from resources.state import State

ELSEWHERE = "Pemutakhiran lain sedang berjalan; tunggu sampai selesai."


class AlreadyRunning(Exception):
    """Another run holds the state folder, or the warehouse."""


@contextmanager
def sole_run(state: State) -> Iterator[None]:
    """Hold the state folder for one run; AlreadyRunning where another has it. Freed by the system if we are killed."""
    state.prepare()
    with state.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(ELSEWHERE) from None
        yield


def is_running(state: State) -> bool:
    """Whether a run holds the state folder now; nothing is made where there is none."""
    if not state.lock.exists():
        return False
    try:
        with sole_run(state):
            return False
    except AlreadyRunning:
        return True
