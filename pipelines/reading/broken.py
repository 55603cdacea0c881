"""Records broken over lines: a cell with a line break in it, of an export that quotes nothing (DTSEN V3).

The parts are put together only where they are exactly one record and its number stands in its column; any other short
line stays a row of its own, and is refused for its cells.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipelines.reading.table import Record

_MOST_PARTS, _NUMBER_LENGTH = 4, 13  # of the shortest number, a PSNOKA
_NUMBER = re.compile(r"\d{13}")
_NUMBER_ALONE = re.compile(r"\d[\d .'*xX#\u2022-]*")  # masked digits and noise among them, no word


def rejoined(records: Iterable[Record], width: int, identifiers: Sequence[int]) -> Iterator[Record]:
    """The records below a header of `width` cells, broken ones as one that starts on the line of its first part.

    `identifiers`: the columns of NIK, No KK and PSNOKA.
    """
    parts: list[Record] = []
    for record in records:
        cells = record[1]
        if len(cells) >= width or not any(cells):
            yield from parts
            parts = []
            yield record
            continue
        parts.append(record)
        while len(parts) > _MOST_PARTS or _cells(parts) >= width:
            whole = _joined([part for _, part, _ in parts])
            if len(whole) == width and _is_one(whole, identifiers) and not any(map(_begins_anew, parts[1:])):
                yield parts[0][0], whole, ()
                parts = []
                break
            yield parts.pop(0)
    yield from parts


def _cells(parts: Sequence[Record]) -> int:
    """How many cells the parts make: the last of one and the first of the next are halves of one cell."""
    return sum(len(cells) for _, cells, _ in parts) - len(parts) + 1


def _is_one(whole: Sequence[str], identifiers: Sequence[int]) -> bool:
    """A number stands in its column, nothing that is none, and none stands elsewhere."""
    filled = [whole[at] for at in identifiers if whole[at]]
    beside = (cell for at, cell in enumerate(whole) if at not in identifiers)
    return bool(filled) and all(map(_is_number, filled)) and not any(map(_NUMBER.search, beside))


def _is_number(cell: str) -> bool:
    return len(cell) >= _NUMBER_LENGTH and _NUMBER_ALONE.fullmatch(cell) is not None


def _begins_anew(part: Record) -> bool:
    """A part that starts with a number is another person's, who lacks cells too."""
    return _is_number(part[1][0])


def _joined(parts: Sequence[Sequence[str]]) -> list[str]:
    whole = list(parts[0])
    for part in parts[1:]:
        whole[-1] = f"{whole[-1]} {part[0]}".strip()
        whole += part[1:]
    return whole
