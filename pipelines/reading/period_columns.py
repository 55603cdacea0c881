"""Columns BULAN, TAHUN, PERIODE: a list whose rows say another period than its folder is a question."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.declaration import Source, fold_header
from pipelines.reading.answers import is_answered_title
from pipelines.reading.header import Header
from pipelines.reading.stated_period import (
    NUMBER,
    SHORT,
    Stated,
    allowed_months,
    another_period,
    of_month,
    of_row,
    of_year,
)

_COLUMNS = {"bulan": "bulan", "bln": "bulan", "tahun": "tahun", "thn": "tahun", "periode": "periode"}
_ISO = re.compile(r"(20\d\d)-?(0[1-9]|1[0-2])(?:-\d\d)?")
_PART = 0.10  # of a column's cells: the odd one is a slip
_DISTINCT = 1_000  # no column of periods says more; what is counted beyond would only fill memory
_BETWEEN = "\x1f"


class PeriodColumns:
    """What the rows of one table say in these columns; false where it has none, or where they may say anything.

    A survey's year is that of the house; a month in digits counts beside a year alone: else it is a number of months.
    """

    def __init__(self, header: Header, source: Source, berkas: str) -> None:
        """`berkas`: the file's path below the drop folder."""
        words = {fold_header(word): at for at, word in enumerate(header.words)}
        self._allowed = allowed_months(berkas, source) if source.gives() or source.registry else None
        self._places = {meant: words[word] for word, meant in _COLUMNS.items() if word in words and self._allowed}
        self._source, self._berkas = source, berkas
        self.said = Counter[tuple[str, ...]]()  # the cells of these columns -> in how many rows

    def __bool__(self) -> bool:
        """Whether there is anything to count."""
        return bool(self._places)

    def add(self, cells: Sequence[str]) -> None:
        """Count one data row."""
        self._count(tuple([cells[at] if at < len(cells) else "" for at in self._places.values()]), 1)

    def sql(self) -> str:
        """What `add_texts` counts, of columns c0, c1, ... in SQL."""
        return f" || '{_BETWEEN}' || ".join(f"c{at}" for at in self._places.values())

    def add_texts(self, texts: pa.Array) -> None:
        """Count rows, each given as one text by `sql`."""
        values, counts = pc.value_counts(texts).flatten()
        for text, times in zip(values.to_pylist(), counts.to_pylist(), strict=True):
            self._count(tuple(cell.strip() for cell in text.split(_BETWEEN)), times)

    def check(self, baris: int, lembar: str = "") -> None:
        """Refuse the table where more than a tenth of its rows that say a period say another. `baris`: the header's."""
        if self._allowed is None:
            return
        said = Counter[Stated]()
        for cells, times in self.said.items():
            if stated := _of_cells(dict(zip(self._places, cells, strict=True))):
                said[stated] += times
        wrong = [s for s in said if not s.fits(self._allowed) and not is_answered_title(s.words, self._source)]
        if sum(said[s] for s in wrong) > _PART * said.total():
            refused = another_period(max(wrong, key=lambda s: said[s]), self._source, self._berkas, "", baris)
            raise refused.within(lembar)

    def _count(self, cells: tuple[str, ...], times: int) -> None:
        if cells in self.said or len(self.said) < _DISTINCT:
            self.said[cells] += times


def _of_cells(cells: Mapping[str, str]) -> Stated | None:
    """What the cells of one row say of its period; a month in digits counts beside a year alone."""
    text, year, month = (cells.get(name, "").lower() for name in ("periode", "tahun", "bulan"))
    number = NUMBER.get(month) or SHORT.get(month) or (int(month) if re.fullmatch(r"0?[1-9]|1[0-2]", month) else 0)
    if re.fullmatch(r"20\d\d", year):
        return of_month(int(year), number, f"{month} {year}") if number else of_year(int(year), f"tahun {year}")
    for said in (text, month):
        if found := _ISO.fullmatch(said):
            return of_month(int(found[1]), int(found[2]), said)
        if re.search(r"20\d\d\b", said) and (stated := of_row(said, 0)):
            return stated[0]
    return None
