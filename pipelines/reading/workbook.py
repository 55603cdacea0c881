"""Workbooks: every sheet, hidden ones too, through calamine."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from pipelines.declaration import Source
from pipelines.reading.content import LOCKED, TRUNCATED
from pipelines.reading.errors import Refused
from pipelines.reading.grid import SEARCHED_ROWS, accept, locate
from pipelines.reading.header import Header
from pipelines.reading.table import BLANKS, Place, Record, Row, Table

_LOOK = SEARCHED_ROWS + 1


def read_workbook(path: Path, source: Source, berkas: str) -> Iterator[Row]:
    """Every non-blank row of every sheet, as rows of `mentah_<source>`.

    A sheet without a header, in a workbook where another has one, holds notes (`catatan`).
    """
    sheets = _open_sheets(path)
    headers = [locate(_head(sheet), source, berkas) for sheet in sheets]
    if not any(header and not header.missing for header in headers):
        _refuse(sheets, headers, source)
    for sheet, header in zip(sheets, headers, strict=True):
        if header is None or header.missing:
            yield from _read_notes(sheet, source, berkas)
        else:
            yield from _read_sheet(sheet, header, source, berkas)


def cell_text(cell: Any) -> str:
    """A cell as text: numbers without exponent or trailing `.0`, dates as `YYYY-MM-DD`, no blanks around."""
    if isinstance(cell, str):
        return cell.strip(BLANKS)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _open_sheets(path: Path) -> list[CalamineSheet]:
    """The worksheets that hold anything."""
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
        names = [m.name for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        sheets = [sheet for sheet in map(book.get_sheet_by_name, names) if sheet.start is not None]
    except PasswordError:
        raise Refused(LOCKED) from None
    except (CalamineError, OSError):
        raise Refused(TRUNCATED) from None
    if not sheets:
        raise Refused("buku kerja kosong; minta pengirim mengirim ulang")
    return sheets


def _records(sheet: CalamineSheet) -> Iterator[Record]:
    # iter_rows starts at the sheet's first row even where it is blank, so the count is the physical row.
    for baris, cells in enumerate(sheet.iter_rows(), 1):
        yield baris, [cell_text(cell) for cell in cells], [type(cell) in (float, int) for cell in cells]


def _head(sheet: CalamineSheet) -> list[list[str]]:
    return [cells for _, cells, _ in islice(_records(sheet), _LOOK)]


def _read_notes(sheet: CalamineSheet, source: Source, berkas: str) -> Iterator[Row]:
    place = Place(berkas, sheet.name)
    nothing = [None] * len(source.fields)
    return (place.row(baris, "catatan", nothing) for baris, cells, _ in _records(sheet) if any(cells))


def _read_sheet(sheet: CalamineSheet, header: Header, source: Source, berkas: str) -> Iterator[Row]:
    try:
        accept(header, source, range(1, _LOOK + 1))
        if header.doubled:
            header = header.settle(_filled(sheet, header), header.first + 1)
        header_rows = range(header.first + 1, header.last + 2)
        table = Table(source, header, header_rows, Place(berkas, sheet.name, *header.titles))
        table.check(_records(sheet))
    except Refused as refused:
        raise Refused(refused.pesan, refused.baris, sheet.name) from None
    return table.rows(_records(sheet))


def _filled(sheet: CalamineSheet, header: Header) -> set[int]:
    """Columns with anything below the header."""
    rows = islice(_records(sheet), header.last + 1, None)
    return {column for _, cells, _ in rows for column, cell in enumerate(cells) if cell}


def _refuse(sheets: Sequence[CalamineSheet], headers: Sequence[Header | None], source: Source) -> None:
    """Say what lacks where a header was nearly found, else that no sheet has one."""
    near = [(header.score, n) for n, header in enumerate(headers) if header]
    place = max(near)[1] if near else 0
    try:
        accept(headers[place], source, range(1, _LOOK + 1))
    except Refused as refused:
        raise Refused(refused.pesan, refused.baris, sheets[place].name) from None
