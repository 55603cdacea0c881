"""How often Python looks for cycles among what it made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_AFTER = 100_000  # objects


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Expressions of a run are many and short-lived: to look for cycles among them costs a tenth of the work."""
    was = gc.get_threshold()
    gc.set_threshold(_AFTER, *was[1:])
    try:
        yield
    finally:
        gc.set_threshold(*was)
