"""How often Python looks for cycles among what it made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

IN_A_RUN = 10_000_000  # objects: more than a run makes, which leaves behind some 150 MB


@contextmanager
def seldom_collected(after: int = IN_A_RUN) -> Iterator[None]:
    """Expressions of a run are many and short-lived: to look for cycles among them costs a twentieth of the work."""
    was = gc.get_threshold()
    gc.set_threshold(after, *was[1:])
    try:
        yield
    finally:
        gc.set_threshold(*was)
