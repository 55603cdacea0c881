"""One list in every format that offices send: the same rows under the same physical numbers."""

# ruff: noqa: E501 - markup cut into short lines is hard to read

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from made_files import locked
from made_markup import html, ods, ods_row, sheet_xml

from pipelines.reading import Operator, Passwords
from pipelines.sources.dtks import SOURCE as DTKS

NIK, KK = "2104010101900001", "2104010101100001"
HEAD = ["nik", "nokk", "nama", "desa", "kecamatan"]
ROWS = [
    ["DAFTAR", "", "", "", ""],
    [],
    HEAD,
    [NIK, KK, "BUDI & <ANI>", "RAYA", "001"],
    [],
    [NIK, KK, "SITI", "RAYA", "2"],
]
EXPECTED = [(1, "judul", None, None), (3, "kepala", None, None), (4, "data", NIK, "001"), (6, "data", NIK, "2")]


def xlsx(rows: list[list[Any]] = ROWS, hide: bool = False) -> bytes:
    """A workbook; its rows hidden or not."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("BNBA")
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
            if hide:
                sheet.set_row(row, None, None, {"hidden": True})
    return out.getvalue()


FORMATS = {
    "xlsx": xlsx(),
    "xlsx, rows hidden": xlsx(hide=True),
    "xlsx, backslashes": b"",
    "ods": ods("".join(map(ods_row, ROWS))),
    "ods, hidden rows": ods("".join(ods_row(row, 'table:visibility="collapse"') for row in ROWS)),
    "ods, blanks to the end": ods(
        "".join(map(ods_row, ROWS))
        + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ),
    "html": html(ROWS).encode(),
    "html, utf-16": html(ROWS).encode("utf-16"),
    "html, upper case": html(ROWS).upper().replace("&AMP;", "&amp;").replace("&LT;", "&lt;").replace("&GT;", "&gt;").encode(),
    "xml": sheet_xml(ROWS).encode(),
    "xml, bom": sheet_xml(ROWS).encode("utf-8-sig"),
    "locked": locked(xlsx(), "rahasia"),
    "locked, Excel's own word": locked(xlsx(), "VelvetSweatshop"),
}  # fmt: skip
FORMATS["xlsx, backslashes"] = FORMATS["xlsx"].replace(b"xl/worksheets/", b"xl\\worksheets/")


@pytest.mark.parametrize("name", ["a.xls", "a.csv"])
@pytest.mark.parametrize("content", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same_rows(read: Callable[..., Any], content: bytes, name: str) -> None:
    """Physical rows, leading zeros, entities; whatever the file is called."""
    reading, rows = read(DTKS, {name: content}, Operator(passwords=Passwords(("salah", "rahasia"))))
    assert [str(failure) for failure in reading.failures] == []
    assert list(rows[["baris", "jenis", "nik", "kecamatan"]].itertuples(index=False, name=None)) == EXPECTED
    assert rows["nama"][2] == "BUDI & <ANI>"


def test_a_wrong_password_is_said_with_its_place(read: Callable[..., Any]) -> None:
    """Where to put it, and nothing of those that were tried."""
    operator = Operator(passwords=Passwords(("salah", "keliru"), "sandi/dtks.txt"))
    (failure,) = read(DTKS, {"a.xlsx": FORMATS["locked"]}, operator)[0].failures
    assert "kata sandi di sana tidak cocok; tambahkan di sandi/dtks.txt" in str(failure)
    assert "salah" not in str(failure) and "keliru" not in repr(operator)


PAGES = {
    "merged header": (
        "<tr><th rowspan=2>nik<th rowspan='2'>nama<th colspan=2>Nomor<th rowspan=2>desa<th rowspan=2>kecamatan</tr>"
        f"<tr><th>KK<th>RT</tr><tr><td>{NIK}<td>BUDI<td>{KK}<td>002<td>RAYA<td>001</tr>",
        {"nik": NIK, "kecamatan": "001", "no_kk": KK, "desa": "RAYA"},
    ),
    "numbers of Excel": (
        "<tr><td>nik</td><td>nokk</td><td>nama</td><td>desa</td></tr>"
        f'<tr><td x:num="{NIK}">2,10401E+15</td><td sdval="{KK}" sdnum="1057;">2,1E+15</td><td>B</td><td>R</td></tr>',
        {"nik": NIK, "no_kk": KK, "sel_angka": "nik no_kk"},
    ),
    "numbers that are dates": (
        "<tr><td>nik</td><td>nokk</td><td>nama</td><td>desa</td><td>tanggal_lahir</td></tr>"
        f'<tr><td x:num="{NIK}">{NIK}</td><td x:str>{KK}</td><td x:num="nan">B</td><td>R</td><td x:num="32904">31/01/1990</td></tr>',
        {"nik": NIK, "no_kk": KK, "sel_angka": "nik", "tanggal_lahir": "31/01/1990"},
    ),
    "tags in cells": (
        "<tr><td>nik</td><td>nokk</td><td>nama</td><td>desa</td></tr>"
        f"<tr><td>{NIK}</td><td>{KK}<td><b>BU</b>DI<br>A&nbsp;B<script>x</script><!-- c --></td><td><a href=x>RAYA</a></td></tr>",
        {"nama": "BUDI A\u00a0B", "desa": "RAYA", "no_kk": KK},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "cells"), PAGES.values(), ids=PAGES)
def test_pages(read: Callable[..., Any], table: str, cells: dict[str, str]) -> None:
    """Spans, numbers that are shown rounded, and what stands in a cell besides text."""
    _, rows = read(DTKS, {"a.xls": f"<table>{table}</table>".encode()})
    assert rows[rows["jenis"] == "data"].iloc[0][list(cells)].to_dict() == cells


def test_each_table_of_a_page_is_a_sheet(read: Callable[..., Any]) -> None:
    """A table inside a cell is one of its own, and its words are not said twice; the page says its encoding."""
    inner = "<table><tr><td>nik<td>nokk<td>nama<td>desa</tr><tr><td>{}<td>{}<td>JOSÉ<td>RAYA</tr></table>"
    page = f"<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><table><tr><td>Judul {inner.format(NIK, KK)}</td></tr></table>"
    _, rows = read(DTKS, {"a.xls": page.encode("cp1252")})
    found = list(zip(rows["lembar"], rows["baris"], rows["jenis"], rows["nama"], strict=True))
    assert found == [
        ("Tabel 1", 1, "catatan", None), ("Tabel 2", 1, "kepala", None), ("Tabel 2", 2, "data", "JOSÉ"),
    ]  # fmt: skip


def test_cells_of_an_ods(read: Callable[..., Any]) -> None:
    """Repeated rows and columns, dates, truths, numbers, merged cells."""
    kinds = [
        f'<table:table-cell office:value-type="float" office:value="{NIK}"><text:p>2,1E+15</text:p></table:table-cell>',
        f'<table:table-cell office:value-type="string"><text:p>{KK}</text:p></table:table-cell>',
        '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>BUDI</text:p></table:table-cell>',
        "<table:covered-table-cell/>",
        '<table:table-cell office:value-type="date" office:date-value="1990-01-31"><text:p>31/1</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string" table:number-columns-repeated="2"><text:p>007</text:p></table:table-cell>',
    ]
    head = ods_row(
        ["nik", "nokk", "nama", "desa", "tanggal_lahir", "rt", "kecamatan"], 'table:number-rows-repeated="1"'
    )
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    twice = f'<table:table-row table:number-rows-repeated="2">{"".join(kinds)}</table:table-row>'
    _, rows = read(DTKS, {"a.ods": ods(head + blank + twice)})
    assert rows["baris"].tolist() == [1, 5, 6]
    data = rows.iloc[1]
    assert (data["nik"], data["sel_angka"], data["tanggal_lahir"]) == (NIK, "nik", "1990-01-31")
    assert (data["no_kk"], data["nama"], data["desa"], data["kecamatan"]) == (KK, "BUDI", "", "007")


def test_cells_of_sheet_xml(read: Callable[..., Any]) -> None:
    """Types, skipped cells, merged cells, repeated rows."""
    cells = (
        f'<Cell><Data ss:Type="Number">{NIK}</Data></Cell><Cell ss:Index="3" ss:MergeAcross="1"><Data ss:Type="String">BUDI'
        '</Data></Cell><Cell><Data ss:Type="DateTime">1990-01-31T00:00:00.000</Data></Cell>'
    )
    head = sheet_xml([["nik", "nokk", "nama", "desa", "tanggal_lahir"]])
    content = head.replace("</Table>", f'<Row ss:Index="4" ss:Span="1">{cells}</Row><Row>{cells}</Row></Table>')
    _, rows = read(DTKS, {"a.xls": content.encode()})
    assert rows["baris"].tolist() == [1, 4, 6]
    data = rows.iloc[1]
    assert (data["nik"], data["no_kk"], data["nama"], data["desa"]) == (NIK, "", "BUDI", "")
    assert (data["sel_angka"], data["tanggal_lahir"]) == ("nik", "1990-01-31")


def test_a_formula_gives_its_last_value(read: Callable[..., Any]) -> None:
    """And text that looks like one stays text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("=1+1")
        sheet.write_row(0, 0, HEAD)
        sheet.write_formula(1, 0, '="2104"&A9', None, NIK)
        sheet.write_string(1, 1, KK)
        sheet.write_string(1, 2, "=cmd|' /C calc'!A0")
        sheet.write_string(1, 3, "'; DROP TABLE orang; --")
    _, rows = read(DTKS, {"a.xlsx": out.getvalue()})
    assert rows.iloc[1][["nik", "nama", "desa"]].tolist() == [NIK, "=cmd|' /C calc'!A0", "'; DROP TABLE orang; --"]
