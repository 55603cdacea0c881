"""Delimited text: which delimiter, which header, and its records one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipelines.declaration import Source
from pipelines.reading.acceptance import accept
from pipelines.reading.broken import rejoined
from pipelines.reading.claims import check_claims
from pipelines.reading.grid import SEARCHED_ROWS, locate
from pipelines.reading.header import Header, has_number
from pipelines.reading.records import open_text, read_records
from pipelines.reading.rows import identifier_columns
from pipelines.reading.table import BLANKS, Place, Record, Row, Table

DELIMITERS = "|;,\t"


@dataclass(frozen=True)
class TextTable:
    """A UTF-8 file of delimited text, and the table in it below its first `above` records."""

    path: Path
    delimiter: str
    table: Table
    above: int

    def records(self) -> Iterator[Record]:
        """Every record, titles and header included, with the line it starts on."""
        header = self.table.header
        lines = read_records(open_text(self.path), self.delimiter, header.width)
        records = ((baris, clean(cells), ()) for baris, cells in lines)
        yield from islice(records, self.above)
        identifiers = identifier_columns(header, self.table.source).values()
        yield from rejoined(records, header.width, list(identifiers))

    def rows(self) -> Iterator[Row]:
        """Every non-blank record as a row of `mentah_<source>`."""
        return self.table.rows(self.records())

    def has_people_below(self, line: int) -> bool:
        """Whether a line after this one is somebody's record: the rest of a record of several lines is not."""
        parted = self.table.header.width - 1
        lines = islice(open_text(self.path), line, None)
        return any(text.count(self.delimiter) >= parted and has_number(text) for text in lines)


def open_text_table(path: Path, source: Source, berkas: str) -> TextTable:
    """Find the delimiter under which a UTF-8 file has the best header, and the table it makes."""
    best: Header | None = None
    head, delimiter = list[tuple[int, list[str]]](), DELIMITERS[0]
    for candidate in DELIMITERS:
        records = islice(read_records(open_text(path), candidate), SEARCHED_ROWS + 1)
        grid = [(baris, clean(cells)) for baris, cells in records]
        header = locate([cells for _, cells in grid], source, berkas)
        if header and (best is None or header.score > best.score):
            best, head, delimiter = header, grid, candidate
    header = accept(best, source, [baris for baris, _ in head], berkas)
    check_claims([cells for _, cells in head[: header.first]], berkas, source)
    header_rows = range(head[header.first][0], head[header.last][0] + 1)
    place = Place(berkas, "", *header.titles, header.layout.name, source.code_system)
    text = TextTable(path, delimiter, Table(source, header, header_rows, place, ragged=True), header.last + 1)
    if header.doubled:
        text = replace(text, table=replace(text.table, header=header.settle(_filled(text), header_rows.start)))
    text.table.check(text.records())
    return text


def clean(cells: Sequence[str]) -> list[str]:
    """Cells without the blanks around them."""
    return [cell.strip(BLANKS) for cell in cells]


def _filled(text: TextTable) -> set[int]:
    """Columns with anything below the header."""
    body = (cells for baris, cells, _ in text.records() if baris >= text.table.header_rows.stop)
    return {column for cells in body for column, cell in enumerate(cells) if cell}
