"""The sheets of a file, whatever its format: a name, and rows of cells as calamine gives them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from pipelines.reading.biff import check_xls
from pipelines.reading.content import Content
from pipelines.reading.errors import Refused
from pipelines.reading.extent import Extent
from pipelines.reading.inflate import TRUNCATED
from pipelines.reading.merged import Span
from pipelines.reading.ods import ods_copy
from pipelines.reading.own_copy import OwnSheet, Part, own_copy
from pipelines.reading.page import page_sheets
from pipelines.reading.sheet_xml import xml_sheets

# A copy of up to this many bytes, without compression, keeps all its sheets open; of a larger one, the last.
_KEPT = 64 << 20

Cells = Sequence[Any]


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows()` gives its rows anew, from the physical row 1 on: blank ones are among them, and none is
    shorter than one above it.

    A cell is text, a number, a date, a time or a truth; a formula is the value that it last had. `spans()`: its cells
    that are merged over several rows of one column. `height()`: how many rows it spans, where its format says so.
    """

    name: str
    rows: Callable[[], Iterator[Cells]]
    hidden: bool = False
    spans: Callable[[], Sequence[Span]] = tuple
    height: Callable[[], int] | None = None


def open_sheets(path: Path, content: Content, scratch: Path) -> list[Sheet]:
    """The worksheets of a file, in its order, hidden ones too. `scratch`: a folder that outlives them."""
    if content == "halaman":
        return [Sheet(name, partial(_squared, rows), spans=spans) for name, rows, spans in page_sheets(path, scratch)]
    if content == "buku_xml":
        return [Sheet(name, partial(_squared, rows), spans=spans) for name, rows, spans in xml_sheets(path)]
    if content == "buku_kerja":
        copy = scratch / "salinan.xlsx"
        sheets = own_copy(path, copy)
        return _calamine_sheets(copy, sheets)
    if content == "buku_ods":
        copy = scratch / "salinan.ods"
        spans = ods_copy(path, copy)
        return [replace(sheet, spans=partial(tuple, spans.get(sheet.name, ()))) for sheet in _calamine_sheets(copy)]
    check_xls(path)
    return _calamine_sheets(path)


def _calamine_sheets(path: Path, known: Sequence[OwnSheet] | None = None) -> list[Sheet]:
    """`known`: the sheets' own names and parts; without, each sheet is one part under its own name."""
    with _damage_refused():
        book = CalamineWorkbook.from_path(path)
        if known is None:
            known = [
                OwnSheet(m.name, (Part(m.name, 0),), m.visible != SheetVisibleEnum.Visible)
                for m in book.sheets_metadata
                if m.typ == SheetTypeEnum.WorkSheet
            ]
    kept = None if path.stat().st_size <= _KEPT else 1

    heights = dict[str, int]()  # also of those that are not kept

    @lru_cache(maxsize=kept)
    def sheet(name: str) -> CalamineSheet:
        with _damage_refused():
            found = book.get_sheet_by_name(name)
        heights[name] = found.end[0] + 1 if found.end else 0
        return found

    def rows(part: Part) -> Iterator[Cells]:
        # From the first row of the sheet on, even where it is blank: a later part's own rows come after `after`.
        return islice(sheet(part.name).iter_rows(), part.after, None)

    def rows_of(parts: tuple[Part, ...]) -> Iterator[Cells]:
        return chain.from_iterable(map(rows, parts))

    def spans_of(parts: tuple[Part, ...]) -> tuple[Span, ...]:
        # they stand behind a sheet's rows: with its last part
        merges = (sheet(parts[-1].name).merged_cell_ranges or ()) if parts else ()
        return tuple(
            Span(left, top + 1, low + 1) for (top, left), (low, right) in merges if left == right and top < low
        )

    def height_of(parts: tuple[Part, ...]) -> int:
        if not parts:
            return 0
        if parts[-1].name not in heights:
            sheet(parts[-1].name)
        return heights[parts[-1].name]

    return [
        Sheet(
            own.name,
            partial(rows_of, own.parts),
            own.hidden,
            partial(spans_of, own.parts),
            partial(height_of, own.parts),
        )
        for own in known
    ]


def _squared(rows: Callable[[], Iterator[Cells]]) -> Iterator[Cells]:
    """Rows that end where their last cell does, as those of a workbook; refused where they span too much."""
    width = 0
    for row, cells in enumerate(rows(), 1):
        width = max(width, len(cells))
        Extent(1, row, width).check()
        yield [*cells, *[""] * (width - len(cells))]


@contextmanager
def _damage_refused() -> Iterator[None]:
    """Calamine's errors quote what they stumble over; on a file made for it, it panics, which is no Exception."""
    try:
        yield
    except (CalamineError, OSError, ValueError):
        raise Refused(TRUNCATED) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(TRUNCATED) from None
