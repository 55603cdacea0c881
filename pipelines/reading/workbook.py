"""Workbooks and what else comes in sheets: every one of them, hidden ones too."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.declaration import Source
from pipelines.reading.acceptance import accept
from pipelines.reading.answers import is_answered_title, title_answer
from pipelines.reading.claims import check_claims
from pipelines.reading.content import Content
from pipelines.reading.errors import Refused
from pipelines.reading.grid import SEARCHED_ROWS, locate
from pipelines.reading.header import Header
from pipelines.reading.opensid import for_workbook
from pipelines.reading.outside import check_outside, how_to_put_aside, is_put_aside
from pipelines.reading.sheets import Sheet, open_sheets
from pipelines.reading.stated_period import is_of_another_month
from pipelines.reading.table import BLANKS, Place, Record, Row, Table
from pipelines.reading.whole import End

_LOOK = SEARCHED_ROWS + 1
_HEAD_ROWS = range(1, _LOOK + 1)
_NUMBERS = frozenset((float, int))
_HIDDEN = "lembar tersembunyi"


def read_workbook(  # noqa: PLR0913, PLR0917 - what is read, where it stood, and who is told
    path: Path, content: Content, source: Source, berkas: str, scratch: Path,
    note: Callable[[str, int, Header], None] = lambda lembar, baris, header: None,
    ends: Callable[[End], None] = lambda end: None,
) -> Iterator[Row]:  # fmt: skip
    """Every non-blank row of every sheet, as rows of `mentah_<source>`.

    A sheet without a header, in a workbook where another has one, holds notes (`catatan`); so does a sheet named after
    another month, where one is named after the period's. `scratch`: a folder that outlives the reading. `note`: told
    each header that is accepted, with its sheet and physical row; `ends`: where each sheet ends, before any row is out.
    """
    sheets = _filled_sheets(path, content, scratch)
    for sheet in sheets:
        if sheet.height:
            ends(End(sheet.name, sheet.height, partial(_is_filled_below, sheet)))
    source = for_workbook(source, {sheet.name: _head(sheet) for sheet in sheets})
    headers = [locate(_head(sheet), source, berkas) for sheet in sheets]
    if not any(header and not header.missing for header in headers):
        _refuse(sheets, headers, source, berkas)
    aside = _put_aside(sheets, headers, source, berkas)
    lists = [h is not None and (not h.missing or h.lists_people) for h in headers]
    shown = any(is_list and not s.hidden and s.name not in aside for is_list, s in zip(lists, sheets, strict=True))
    for sheet, header, is_list in zip(sheets, headers, lists, strict=True):
        if header is None or not is_list or sheet.name in aside:
            yield from _read_notes(sheet, source, berkas, sheet.name in aside)
        else:
            if shown and sheet.hidden:
                _check_hidden(sheet, source, berkas)
            table = _open_table(
                sheet, header, source, berkas, how_to_put_aside(source, berkas) if header.missing else ""
            )
            note(sheet.name, table.header_rows.start, table.header)
            yield from table.rows(_records(sheet))


def cell_text(cell: Any) -> str:
    """A cell as text: numbers without exponent or trailing `.0`, dates as `YYYY-MM-DD`, no blanks around."""
    if isinstance(cell, str):
        return cell.strip(BLANKS)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _filled_sheets(path: Path, content: Content, scratch: Path) -> list[Sheet]:
    """The sheets that hold anything."""
    sheets = [sheet for sheet in open_sheets(path, content, scratch) if any(map(any, sheet.rows()))]
    if not sheets:
        raise Refused("buku kerja kosong; minta pengirim mengirim ulang")
    return sheets


def _records(sheet: Sheet) -> Iterator[Record]:
    for baris, cells in enumerate(sheet.rows(), 1):
        texts = [cell.strip(BLANKS) if type(cell) is str else cell_text(cell) for cell in cells]
        words = _NUMBERS.isdisjoint(map(type, cells))
        yield baris, texts, () if words else [type(cell) in _NUMBERS for cell in cells]


def _is_filled_below(sheet: Sheet, row: int) -> bool:
    return any(any(cells) for _, cells, _ in islice(_records(sheet), row, None))


def _head(sheet: Sheet) -> list[list[str]]:
    return [cells for _, cells, _ in islice(_records(sheet), _LOOK)]


def _put_aside(
    sheets: Sequence[Sheet], headers: Sequence[Header | None], source: Source, berkas: str
) -> frozenset[str]:
    """Names of sheets that hold no list of this delivery: the operator says so, or their month where another sheet is
    of the period's."""
    months = {sheet.name: is_of_another_month(sheet.name, berkas, source) for sheet in sheets}
    heads = zip(sheets, headers, strict=True)
    current = any(months[s.name] is False and header and not header.missing for s, header in heads)
    return frozenset(name for name, other in months.items() if is_put_aside(name, source) or (current and other))


def _check_hidden(sheet: Sheet, source: Source, berkas: str) -> None:
    """A hidden list beside one that is shown is mostly an old copy of it, and nobody who looks at the file sees it."""
    if not is_answered_title(_HIDDEN, source):
        raise Refused(
            "lembar tersembunyi ini berisi daftar, di samping lembar yang tampak: hapus, atau tampakkan bila memang "
            f"bagian daftarnya{title_answer(_HIDDEN, source, berkas, sheet.name)}",
            lembar=sheet.name,
        )


def _read_notes(sheet: Sheet, source: Source, berkas: str, aside: bool) -> Iterator[Row]:
    place = Place(berkas, sheet.name)
    nothing = [None] * len(source.fields)
    for baris, cells, _ in _records(sheet):
        if any(cells):
            if not aside:
                check_outside(cells, baris, source, berkas, sheet.name)
            yield place.row(baris, "catatan", nothing)


def _open_table(sheet: Sheet, header: Header, source: Source, berkas: str, beside: str) -> Table:
    """`beside`: what a refusal says besides, of a sheet that may be none of the list's."""
    try:
        accept(header, source, _HEAD_ROWS, berkas)
        check_claims(_head(sheet)[: header.first], berkas, source, sheet.name)
        if header.doubled:
            header = header.settle(_filled(sheet, header), header.first + 1)
        header_rows = range(header.first + 1, header.last + 2)
        place = Place(berkas, sheet.name, *header.titles, header.layout.name, source.code_system)
        table = Table(source, header, header_rows, place, spans=sheet.spans())
        table.check(_records(sheet))
    except Refused as refused:
        raise refused.within(sheet.name, beside) from None
    return table


def _filled(sheet: Sheet, header: Header) -> set[int]:
    """Columns with anything below the header."""
    rows = islice(_records(sheet), header.last + 1, None)
    return {column for _, cells, _ in rows for column, cell in enumerate(cells) if cell}


def _refuse(sheets: Sequence[Sheet], headers: Sequence[Header | None], source: Source, berkas: str) -> None:
    """Say what lacks where a header was nearly found, else that no sheet has one."""
    near = [(header.score, n) for n, header in enumerate(headers) if header]
    place = max(near)[1] if near else 0
    try:
        accept(headers[place], source, _HEAD_ROWS, berkas)
    except Refused as refused:
        raise refused.within(sheets[place].name) from None
