"""An .ods before calamine opens it: its content unpacked under limits, and its repeated cells counted.

One element may stand for a million rows of sixteen thousand cells, and calamine makes room for each of them.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipelines.reading.errors import Refused
from pipelines.reading.extent import Extent
from pipelines.reading.inflate import TRUNCATED, inflate, opened
from pipelines.reading.merged import Span

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_ROW, _MANIFEST, _SMALL = f"{_TABLE}table-row", "META-INF/manifest.xml", 1 << 20
_LARGEST = (2 << 30) - 1  # of a part that is written without the marks of a large one
_CELLS = 12 << 20  # of all tables: their words are held, too
_TYPE_OF_FILE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_copy(path: Path, target: Path) -> dict[str, list[Span]]:
    """Write what calamine needs of the container to `target`, without compression; return the cells of each table that
    are merged over rows."""
    extents = _Extents()
    try:
        with opened(path) as archive, zipfile.ZipFile(target, "w") as out:
            names = archive.namelist()
            if _MANIFEST in names and b"encryption-data" in b"".join(
                inflate(archive, archive.getinfo(_MANIFEST), _SMALL)
            ):
                raise Refused(
                    "buku kerja memakai kata sandi; buka dengan LibreOffice, hapus kata sandinya, lalu simpan"
                )
            if names.count("content.xml") != 1:
                raise Refused(TRUNCATED)
            out.writestr("mimetype", _TYPE_OF_FILE)
            out.writestr(_MANIFEST, "<manifest/>")
            with out.open("content.xml", "w") as part:
                for chunk in inflate(archive, archive.getinfo("content.xml"), _LARGEST):
                    extents.feed(chunk)
                    part.write(chunk)
    except etree.XMLSyntaxError:
        raise Refused(TRUNCATED) from None
    return extents.spans


class _Extents:
    """Follows the XML and adds up the extents of its tables: calamine holds them all at once."""

    def __init__(self) -> None:
        self._parser = etree.XMLPullParser(
            ("start", "end"), tag=(f"{_TABLE}table", _ROW), resolve_entities=False, no_network=True
        )
        self._extent, self._row, self._area = Extent(1, 0, 0), 0, 0
        self.spans, self._own = dict[str, list[Span]](), list[Span]()

    def feed(self, chunk: bytes) -> None:
        """Take the next piece; refused as soon as the tables span too much."""
        self._parser.feed(chunk)
        for event, element in self._parser.read_events():
            if element.tag != _ROW:
                self._area += self._extent.area
                self._extent, self._row = Extent(1, 0, 0), 0
                if event == "start":
                    self._own = self.spans.setdefault(element.get(f"{_TABLE}name", ""), [])
            elif event == "end":
                first = self._row + 1
                self._row += int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                self._own += (Span(column, first, first + tall - 1) for column, tall in _tall_cells(element))
                if width := _filled_width(element):
                    self._extent = Extent(1, self._row, max(width, self._extent.width))
                    self._extent.check(_CELLS - self._area)
            if event == "end":
                element.clear()


def _filled_width(row: etree._Element) -> int:
    """The columns up to the last cell that holds anything."""
    at = width = 0
    for cell in row:
        at += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if len(cell) or cell.get(_TYPE):
            width = at
    return width


def _tall_cells(row: etree._Element) -> Iterator[tuple[int, int]]:
    """The columns (from 0) of cells that are merged over rows alone, and over how many."""
    at = 0
    for cell in row:
        tall = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        if tall > 1 and cell.get(f"{_TABLE}number-columns-spanned", "1") == "1":
            yield at, tall
        at += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
