"""An .xls (BIFF8) before calamine opens it: how far its cells reach, since calamine makes room for all between."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import olefile

from pipelines.reading.errors import Refused
from pipelines.reading.extent import Extent
from pipelines.reading.inflate import TRUNCATED

_BEGIN, _FILE_PASS, _DIMENSIONS, _MANY = 0x0809, 0x002F, 0x0200, (0x00BD, 0x00BE)
_CELLS = frozenset((0x0006, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, *_MANY))
_HEADER, _PLACE, _LIMITS = struct.Struct("<HH"), struct.Struct("<HH"), struct.Struct("<IIHH")


def check_xls(path: Path) -> None:
    """Refuse a workbook whose sheets span more than can be held, or whose records are cut."""
    with _damage_refused():
        _walk(_records(path))


def is_locked_xls(path: Path) -> bool:
    """Tell a workbook whose cells are enciphered: the record that says so comes right after the beginning."""
    with _damage_refused():
        records = _records(path)
        _, length = _HEADER.unpack_from(records, 0)
        kind, _ = _HEADER.unpack_from(records, _HEADER.size + length)
    return kind == _FILE_PASS


def _records(path: Path) -> bytes:
    with olefile.OleFileIO(path) as ole:
        return ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()


@contextmanager
def _damage_refused() -> Iterator[None]:
    try:
        yield
    except (OSError, struct.error, LookupError, ValueError, TypeError, AttributeError):  # olefile's, on damage
        raise Refused(TRUNCATED) from None


def _walk(records: bytes) -> None:
    at, size, last, width = 0, len(records), 0, 0
    while at + _HEADER.size <= size:
        kind, length = _HEADER.unpack_from(records, at)
        at += _HEADER.size
        if kind in _CELLS:
            row, column = _PLACE.unpack_from(records, at)
            if kind in _MANY:
                column += length // 2
            last, width = max(last, row + 1), max(width, column + 1)
        elif kind in (_BEGIN, _DIMENSIONS):
            Extent(1, last, width).check()
            last = width = 0
            if kind == _DIMENSIONS and length >= _LIMITS.size:
                first, end, left, right = _LIMITS.unpack_from(records, at)
                Extent(first, max(first, end), max(0, right - left)).check()
        at += length
    Extent(1, last, width).check()
