"""How a command ends when it cannot do what was asked: a sentence and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

ERROR, BLOCKED, RUNNING, INTERRUPTED = 1, 3, 75, 130


class OfficeError(Exception):
    """A command cannot go on; the message is for the officer."""

    def __init__(self, message: str, code: int = ERROR) -> None:
        """Keep the exit code beside the sentence."""
        super().__init__(message)
        self.code = code


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn what the office's parts raise, sentences already, into an OfficeError."""
    from resources.drop import DropError  # noqa: PLC0415 - drawn in by the commands that open an office
    from resources.exclusion import AlreadyRunning  # noqa: PLC0415
    from resources.postgres import PostgresError  # noqa: PLC0415
    from resources.state import StateError  # noqa: PLC0415
    from resources.warehouse import WarehouseError  # noqa: PLC0415

    try:
        yield
    except AlreadyRunning as error:
        raise OfficeError(str(error), RUNNING) from error
    except (DropError, PostgresError, StateError, WarehouseError) as error:
        raise OfficeError(str(error)) from error
