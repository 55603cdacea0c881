"""Damaged files: each is refused with one sentence or read to the last row that it has, and the others go on."""

import datetime as dt
import io
from collections.abc import Callable
from html import escape
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import FIRST_SHEET, locked, parts_of, turned, without, workbook, zipped

from pipelines.reading import DropFile, read_source
from pipelines.sources.dtks import SOURCE as DTKS

HEAD = ["nik", "nokk", "nama", "desa", "kecamatan"]
PEOPLE = [[f"21040101019{n:05d}", f"21040101011{n:05d}", f"REKAAN {n}", "RAYA", "LINGGA"] for n in range(300)]
NAMED = ("21040101019", "21040101011", "REKAAN")
GOOD = "\n".join(";".join(row) for row in [HEAD, *PEOPLE[:3]]).encode()
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(rows: list[list[str]]) -> bytes:
    """An OpenDocument workbook."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(cell.format(escape(c)) for c in row)}</table:table-row>" for row in rows
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{lines}</table:table>'
    text = f"<office:document-content {NAMESPACES}>{body}</office:spreadsheet></office:body></office:document-content>"
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": text.encode()})


def page(rows: list[list[str]]) -> bytes:
    """A page of HTML."""
    lines = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in rows)
    return f"<html><body><table>{lines}</table></body></html>".encode()


TEXT, BOOK = "\n".join(";".join(row) for row in [HEAD, *PEOPLE]).encode(), workbook([HEAD, *PEOPLE])
ODS, PAGE, ZIP = ods([HEAD, *PEOPLE]), page([HEAD, *PEOPLE]), zipped({"a.csv": TEXT, "b.xlsx": BOOK})
LOCKED, WIDE = locked(BOOK), TEXT.decode().encode("utf-16")

# What must be refused: None is read in part where a part is missing.
DAMAGED = {
    "empty": b"", "blank": b" \r\n\t", "nul": bytes(9000), "one byte": b"P", "two bytes": b"PK",
    "signature only": b"PK\3\4",
    **{f"xlsx cut at {part}": BOOK[: int(len(BOOK) * part)] for part in (0.01, 0.3, 0.5, 0.9, 0.999)},
    **{f"xlsx turned at {part}": turned(BOOK, part) for part in (0.1, 0.4, 0.6)},
    "xlsx without sheets": workbook([]), "xlsx without its sheet": without(BOOK, FIRST_SHEET),
    "xlsx without strings": without(BOOK, "xl/sharedStrings.xml"),
    "xlsx without book": without(BOOK, "xl/workbook.xml"),
    "xlsx without relations": without(BOOK, "xl/_rels/workbook.xml.rels"), "xlsx, header only": workbook([HEAD]),
    **{f"ods cut at {part}": ODS[: int(len(ODS) * part)] for part in (0.3, 0.7)},
    "ods turned": turned(ODS, 0.5), "ods without content": without(ODS, "content.xml"), "ods, header only": ods([HEAD]),
    "html cut": PAGE[: len(PAGE) // 2], "html, header only": page([HEAD]), "html without rows": page([]),
    "text, header only": ";".join(HEAD).encode(), "text without header": TEXT.split(b"\n", 1)[1],
    "utf-16 of odd length": WIDE[:-1], "utf-16 without its mark, odd": WIDE[2:-1],
    "zip cut": ZIP[: len(ZIP) // 2], "zip without directory": ZIP[: ZIP.index(b"PK\1\2")],
    "locked, cut": LOCKED[: len(LOCKED) // 2], "locked, turned": turned(LOCKED, 0.05, 900),
    "ole, nothing else": LOCKED[:512],
    "pdf": b"%PDF-1.4 " + TEXT, "picture": b"\xff\xd8\xff" + TEXT, "binary": bytes(n * n % 251 for n in range(5000)),
}  # fmt: skip


def said_nothing_of_a_person(sentence: str) -> bool:
    """No cell of the list stands in it."""
    return not any(name in sentence for name in NAMED)


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_refused(read: Callable[..., Any], content: bytes) -> None:
    """One sentence without a cell in it; the files beside it are read."""
    reading, rows = read(DTKS, {"a.csv": GOOD, "b.xlsx": content, "c.csv": GOOD})
    (failure,) = reading.failures
    assert str(failure).startswith("2024-06/dtks/b.xlsx") and ": " in str(failure)
    assert said_nothing_of_a_person(str(failure))
    assert failure.__cause__ is None and failure.__context__ is None
    assert reading.files.dibaca.tolist() == [4, 4]
    assert len(rows) == 8


def test_a_member_that_is_damaged_is_refused_alone(read: Callable[..., Any]) -> None:
    """All damaged files in one archive with two good ones."""
    members = {f"{at:02d}.xlsx": content for at, content in enumerate(DAMAGED.values())}
    reading, _ = read(DTKS, {"k.zip": zipped({"a.csv": GOOD, **members, "z.csv": GOOD})})
    assert len(reading.failures) == len(members)
    assert reading.files.dibaca.tolist() == [4, 4]


STARTS = {"text": TEXT, "xlsx": BOOK, "ods": ODS, "page": PAGE, "zip": ZIP, "locked": LOCKED, "utf-16": WIDE}


def never_crashes(con: duckdb.DuckDBPyConnection, content: bytes) -> None:
    """Read, or refused with a sentence; the ledger counts the rows that are there."""
    with TemporaryDirectory() as name:
        place = Path(name)
        (place / "a").write_bytes(content)
        (place / "b").write_bytes(GOOD)
        work, target = place / "kerja", place / "mentah.parquet"
        work.mkdir()
        files = [DropFile(place / file, f"2024-06/dtks/{file}") for file in "ab"]
        reading = read_source(DTKS, files, con, target, work)
        assert not list(work.iterdir())
        counted = con.read_parquet(str(target)).count("*").fetchall()[0][0]
        assert reading.files.dibaca.sum() == counted
        assert "2024-06/dtks/b" in set(reading.files.berkas)
        assert all(said_nothing_of_a_person(str(failure)) for failure in reading.failures)


def damage(content: bytes, seed: int) -> bytes:
    """Cut, turned over, doubled or filled up somewhere."""
    chance = Random(seed)
    for _ in range(chance.randint(1, 3)):
        at, size = chance.randrange(len(content) + 1), chance.randrange(1, 200)
        content = chance.choice((
            lambda c=content, a=at: c[:a],
            lambda c=content, a=at, s=size: c[:a] + bytes(255 - b for b in c[a : a + s]) + c[a + s :],
            lambda c=content, a=at, s=size: c[:a] + chance.randbytes(s) + c[a + s :],
            lambda c=content, a=at, s=size: c[: a + s] + c[a:],
            lambda c=content, a=at, s=size: c[:a] + bytes(s) + c[a + s :],
        ))()  # fmt: skip
    return content


@pytest.mark.parametrize("content", STARTS.values(), ids=STARTS)
def test_random_damage(con: duckdb.DuckDBPyConnection, content: bytes) -> None:
    """Forty files of each format."""
    for seed in range(40):
        never_crashes(con, damage(content, seed))


def test_random_damage_inside_a_container(con: duckdb.DuckDBPyConnection) -> None:
    """Whole zips with damaged XML: what no checksum shows."""
    for container in (BOOK, ODS):
        parts = parts_of(container)
        for seed in range(60):
            name = sorted(parts)[seed % len(parts)]
            never_crashes(con, zipped({**parts, name: damage(parts[name], seed)}))


anything = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(categories=["Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp", "Mn", "So"]), max_size=10),
    st.sampled_from(["=1+1", "@x", "'; DROP TABLE orang; --", "###", "JUMLAH", '"', ";", "\r\n", "\0", "\u202e"]),
    st.integers().map(str), st.floats().map(str), st.dates().map(str), st.decimals(allow_nan=False).map(str),
)  # fmt: skip
fuzzed = st.lists(st.lists(anything, min_size=5, max_size=5), min_size=20, max_size=20)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(fuzzed)
def test_fuzzed_cells_of_text(con: duckdb.DuckDBPyConnection, rows: list[list[str]]) -> None:
    """10,000 cells of any characters: no crash, and every line is accounted for."""
    lines = [";".join(cell.replace(";", ",") for cell in row) for row in [HEAD, *rows, PEOPLE[0]]]
    never_crashes(con, "\n".join(lines).encode("utf-8", "surrogatepass"))


FIRST_DAY = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - a day of Excel's, whose 1900 was a leap year
numbers = st.one_of(
    anything, st.floats(allow_nan=False, allow_infinity=False), st.integers(-(10**18), 10**18), st.booleans(),
    st.datetimes(FIRST_DAY),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(numbers, min_size=5, max_size=5), min_size=20, max_size=20))
def test_fuzzed_cells_of_a_workbook(con: duckdb.DuckDBPyConnection, rows: list[list[Any]]) -> None:
    """10,000 cells: text as it was, row for row; numbers, dates and truths without a crash."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEAD, *rows, PEOPLE[0]]):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write
                write(at, column, cell)
    never_crashes(con, out.getvalue())
