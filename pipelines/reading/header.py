"""The header of a table: its rows, what each of its columns means, and what is stated elsewhere."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.declaration import Layout, fold_header
from pipelines.handover import PLAIN
from pipelines.reading.errors import Refused, without_numbers
from pipelines.reading.titles import Titles

_SURELY_KNOWN, _NUMBER_LENGTH = 3, 9
UNKNOWN = "?"
IGNORED = ""


@dataclass(frozen=True)
class Header:
    """A header of one row, or of two: groups above, sub-headings below (`RT/RW` above `RT | RW`).

    `first` is the index of its first row in the grid; `rows` are its rows as written; `words` one word a
    column; `meanings` the field a column means, '' for an ignored or blank one, '?' for an unknown word;
    `banded` the fields that rows between the data state; `titles` the desa and kecamatan that the rows above or the
    file's name state, of a list that has no column for them; `layout` the form of the file;
    `heads_numbers` whether numbers of people stand below its identifiers.
    """

    first: int
    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    meanings: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    banded: frozenset[str] = frozenset()
    titles: Titles = (None, None)
    layout: Layout = PLAIN
    heads_numbers: bool = False

    @property
    def width(self) -> int:
        """How many cells the header has."""
        return len(self.words)

    @property
    def last(self) -> int:
        """Index of the header's last row in the grid."""
        return self.first + len(self.rows) - 1

    @cached_property
    def columns(self) -> dict[str, int]:
        """Field name -> the first column that means it."""
        found: dict[str, int] = {}
        for column, name in enumerate(self.meanings):
            if name not in (IGNORED, UNKNOWN):
                found.setdefault(name, column)
        return found

    @property
    def doubled(self) -> dict[str, list[int]]:
        """Field name -> its columns, for a field that more than one column means."""
        places = {name: [c for c, m in enumerate(self.meanings) if m == name] for name in self.columns}
        return {name: columns for name, columns in places.items() if len(columns) > 1}

    @property
    def unknown(self) -> list[str]:
        """Words that no field and no ignored word covers."""
        return [w for w, m in zip(self.words, self.meanings, strict=True) if m == UNKNOWN]

    @property
    def missing(self) -> list[tuple[str, ...]]:
        """Required alternatives of which the table has none."""
        stated = self.columns.keys() | self.banded | ({"desa"} if self.titles[0] else set())
        return [group for group in self.required if not stated & set(group)]

    @property
    def known(self) -> int:
        """How many columns bear a known word."""
        return sum(bool(fold_header(w)) and m != UNKNOWN for w, m in zip(self.words, self.meanings, strict=True))

    @property
    def sure(self) -> bool:
        """Whether the row is a header beyond doubt.

        In a form (`Nama | ... | NIK | ...`) or a sheet without a header the words may be those of a person.
        """
        if self.known < _SURELY_KNOWN or any(map(has_number, self.words)):
            return False
        return self.heads_numbers or self.known > len(self.unknown)

    @property
    def lists_people(self) -> bool:
        """Whether names stand below it, and more known words: whatever lacks, it is no sheet of codes or notes."""
        return "nama" in self.columns and self.known >= _SURELY_KNOWN

    def told(self, columns: Iterable[int]) -> str:
        """These columns for a message: by their word where the row is surely a header, else by their place."""
        return ", ".join(quote(self.words[c]) if self._may_be_told(c) else f"ke-{c + 1}" for c in columns)

    def _may_be_told(self, column: int) -> bool:
        """In a form what stands behind `Nama` is somebody's."""
        behind_a_name = column > 0 and self.meanings[column - 1].startswith("nama")
        said = self.sure and (self.heads_numbers or not behind_a_name)
        return said or self.meanings[column] != UNKNOWN

    @property
    def score(self) -> tuple[int, int, int]:
        """The larger, the more it is the header of this source."""
        return len(self.columns), -len(self.unknown), self.known

    def settle(self, filled: Container[int], baris: int) -> "Header":
        """Choose between columns of one meaning: all but one must be blank.

        `filled`: columns that are not; `baris`: the header's physical row, for the refusal.
        """
        meanings = list(self.meanings)
        for name, columns in self.doubled.items():
            used = [c for c in columns if c in filled]
            if len(used) > 1:
                words = ", ".join(quote(self.words[c]) for c in used)
                raise Refused(f"kolom {words} sama-sama berarti {name}; hapus salah satunya", baris)
            for column in columns:
                if column != (used or columns)[0]:
                    meanings[column] = IGNORED
        return replace(self, meanings=tuple(meanings))


def digits(cell: str) -> int:
    """How many digits a cell has."""
    return sum(map(str.isdigit, cell))


def has_number(cell: str) -> bool:
    """Whether a cell has as many digits as somebody's number, however it is written."""
    return digits(cell) >= _NUMBER_LENGTH


def quote(word: str) -> str:
    """A header word for a message: short, and without a number that might be somebody's."""
    return f'"{without_numbers(" ".join(word.split()))[:40]}"'
