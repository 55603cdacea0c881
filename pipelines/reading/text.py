"""Delimited text: DuckDB where its records are the file's lines, `csv` where they are not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import escape
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from duckdb import ConstantExpression as Constant
from duckdb import SQLExpression as Sql

from pipelines.declaration import Source
from pipelines.reading.errors import Refused
from pipelines.reading.grid import SEARCHED_ROWS, Header, accept, locate
from pipelines.reading.records import as_utf8, open_text, read_records, survey
from pipelines.reading.rows import IDENTIFIER_KINDS, SURE_LENGTH, Walk
from pipelines.reading.table import BLANKS, Place, Row, as_tables, read_below, schema, write_rows
from pipelines.reading.titles import read_titles

DELIMITERS = "|;,\t"

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Text:
    """A text file whose header is found. `header_rows`: the header's lines."""

    path: Path
    delimiter: str
    header: Header
    header_rows: range
    source: Source
    place: Place

    def records(self) -> Iterator[tuple[int, list[str], tuple[()]]]:
        """Every record: its line, its clean cells, no cell stored as a number."""
        width = self.header.width
        for baris, cells in read_records(open_text(self.path), self.delimiter, width):
            yield baris, _clean(cells), ()


def read_text(
    path: Path, source: Source, berkas: str, con: duckdb.DuckDBPyConnection, work: Path, part: Path
) -> None:
    """Write every non-blank record of a delimited text file to `part`, as rows of `mentah_<source>`."""
    text = _open(as_utf8(path, work), source, berkas)
    if not _copy_lines(text, con, work, part):
        rows = read_below(text.records(), text.header, text.header_rows, source, text.place, ragged=True)
        write_rows(rows, source, part)


def _open(path: Path, source: Source, berkas: str) -> Text:
    """Find the delimiter under which the file has the best header."""
    best, delimiter, head = None, DELIMITERS[0], list[Record]()
    for candidate in DELIMITERS:
        records = [(n, _clean(cells)) for n, cells in _head(path, candidate)]
        header = locate([cells for _, cells in records], source)
        if header and (best is None or header.score > best.score):
            best, delimiter, head = header, candidate, records
    header = accept(best, source, [n for n, _ in head])
    header_rows = range(head[header.first][0], head[header.last][0] + 1)
    titles = (None, None)
    if source.one_file_per_desa:
        titles = read_titles([cells for _, cells in head[: header.first]], berkas)
    text = Text(path, delimiter, header, header_rows, source, Place(berkas, "", *titles))
    if not header.doubled:
        return text
    body = (cells for n, cells, _ in text.records() if n >= header_rows.stop)
    filled = {column for cells in body for column, cell in enumerate(cells) if cell}
    return Text(path, delimiter, header.settle(filled), header_rows, source, text.place)


def _head(path: Path, delimiter: str) -> list[Record]:
    return list(islice(read_records(open_text(path), delimiter), SEARCHED_ROWS + 1))


def _clean(cells: Sequence[str]) -> list[str]:
    return [cell.strip(BLANKS) for cell in cells]


def _copy_lines(text: Text, con: duckdb.DuckDBPyConnection, work: Path, part: Path) -> bool:
    """Let DuckDB parse the file; False, with nothing of use written, where its records are not the lines.

    DuckDB numbers records, not lines: the two agree where there are as many of one as of the other, for a
    blank line or a quoted line end can only make records fewer.
    """
    known = survey(text.path)
    above = text.header_rows.stop - 1
    if not known.plain or known.lines <= above:
        return False
    top = read_below(
        islice(text.records(), above), text.header, text.header_rows, text.source, text.place
    )
    whole = work / "seluruh.parquet"
    try:
        heading = con.from_arrow(next(as_tables(top, text.source)))
        heading.union(_body(text, con, above)).to_parquet(str(whole))
    except duckdb.Error:  # its message quotes the row: not for anybody's eyes
        return False
    rows = con.read_parquet(escape(str(whole)))
    if rows.max("baris").fetchall()[0][0] != known.lines:
        return False
    others = _other_rows(text, rows)
    if others is None:
        return False
    if not others:
        whole.replace(part)
        return True
    drop = Constant_list(others)
    return True
