"""SpreadsheetML of 2003: a workbook as one XML file, which some applications export under the name .xls."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.reading.errors import Refused
from pipelines.reading.inflate import TRUNCATED

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SHEET, _ROW = f"{_SS}Worksheet", f"{_SS}Row"
_INDEX, _SPAN, _ACROSS = f"{_SS}Index", f"{_SS}Span", f"{_SS}MergeAcross"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def xml_sheets(path: Path) -> list[tuple[str, Callable[[], Iterator[list[Any]]]]]:
    """Each worksheet as its name and a way to its rows; the file is read anew each time, and never held."""
    names = [element.get(f"{_SS}Name", "") for event, element in _walk(path) if _is(element, _SHEET, event, "start")]
    return [(name, partial(_rows, path, number)) for number, name in enumerate(names, 1)]


def _is(element: Any, tag: str, event: str, wanted: str) -> bool:
    return element.tag == tag and event == wanted


def _walk(path: Path) -> Iterator[tuple[str, Any]]:
    """Starts of worksheets, ends of rows; a document type, where an entity bomb would lie, is refused."""
    try:
        with path.open("rb") as file:
            walk = etree.iterparse(
                file, ("start", "end"), tag=("{*}Workbook", _SHEET, _ROW), resolve_entities=False, no_network=True
            )
            for event, element in walk:
                if element.getparent() is None and element.getroottree().docinfo.doctype:
                    raise Refused("berkas XML memuat DOCTYPE; buka dengan Excel, lalu simpan sebagai .xlsx")
                yield event, element
                if event == "end":
                    element.clear()
    except etree.XMLSyntaxError:
        raise Refused(TRUNCATED) from None


def _rows(path: Path, number: int) -> Iterator[list[Any]]:
    """The rows of the sheet of that number, blank ones too."""
    sheet = reached = 0
    for event, element in _walk(path):
        sheet += _is(element, _SHEET, event, "start")
        if sheet == number and _is(element, _ROW, event, "end"):
            at = _whole(element, _INDEX, reached + 1)
            last = at + _whole(element, _SPAN, 0)
            if not reached < at <= last <= _LAST_ROW:
                raise Refused(TRUNCATED)
            yield from repeat([], at - reached - 1)
            yield _cells(element)
            yield from repeat([], last - at)
            reached = last


def _cells(row: Any) -> list[Any]:
    """The cells of a row, up to the last that holds something."""
    cells, reached = list[Any](), 0
    for cell in row.iterchildren(f"{_SS}Cell"):
        at = _whole(cell, _INDEX, reached + 1)
        last = at + _whole(cell, _ACROSS, 0)
        if not reached < at <= last <= _LAST_COLUMN:
            raise Refused(TRUNCATED)
        if (value := _value(cell.find(f"{_SS}Data"))) != "":
            cells += [*[""] * (at - 1 - len(cells)), value]
        reached = last
    return cells


def _whole(element: Any, name: str, absent: int) -> int:
    """An attribute that counts rows or columns."""
    said = element.get(name)
    if not said:
        return absent
    if not (said.isdecimal() and len(said) <= len(str(_LAST_ROW))):
        raise Refused(TRUNCATED)
    return int(said)


def _value(data: Any) -> str | float:
    """Text, a number, or the date part of `1990-01-31T00:00:00.000`."""
    if data is None:
        return ""
    text, kind = "".join(data.itertext()), data.get(f"{_SS}Type")
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    return text.partition("T")[0] if kind == "DateTime" else text
