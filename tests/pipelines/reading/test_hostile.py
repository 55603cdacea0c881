"""Files that were made to harm: refused with a sentence, quickly, and in little memory."""

import io
import re
import resource
import struct
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from made_files import FIRST_SHEET, changed, workbook, zipped

from pipelines.sources.dtks import SOURCE as DTKS

# ruff: noqa: E501 - markup cut into short lines is hard to read

NIK, KK = "2104010101900001", "2104010101100001"
HEAD, ROW = ["nik", "nokk", "nama", "desa"], [NIK, KK, "BUDI", "RAYA"]
LIST = f"{';'.join(HEAD)}\n{';'.join(ROW)}\n".encode()
CONTENT = '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{}</table:table></office:spreadsheet></office:body></office:document-content>'
CELL = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
WIDE = CELL.format('table:number-columns-repeated="16384"')
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "ha" * 50
    + '">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcde", "bcdef", strict=True))
    + "]>"
)


def list_with(cells: dict[tuple[int, int], str]) -> bytes:
    """A workbook with a list, and these cells besides."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("S")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
        for (row, column), text in cells.items():
            sheet.write_string(row, column, text)
    return out.getvalue()


def understated(content: bytes, size: int) -> bytes:
    """An archive whose one member says that it is small."""
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = content.index(mark) + at
        content = content[:place] + struct.pack("<I", size) + content[place + 4 :]
    return content


def overlapping(members: int) -> bytes:
    """An archive whose directory names one content many times."""
    content = zipped({"a.csv": b"\0" * (8 << 20)})
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entry, size = content[start:end], (end - start) * members
    last = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, members, members, size, start, 0)
    return content[:start] + entry * members + last


ZEROS = b"\0" * (512 << 20)
BOOK = list_with({})
BOMBS = {
    "zip": lambda: zipped({"a.csv": ZEROS}),
    "zip that says it is small": lambda: understated(zipped({"a.csv": ZEROS}), 1000),
    "sheet": lambda: changed(BOOK, FIRST_SHEET, lambda sheet: sheet.replace(b"<sheetData>", b"<sheetData>" + ZEROS)),
    "shared strings": lambda: changed(BOOK, "xl/sharedStrings.xml", lambda part: part + ZEROS),
    "styles": lambda: changed(BOOK, "xl/styles.xml", lambda part: part + ZEROS),
    "workbook.xml": lambda: changed(BOOK, "xl/workbook.xml", lambda part: part + ZEROS),
    "ods": lambda: zipped({"content.xml": b"<x>" + ZEROS}),
    "overlapping": lambda: overlapping(900),
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_at_once(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """In a process of its own: two seconds and 150 MB above what the imports take."""
    (tmp_path / "bom.xlsx").write_bytes(content := make())
    assert len(content) < 1 << 20
    run = f"""
        import duckdb, resource, time
        from pathlib import Path
        from pipelines.reading import DropFile, read_source
        from pipelines.sources.dtks import SOURCE
        place = Path({str(tmp_path)!r})
        with duckdb.connect() as con:
            before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
            read = read_source(SOURCE, [DropFile(place / "bom.xlsx", "bom.xlsx")], con, place / "mentah", place)
            took = time.process_time() - start
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        print(took < 2, grown < 150, len(read.files), *read.failures, sep="|")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(run)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.match(r"True\|True\|0\|bom.xlsx(/[^:]*)?: .*(bom zip|terpotong)", done.stdout), done.stdout


def test_an_honest_file_of_ratio_120_is_read(read: Callable[..., Any]) -> None:
    """A list that repeats itself, larger than what is free of any ratio."""
    lines = LIST.split(b"\n")
    text = (
        lines[0] + b"\n" + b"".join(b"%d;%d;%s;RAYA\n" % (10**15 + n % 7, 10**15, b"BUDI" * 38) for n in range(370_000))
    )
    content = zipped({"a.csv": text})
    assert len(text) > 64 << 20
    assert len(text) / len(content) > 120
    reading, rows = read(DTKS, {"a.zip": content})
    assert not reading.failures
    assert len(rows) == 370_001


FAR = {
    "xlsx": (list_with({(1_048_575, 16_383): "x"}), "sel terpencil"),
    "xlsx, place in the cell only": (changed(BOOK, FIRST_SHEET, lambda s: s.replace(b"A2", b"XFD1048576")), "sel terpencil"),
    "xlsx, small letters": (changed(BOOK, FIRST_SHEET, lambda s: s.replace(b'"A2"', b'"xfd1048576"')), "sel terpencil"),
    "xlsx, attributes turned": (
        changed(BOOK, FIRST_SHEET, lambda s: s.replace(b'<c r="A2" t="s">', b'<c t="s" r="XFD1048576">')), "sel terpencil",
    ),
    "xlsx, another quote": (changed(BOOK, FIRST_SHEET, lambda s: s.replace(b'r="A2"', b"r = 'XFD1048576'")), "sel terpencil"),
    "xlsx, prefix": (
        changed(BOOK, FIRST_SHEET, lambda s: s.replace(b"<worksheet ", b'<worksheet xmlns:y="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ').replace(b"</sheetData>", b'<y:row r="1048576"><y:c r="XFD1048576"><y:v>1</y:v></y:c></y:row></sheetData>')),
        "sel terpencil",
    ),
    "xlsx, no places": (
        changed(BOOK, FIRST_SHEET, lambda s: s.replace(b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 16_384 + b'</row><row r="1048576"><c><v>1</v></c></row></sheetData>')),
        "sel terpencil",
    ),
    "ods, rows and columns": (
        zipped({"content.xml": CONTENT.format(f'<table:table-row table:number-rows-repeated="1048576">{WIDE}</table:table-row>').encode()}),
        "sel terpencil",
    ),
    "ods, far away": (
        zipped({"content.xml": CONTENT.format(f'<table:table-row>{CELL.format("")}</table:table-row><table:table-row table:number-rows-repeated="1048574"/><table:table-row><table:table-cell table:number-columns-repeated="16383"/>{CELL.format("")}</table:table-row>').encode()}),
        "sel terpencil",
    ),
    "html": (f"<table><tr>{'<td colspan=16000>x' * 300}</table>".encode(), "terlalu lebar"),
    "xml": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row ss:Index="99999999999"/></Table></Worksheet></Workbook>',
        "terpotong atau rusak",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "pesan"), FAR.values(), ids=FAR)
def test_a_cell_far_away_does_not_end_the_process(read: Callable[..., Any], content: bytes, pesan: str) -> None:
    """Calamine makes room for every cell between; it would ask for 550 GB and abort."""
    reading, _ = read(DTKS, {"a.xls": content, "b.csv": LIST})
    assert pesan in str(reading.failures[0])
    assert len(reading.files) == 1


def test_a_stray_cell_below_a_narrow_list_is_read(read: Callable[..., Any]) -> None:
    """Down to the last row that there is."""
    reading, rows = read(DTKS, {"a.xlsx": list_with({(1_048_575, 3): "x"})})
    assert not reading.failures
    assert rows["baris"].tolist() == [1, 2, 1_048_576]


XML = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>{}</Table></Worksheet></Workbook>'
XML_CELL = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
XML_LIST = "".join(f"<Row>{''.join(XML_CELL.format('', text) for text in row)}</Row>" for row in (HEAD, ROW))
XML_FAR = f"<Row>{XML_CELL.format('{}', 'x')}</Row><Row{{}}>{XML_CELL.format('', 'x')}</Row>"
PAGE_LIST = f"<tr><td>{'<td>'.join(HEAD)}<tr><td>{'<td>'.join(ROW)}"
BLANK = "<tr><td colspan=16000></td></tr>"
SPANS = {
    "xml, no number": (XML.format('<Row ss:Index="x"/>' + XML_LIST), "terpotong atau rusak"),
    "xml, below one": (XML.format('<Row ss:Index="-1"/>' + XML_LIST), "terpotong atau rusak"),
    "xml, a number of 5,000 digits": (XML.format(f'<Row ss:Index="{"9" * 5000}"/>' + XML_LIST), "terpotong atau rusak"),
    "xml, span no number": (XML.format(XML_LIST + '<Row ss:Span="x"/>'), "terpotong atau rusak"),
    "xml, span far": (XML.format(XML_LIST + '<Row ss:Span="2000000000"/>'), "terpotong atau rusak"),
    "xml, cell no number": (XML.format(XML_LIST + XML_FAR.format(' ss:Index="2.5"', "")), "terpotong atau rusak"),
    "xml, merge no number": (XML.format(XML_LIST + XML_FAR.format(' ss:MergeAcross="x"', "")), "terpotong atau rusak"),
    "xml, merge far": (XML.format(XML_LIST + XML_FAR.format(' ss:MergeAcross="16384"', "")), "terpotong atau rusak"),
    "xml, wide and long": (
        XML.format(XML_LIST + XML_FAR.format(' ss:Index="16000"', ' ss:Index="1048576"')),
        "sel terpencil",
    ),
    "xml, wide but blank": (
        XML.format(XML_LIST + '<Row><Cell ss:Index="16000"/></Row>' + '<Row ss:Span="9"><Cell ss:MergeAcross="16000"/></Row>' * 300), "",
    ),
    "html, wide but blank": (f"<table>{PAGE_LIST}{BLANK * 3000}</table>", ""),
    "html, wide and long": (f"<table>{PAGE_LIST}{'<tr><td colspan=16000><td>x' * 3000}</table>", "kolom ke-16001 berisi tetapi tidak berjudul"),
    "html, tall": (f"<table>{PAGE_LIST}<tr><td colspan=16000 rowspan=16000>{'<tr>' * 9000}</table>", "sel terpencil"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "pesan"), SPANS.values(), ids=SPANS)
def test_what_spans_far_takes_neither_time_nor_memory(read: Callable[..., Any], content: str, pesan: str) -> None:
    """Refused, or blank and read; the other file of the source is read all the same."""
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    reading, rows = read(DTKS, {"a.xls": content.encode(), "b.csv": LIST})
    assert time.process_time() - start < 4
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 << 10
    assert len(reading.failures) == bool(pesan)
    assert all(pesan in str(failure) for failure in reading.failures), reading.failures
    assert rows["nama"].dropna().tolist() == ["BUDI"] * (1 if pesan else 2)


ENTITIES = {
    "sheet": changed(
        BOOK,
        FIRST_SHEET,
        lambda s: s.replace(b"<worksheet", LAUGHS.encode() + b"<worksheet").replace(b"<v>0</v>", b"<v>&f;</v>"),
    ),
    "shared strings": changed(
        BOOK,
        "xl/sharedStrings.xml",
        lambda s: s.replace(b"<sst", LAUGHS.encode() + b"<sst").replace(b">BUDI<", b">&f;<"),
    ),
    "workbook.xml": changed(
        BOOK,
        "xl/workbook.xml",
        lambda s: s.replace(b"<workbook", LAUGHS.encode() + b"<workbook").replace(b'name="S"', b'name="&f;"'),
    ),
    "ods": zipped(
        {
            "content.xml": (
                LAUGHS + CONTENT.format(f"<table:table-row>{CELL.format('').replace('x</', '&f;</')}</table:table-row>")
            ).encode()
        }
    ),
    "xml": LAUGHS.encode()
    + b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row><Cell><Data ss:Type="String">&f;</Data></Cell></Row></Table></Worksheet></Workbook>',
    "html": (LAUGHS + "<html><table><tr><td>nik<td>nokk<td>nama<td>desa<tr><td>&f;</table></html>").encode(),
    "file of the machine": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row><Cell><Data ss:Type="String">&f;</Data></Cell></Row></Table></Worksheet></Workbook>',
}


@pytest.mark.parametrize("content", ENTITIES.values(), ids=ENTITIES)
def test_entities_are_not_expanded(read: Callable[..., Any], content: bytes) -> None:
    """Refused, or left as they are written; in no time and no memory."""
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    reading, rows = read(DTKS, {"a.xls": content})
    assert time.process_time() - start < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 << 10
    if not reading.failures:
        assert not rows.astype(str).apply(lambda column: column.str.contains("haha|root:")).any(axis=None)


def test_links_and_macros_reach_no_parser(read: Callable[..., Any]) -> None:
    """What lies in the container besides cells is not even unpacked."""
    linked = changed(
        BOOK,
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        lambda _: (
            b'<Relationships><Relationship Id="rId1" Target="file://192.0.2.1/a.xlsx" TargetMode="External"/></Relationships>'
        ),
    )
    armed = changed(linked, "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0" * 999)
    sheets = changed(
        armed,
        "xl/_rels/workbook.xml.rels",
        lambda s: s.replace(
            b"</Relationships>",
            b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
        ),
    )
    reading, rows = read(DTKS, {"a.xlsm": sheets})
    assert not reading.failures
    assert rows["nama"].tolist() == [None, "BUDI"]


def test_a_megabyte_in_a_cell(read: Callable[..., Any]) -> None:
    """Text, workbook and page: read, and it is the cell's own matter."""
    long = "x" * (1 << 20)
    files = {
        "a.csv": LIST.replace(b"BUDI", long.encode()),
        "b.xlsx": changed(BOOK, "xl/sharedStrings.xml", lambda s: s.replace(b"BUDI", long.encode())),
        "c.xls": f"<table><tr><td>nik<td>nokk<td>nama<td>desa<tr><td>{NIK}<td>{KK}<td>{long}<td>RAYA</table>".encode(),
    }
    reading, rows = read(DTKS, files)
    assert not reading.failures
    assert rows["nama"].dropna().str.len().tolist() == [1 << 20] * 3


def test_what_is_unseen_stays_out_of_messages(read: Callable[..., Any]) -> None:
    """Marks that turn text around, control characters, and a number with something unseen between its digits."""
    book = workbook([[*HEAD, "zod\u202eiak\u0007\u200f"]], names=("BNBA\u202e\u200b2104\u200b010101",))
    (failure,) = read(DTKS, {"a\u202egpj.xlsx": book})[0].failures
    assert str(failure).startswith('2024-06/dtks/agpj.xlsx, lembar BNBA..., baris 1: kolom "zodiak" tidak dikenal')


def test_unseen_characters_in_cells_are_text(read: Callable[..., Any]) -> None:
    """They change neither rows nor columns."""
    name = "BU\u202eDI\u0001\u007f\u2028X"
    _, rows = read(DTKS, {"a.csv": LIST.replace(b"BUDI", name.encode())})
    assert rows["nama"].tolist() == [None, name]


def test_a_page_that_is_deep(read: Callable[..., Any]) -> None:
    """Refused, or read whole: never read in part."""
    deep = "<div>" * 50_000 + "<table><tr><td>nik<td>nokk<td>nama<td>desa<tr><td>1<td>2<td>3<td>4</table>"
    reading, rows = read(DTKS, {"a.xls": f"<html>{deep}".encode()})
    assert reading.failures or len(rows) == 2
