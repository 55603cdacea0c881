"""The address of a physical row as an officer types it: BERKAS:LEMBAR:BARIS."""

import re
from typing import NamedTuple

_MONTH = re.compile(r"(?:^|(?<=/))20\d{2}-(?:0[1-9]|1[0-2])/")
_PERSON = re.compile(r"O[0-9A-F]{20}")


class Address(NamedTuple):
    """A row: the file below the drop folder, the sheet ('' of a text file), the row."""

    berkas: str
    lembar: str
    baris: int


def is_person(text: str) -> bool:
    """Whether it is the key of a person."""
    return _PERSON.fullmatch(text) is not None


def readings(text: str) -> list[Address]:
    """Every way to read the text, the likeliest first; none where it is no address.

    Drives, files and sheets may have a colon: each one before the row's may be the one that divides. Of a path only
    what begins with a period counts.
    """
    rest, _, row = text.strip().rpartition(":")
    if not (rest and row.strip().isdecimal()):
        return []
    colons = [at for at, letter in enumerate(rest) if letter == ":"]
    split = [(rest[:at], rest[at + 1 :]) for at in reversed(colons)] + [(rest, "")]
    found = [Address(path, lembar, int(row)) for file, lembar in split for path in _below_the_drop(file)]
    return list(dict.fromkeys(found))


def _below_the_drop(file: str) -> list[str]:
    """The parts of a path that begin with a period, the last period first; `\\` counts as `/`."""
    path = file.replace("\\", "/")
    return [path[match.start() :] for match in reversed(list(_MONTH.finditer(path)))]
