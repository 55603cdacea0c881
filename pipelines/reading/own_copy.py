"""A workbook of our own made of a delivered .xlsx or .xlsm: its cells, and nothing else of it.

Only worksheets, shared strings and styles are taken over, unpacked under the limits of `inflate` and without
compression; so macros, pictures, links to other files and whatever else lies in the container reach no
parser. A large sheet is cut between rows into parts, because calamine holds what it opens as a whole.
"""

import re
import zipfile
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from xml.sax.saxutils import quoteattr

from lxml import etree

from pipelines.reading.errors import Refused
from pipelines.reading.extent import extent
from pipelines.reading.inflate import TRUNCATED, inflate, opened
from pipelines.reading.merge_cells import MergeCells

PART = 32 << 20
# Calamine holds all shared strings: in memory they take about what they take in the file, or twice that.
_STRINGS, _SMALL = 512 << 20, 64 << 20
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ROWS_BEGIN = re.compile(rb"<((?:\w+:)?)sheetData\s*>")


@dataclass(frozen=True)
class Part:
    """A run of a sheet's rows, as a sheet of the copy. `after`: the physical row that they begin after."""

    name: str
    after: int


@dataclass(frozen=True)
class OwnSheet:
    """A worksheet of the delivered workbook, hidden or not, and the parts that its rows are in."""

    name: str
    parts: tuple[Part, ...]
    hidden: bool = False


def own_copy(path: Path, target: Path) -> list[OwnSheet]:
    """Write the copy to `target`; return its sheets in the order of the workbook."""
    try:
        with opened(path) as archive, zipfile.ZipFile(target, "w") as out:
            return list(_copied(_Container(archive), out))
    except etree.XMLSyntaxError:
        raise Refused(TRUNCATED) from None


class _Container:
    """The parts of a delivered workbook by their names, and what they mean to each other."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        self._archive = archive
        self._entries = {_folded(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):  # which of two is meant, each program decides for itself
            raise Refused(TRUNCATED)
        roots = self.relations("")
        self.book = next((target for kind, target in roots.values() if kind == "officeDocument"), "xl/workbook.xml")

    def chunks(self, name: str, largest: int | None = None) -> Generator[bytes, None, None]:
        """The content of a part, which must be there."""
        entry = self._entries.get(_folded(name))
        if entry is None:
            raise Refused(TRUNCATED)
        return inflate(self._archive, entry, largest) if largest else inflate(self._archive, entry)

    def tree(self, name: str) -> etree._Element:
        """A small part as XML; a document type is where an entity bomb would lie."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(b"".join(self.chunks(name, _SMALL)), parser)
        if root.getroottree().docinfo.doctype:
            raise Refused(TRUNCATED)
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> kind and full name of the parts that a part (`''`: the package) refers to; not what lies outside."""
        folder, name = PurePosixPath(part).parent, PurePosixPath(part).name
        listed = (folder / "_rels" / f"{name}.rels").as_posix()
        if _folded(listed) not in self._entries:
            return {}
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rsplit("/", 1)[-1],
                normpath("/" / folder / relation.get("Target", "")).lstrip("/"),
            )
            for relation in self.tree(listed).iterchildren("{*}Relationship")
            if relation.get("TargetMode") != "External"
        }


def _copied(container: _Container, out: zipfile.ZipFile) -> Iterator[OwnSheet]:
    book, relations = container.tree(container.book), container.relations(container.book)
    names = list[str]()
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        found = next((v for k, v in sheet.items() if k.endswith("}id")), "")
        kind, target = relations.get(found, ("", ""))
        if not kind:
            raise Refused(TRUNCATED)
        if kind == "worksheet":
            with closing(container.chunks(target)) as chunks:  # a part left open keeps the delivered file open
                parts = tuple(_copy_sheet(chunks, out, len(names)))
            names += [part.name for part in parts]
            yield OwnSheet(sheet.get("name", ""), parts, sheet.get("state", "visible") != "visible")
    for kind, limit in (("sharedStrings", _STRINGS), ("styles", _SMALL)):
        for target in [target for found, target in relations.values() if found == kind][:1]:
            with out.open(f"xl/{kind}.xml", "w") as part:
                for chunk in container.chunks(target, limit):
                    part.write(chunk)
    epoch = next((str(p.get("date1904")) for p in book.iterfind("{*}workbookPr") if p.get("date1904")), "0")
    _write_frame(out, names, epoch)


def _copy_sheet(chunks: Iterator[bytes], out: zipfile.ZipFile, number: int) -> Iterator[Part]:
    after, pieces = 0, _pieces(chunks)
    for at, (piece, cut) in enumerate(pieces):
        span = extent(piece, exact=cut)
        if cut and span.width and span.first <= after:
            raise Refused("baris lembar tidak berurutan; buka dengan Excel, lalu simpan ulang")
        part = Part(f"s{number + at}", after)
        out.writestr(f"xl/worksheets/{part.name}.xml", piece)
        yield part
        after = max(after, span.last)


def _pieces(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The sheet as sheets of about `PART` bytes, and whether it was cut at all."""
    held, cut, end, opening, merges = bytearray(), False, -1, None, MergeCells()
    for chunk in chunks:
        if end >= 0:
            merges.add(chunk)  # what else follows the rows is of no use, but counts against the limits
            continue
        held += chunk
        if len(held) < PART:
            continue
        opening = opening or _ROWS_BEGIN.search(bytes(held))
        if opening is None or b"<![CDATA[" in held:
            raise Refused("lembar tidak dapat dibaca sebagian demi sebagian; buka dengan Excel, lalu simpan ulang")
        if (end := held.find(b"</%bsheetData>" % opening[1])) >= 0:
            merges.add(held[end:])
            continue
        row = b"</%brow>" % opening[1]
        at = held.rfind(row) + len(row)
        if at <= opening.end():
            raise Refused("lembar memuat baris yang terlalu besar; buka dengan Excel, lalu simpan ulang")
        cut = True
        yield _closed(held[:at], opening[1]), cut
        held[opening.end() : at] = b""
    if opening is None:
        yield bytes(held), cut
        return
    if end < 0:
        if (end := held.find(b"</%bsheetData>" % opening[1])) < 0:
            raise Refused(TRUNCATED)
        merges.add(held[end:])
    yield _closed(held[:end], opening[1], merges.element()), cut


def _closed(rows: bytearray, prefix: bytes, merged: bytes = b"") -> bytes:
    """A sheet of its own: its beginning and some of its rows, then its merged cells."""
    return b"%b</%bsheetData>%b</%bworksheet>" % (bytes(rows), prefix, merged, prefix)


def _write_frame(out: zipfile.ZipFile, names: list[str], epoch: str) -> None:
    """The few parts that make sheets a workbook."""
    sheets = "".join(f'<sheet name="{name}" sheetId="{at}" r:id="r{at}"/>' for at, name in enumerate(names, 1))
    out.writestr(
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904={quoteattr(epoch)}/>'
        f"<sheets>{sheets}</sheets></workbook>",
    )
    targets = [(f"r{at}", "worksheet", f"worksheets/{name}.xml") for at, name in enumerate(names, 1)]
    targets += [("rs", "sharedStrings", "sharedStrings.xml"), ("rt", "styles", "styles.xml")]
    _write_relations(out, "xl/_rels/workbook.xml.rels", targets)
    _write_relations(out, "_rels/.rels", [("r1", "officeDocument", "xl/workbook.xml")])
    out.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')


def _write_relations(out: zipfile.ZipFile, name: str, targets: list[tuple[str, str, str]]) -> None:
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for key, kind, target in targets
    )
    out.writestr(name, f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>')


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
