"""SpreadsheetML of 2003: a workbook as one XML file, which some applications export under the name .xls."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

from lxml import etree

from pipelines.reading.errors import Refused
from pipelines.reading.inflate import TRUNCATED
from pipelines.reading.merged import Span

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SHEET, _ROW = f"{_SS}Worksheet", f"{_SS}Row"
_INDEX, _SPAN, _ACROSS, _DOWN = f"{_SS}Index", f"{_SS}Span", f"{_SS}MergeAcross", f"{_SS}MergeDown"
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def xml_sheets(path: Path) -> list[tuple[str, Callable[[], Iterator[list[Any]]], Callable[[], list[Span]]]]:
    """Each worksheet as its name, a way to its rows and one to its cells merged over rows alone; the file is read anew
    each time, and never held."""
    names, spans = list[str](), list[list[Span]]()
    for _, first, _, element in _placed(path):
        if not first:
            names.append(element.get(f"{_SS}Name", ""))
            spans.append([])
        for at, last, cell in _cells(element) if first and spans else ():
            if at == last and (more := _whole(cell, _DOWN, 0)):
                spans[-1].append(Span(at - 1, first, first + more))
    return [
        (name, partial(_rows, path, number), partial(list, own))
        for number, (name, own) in enumerate(zip(names, spans, strict=True), 1)
    ]


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


def _placed(path: Path) -> Iterator[tuple[int, int, int, Any]]:
    """A worksheet's number, 0, 0 and the sheet; then for each of its rows the first and last place that it takes."""
    number = reached = 0
    for event, element in _walk(path):
        if _is(element, _SHEET, event, "start"):
            number, reached = number + 1, 0
            yield number, 0, 0, element
        elif _is(element, _ROW, event, "end"):
            first = _whole(element, _INDEX, reached + 1)
            last = first + _whole(element, _SPAN, 0)
            if not reached < first <= last <= _LAST_ROW:
                raise Refused(TRUNCATED)
            yield number, first, last, element
            reached = last


def _rows(path: Path, number: int) -> Iterator[list[Any]]:
    """The rows of the sheet of that number, blank ones too."""
    reached = 0
    for sheet, first, last, element in _placed(path):
        if sheet == number and first:
            yield from repeat([], first - reached - 1)
            yield _filled(element)
            yield from repeat([], last - first)
            reached = last


def _filled(row: Any) -> list[Any]:
    """The cells of a row, up to the last that holds something."""
    cells = list[Any]()
    for at, _, cell in _cells(row):
        if (value := _value(cell.find(f"{_SS}Data"))) != "":
            cells += [*[""] * (at - 1 - len(cells)), value]
    return cells


def _cells(row: Any) -> Iterator[tuple[int, int, Any]]:
    """The first and last column (from 1) that each cell takes, and the cell."""
    reached = 0
    for cell in row.iterchildren(f"{_SS}Cell"):
        at = _whole(cell, _INDEX, reached + 1)
        last = at + _whole(cell, _ACROSS, 0)
        if not reached < at <= last <= _LAST_COLUMN:
            raise Refused(TRUNCATED)
        yield at, last, cell
        reached = last


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
