"""Cells merged over several rows: what the first of them says holds for each, where it may.

A list of families is often drawn so: one No KK, one desa, one status over all members. The file keeps the value in the
first cell alone, and the cells below it read as blank. What is filled in is what is seen; other blanks stay blank.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.reading.errors import Refused
from pipelines.reading.header import Header, quote

# What a whole family, or a whole place, has in common.
SHARED = frozenset((
    "no_kk", "id_keluarga", "desil", "kabupaten", "kecamatan", "desa", "kode_wilayah", "dusun", "kohort", "lokasi",
    "status", "status_dasar", "segmen", "bansos", "kategori",
))  # fmt: skip
# What two persons never have in common: which of them is meant?
_OWN = frozenset(("nik", "nik_saksi", "nama", "psnoka", "id_registri"))


@dataclass(frozen=True)
class Span:
    """Cells of one column (from 0) merged from a physical row to another."""

    column: int
    first: int
    last: int


class Merged:
    """Fills the data rows of one table, downwards, from the first row of each span; false where there is none."""

    def __init__(self, spans: Iterable[Span], header: Header, first: int, lembar: str = "") -> None:
        """`first`: the first physical row below the header; what is merged into the header is no data."""
        self._lembar = lembar
        names = {column: name for name, column in header.columns.items() if name in SHARED | _OWN}
        self._own = {column: quote(header.words[column]) for column, name in names.items() if name in _OWN}
        self._begins = defaultdict[int, list[Span]](list)
        self._held = dict[int, tuple[Span, str, bool]]()
        for span in spans:
            if span.column in names and first <= span.first < span.last:
                self._begins[span.first].append(span)

    def __bool__(self) -> bool:
        """Whether anything is to be filled in."""
        return bool(self._begins)

    def fill(self, baris: int, cells: list[str], numeric: Sequence[bool]) -> Sequence[bool]:
        """Write what spans say into the blank cells of a data row; return which cells are numbers."""
        numbers = list(numeric) or [False] * len(cells)
        for span in self._begins.get(baris, ()):
            if span.column < len(cells) and cells[span.column]:
                self._held[span.column] = span, cells[span.column], numbers[span.column]
        for column, (span, text, number) in self._held.items():
            if not span.first < baris <= span.last or (column < len(cells) and cells[column]):
                continue
            if column in self._own:
                raise Refused(
                    f"sel {self._own[column]} digabung dari baris {span.first} sampai {span.last}, jadi tidak jelas "
                    "milik baris yang mana; pisahkan selnya (satu baris satu orang), lalu ulangi",
                    baris,
                    self._lembar,
                )
            missing = column + 1 - len(cells)
            cells += [""] * missing
            numbers += [False] * missing
            cells[column], numbers[column] = text, number
        return numbers
