"""Ctrl-C reaches this process alone: Dagster's helpers would each print a trace of their own."""

import _thread
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread, current_thread, main_thread

_ASKED, _OVER = signal.SIGINT, signal.SIGUSR1


@contextmanager
def interrupted_alone() -> Iterator[None]:
    """Children that are started meanwhile do not hear the terminal's SIGINT; this process does, as ever.

    A child inherits what is blocked, so all of it is blocked here, and a thread that waits for it wakes the main one.
    """
    if current_thread() is not main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {_ASKED, _OVER})
    listener = Thread(target=_listen, daemon=True)
    listener.start()
    try:
        yield
    finally:
        if listener.ident is not None:
            signal.pthread_kill(listener.ident, _OVER)
        listener.join()
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _listen() -> None:
    while signal.sigwait({_ASKED, _OVER}) == _ASKED:
        _thread.interrupt_main(_ASKED)
