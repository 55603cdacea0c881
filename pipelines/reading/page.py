"""A page of HTML that was saved under a workbook's name, as web applications and Excel itself export them."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from pipelines.reading.errors import Refused
from pipelines.reading.extent import Extent
from pipelines.reading.inflate import TRUNCATED
from pipelines.reading.merged import Span
from pipelines.reading.records import as_utf8

# A parsed page takes about ten times its size in memory.
_LARGEST = 48 << 20
_WIDEST = 16_384
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_OPENED, _CLOSED = re.compile(r"<table[\s>]", re.I), re.compile(r"</table\s*>", re.I)
_ROWS = etree.XPath(".//tr[count(ancestor::table) = $depth]")
_OWN_TEXT = etree.XPath(".//text()[count(ancestor::table) = $depth]")
# What Excel and LibreOffice leave of a number that is shown as 2,10E+15.
_NUMBERS = ("x:num", "sdval")
_ROUNDED, _NO_DIGIT = re.compile(r"\dE[+-]?\d|^#+$", re.I), re.compile(r"\D")


def page_sheets(
    path: Path, scratch: Path
) -> list[tuple[str, Callable[[], Iterator[list[Any]]], Callable[[], list[Span]]]]:
    """Each `<table>` as a name, `Tabel 1` the first, a way to its rows of cells, and one to those merged over rows.

    A cell over several columns or rows holds its word in the first of them, as in a workbook.
    """
    if path.stat().st_size > _LARGEST:
        raise Refused("halaman HTML terlalu besar; buka dengan Excel, lalu simpan sebagai .xlsx")
    with path.open("rb") as file:
        declared = _CHARSET.search(file.read(4096))
    copy, _ = as_utf8(path, scratch, declared[1].decode() if declared else "")
    text = copy.read_text("utf-8-sig").replace("\0", "")
    if len(_OPENED.findall(text)) > len(_CLOSED.findall(text)):
        raise Refused(TRUNCATED)
    tables = list(_parse(text).iter("table"))
    if not tables:
        raise Refused("halaman HTML ini tidak berisi tabel; minta daftar dalam bentuk .xlsx atau .csv")
    return [(f"Tabel {at}", partial(_rows, table), partial(_spans, table)) for at, table in enumerate(tables, 1)]


def _parse(text: str) -> etree._Element:
    """The page; what a browser would run or fetch is neither."""
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        page = lxml.html.document_fromstring(text.encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Refused(TRUNCATED) from None
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):  # what follows was not read
        raise Refused(TRUNCATED)
    etree.strip_elements(page, "script", "style", with_tail=False)
    for line_end in page.iter("br"):
        line_end.tail = f" {line_end.tail or ''}"
    return page


def _spans(table: etree._Element) -> list[Span]:
    found = list[Span]()
    deque(_rows(table, found.append), maxlen=0)
    return found


def _rows(table: etree._Element, note: Callable[[Span], None] = lambda span: None) -> Iterator[list[Any]]:
    """The rows, each up to the last cell that holds something; `note`: told of cells over several rows."""
    depth = 1 + sum(1 for _ in table.iterancestors("table"))
    below, widest = dict[int, int](), 0  # column -> rows that a cell from above still reaches into
    for line, row in enumerate(_ROWS(table, depth=depth), 1):
        cells, at, reached = list[Any](), 0, below
        widest = max(widest, len(reached))
        Extent(1, line, widest).check()
        below = {column: left - 1 for column, left in reached.items() if left > 1}
        for cell in row.iterchildren("td", "th"):
            while at in reached:
                at += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            if at + wide > _WIDEST:
                raise Refused("tabel HTML terlalu lebar; buka dengan Excel, lalu simpan sebagai .xlsx")
            if tall > 1:
                below |= dict.fromkeys(range(at, at + wide), tall - 1)
                if wide == 1:
                    note(Span(at, line, line + tall - 1))
            if (value := _value(cell, depth)) != "":
                cells += [*[""] * (at - len(cells)), value]
            at += wide
        yield cells


def _span(cell: etree._Element, name: str) -> int:
    said = cell.get(name, "").strip()
    return min(max(int(said), 1), _WIDEST) if said.isdecimal() and len(said) <= len(str(_WIDEST)) else 1


def _value(cell: etree._Element, depth: int) -> str | float:
    """What is shown; for a number that is shown rounded, or only dressed, the number. A date keeps its form."""
    texts = cell.itertext() if cell.find(".//table") is None else _OWN_TEXT(cell, depth=depth)
    shown = _BLANKS.sub(" ", "".join(texts)).strip()
    for name in _NUMBERS:
        try:
            number = float(cell.get(name, ""))
        except ValueError:
            continue
        if _ROUNDED.search(shown) or _NO_DIGIT.sub("", shown) == f"{abs(number):.0f}":
            return number
    return shown
