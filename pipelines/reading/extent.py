"""How large a range a sheet's cells span, before calamine makes room for it.

Calamine holds a sheet as one dense range: two cells, A1 and XFD1048576, would ask for 550 GB and end the
process. So the places of the cells are read first: by searching bytes in the common spelling, else as XML.
"""

import io
import re
from dataclasses import dataclass

from lxml import etree

from pipelines.reading.errors import Refused

# Calamine takes 32 bytes a cell, blank or not: 1 GiB, or one stray cell in the last row below 32 columns.
LARGEST_AREA = 32 << 20
# Searched for in bytes, which costs a tenth of reading the sheet. A cell that is spelt in another way than
# `<c r="A1"` (other attributes first, a prefix, small letters, no place at all) is left to XML.
_PREFIXED = re.compile(rb":c[\s/>]")
_LAST_ROW, _WIDE = re.compile(rb'.*<row r="(\d+)"', re.S), re.compile(rb'<c r="([A-Z]{2,})')
_COLUMN_OF, _ROW_OF = re.compile(rb'<c r="([A-Z]+)'), re.compile(rb'<c r="[A-Z]+(\d+)')
_PLACE = re.compile(r"([A-Z]+)(\d+)")
_LETTERS = 26


@dataclass(frozen=True)
class Extent:
    """The rows, from 1, and the number of columns between which every cell stands; no column, no cell."""

    first: int
    last: int
    width: int

    @property
    def area(self) -> int:
        """How many cells calamine makes room for, at most."""
        return (self.last - self.first + 1) * self.width

    def check(self, largest: int = LARGEST_AREA) -> None:
        """Refuse what is too large to hold."""
        if self.area > largest:
            raise Refused(
                f"ada sel terpencil jauh dari tabel (rentang sampai baris {self.last}, kolom ke-{self.width}); hapus "
                "isi di luar tabel, lalu simpan ulang"
            )


def extent(sheet: bytes, exact: bool = False) -> Extent:
    """The extent of a sheet's XML, not `exact` a wider one where that is quicker; refused where it is too large."""
    found = _by_search(sheet, exact) or _by_xml(sheet)
    found.check()
    return found


def _column(letters: str) -> int:
    """The number of a column from 1: `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


def _by_search(sheet: bytes, exact: bool) -> Extent | None:
    """None where a cell is spelt in another way."""
    if _PREFIXED.search(sheet):
        return None
    last = _LAST_ROW.match(sheet)
    digits, width = len(last[1]) if last else 1, _LETTERS
    short = not _other_than(rb'[A-Z]\d{1,%d}"' % digits, sheet)
    if not short:
        if _other_than(rb"[A-Z]+\d", sheet):
            return None
        width = max(_widest(_WIDE, sheet), _LETTERS)
        short = not _other_than(rb'[A-Z]+\d{1,%d}"' % digits, sheet)
    ceiling = Extent(1, 10**digits - 1, width)
    if short and not exact and ceiling.area <= LARGEST_AREA:
        return ceiling
    rows = {int(row) for row in set(_ROW_OF.findall(sheet))} or {1}
    return Extent(min(rows), max(rows), _widest(_COLUMN_OF, sheet))


def _widest(columns: re.Pattern[bytes], sheet: bytes) -> int:
    return max((_column(letters.decode()) for letters in set(columns.findall(sheet))), default=0)


def _other_than(place: bytes, sheet: bytes) -> bool:
    """Whether any cell is not spelt `<c r="` and a place of that form."""
    return re.search(rb'<c(?! r="%b)[\s/>]' % place, sheet) is not None


def _by_xml(sheet: bytes) -> Extent:
    rows, width, row, at = set[int](), 0, 0, 0
    events = etree.iterparse(io.BytesIO(sheet), ("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False)
    for event, element in events:
        if event == "end":
            element.clear()
        elif element.tag.endswith("row"):
            row, at = int(element.get("r") or row + 1), 0
            rows.add(row)
        elif place := _PLACE.fullmatch((element.get("r") or "").upper()):
            at = _column(place[1])
            rows.add(int(place[2]))
        else:
            at += 1
        width = max(width, at)
    return Extent(min(rows, default=1), max(rows, default=1), width)
