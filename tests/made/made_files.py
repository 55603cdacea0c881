"""Files made in memory for tests: zips, workbooks, and the same files damaged, changed or locked."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile

FIRST_SHEET = "xl/worksheets/sheet1.xml"


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def workbook(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets, each given as its rows; the first of them may have names."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for place, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[place] if place < len(names) else None)
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    return out.getvalue()


def locked(content: bytes, word: str = "rahasia") -> bytes:
    """A workbook under a password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(word, out)
    return out.getvalue()


def parts_of(container: bytes) -> dict[str, bytes]:
    """What a zip holds."""
    with zipfile.ZipFile(io.BytesIO(container)) as file:
        return {name: file.read(name) for name in file.namelist()}


def without(container: bytes, *parts: str) -> bytes:
    """A container that lacks parts."""
    return zipped({name: content for name, content in parts_of(container).items() if name not in parts})


def changed(container: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A container with one part changed (or added, from nothing)."""
    parts = parts_of(container)
    return zipped({**parts, part: change(parts.get(part, b""))})


def turned(content: bytes, at: float, size: int = 24) -> bytes:
    """The same with some bytes turned over, from this share of it on."""
    place = int(len(content) * at)
    return content[:place] + bytes(255 - b for b in content[place : place + size]) + content[place + size :]
