"""Workbooks: sheets, physical rows, the text of a cell."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from pipelines.reading.workbook import cell_text
from pipelines.sources.blt_dd import SOURCE as BLT_DD

NIK, KK = "2104010101900001", "2104010101100001"
HEAD = ["No", "Nama KPM", "NIK", "No. KK", "Tgl Lahir", "Jumlah (Rp)"]
CELLS = {
    " \u00a0BUDI ": "BUDI",
    2104010101900001.0: NIK,
    300000.0: "300000",
    -1.0: "-1",
    0.1: "0.1",
    1e-7: "0.0000001",
    1e22: "1" + "0" * 22,
    True: "TRUE",
    dt.date(1990, 1, 31): "1990-01-31",
    dt.datetime(1990, 1, 31, 7, 0): "1990-01-31",  # noqa: DTZ001
    dt.time(7, 30): "07:30:00",
}


@pytest.mark.parametrize(("cell", "text"), CELLS.items())
def test_cell_text(cell: Any, text: str) -> None:
    """Identifiers keep every digit, dates are ISO."""
    assert cell_text(cell) == text


def workbook(sheets: dict[str, list[list[Any]]], top: int = 0, left: int = 0, hidden: str = "") -> bytes:
    """A workbook whose sheets begin at row `top` and column `left`."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                sheet.write_row(top + row, left, cells)
            if name == hidden:
                sheet.hide()
    return out.getvalue()


@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 0), (0, 2), (7, 3)])
def test_physical_rows_of_a_form(read: Callable[..., Any], top: int, left: int) -> None:
    """Blank rows and columns before the table shift nothing."""
    form = [
        ["DAFTAR KPM BLT DANA DESA"], ["DESA RAYA KECAMATAN SINGKEP BARAT"], [], HEAD,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "BUDI", float(NIK), KK, dt.date(1990, 1, 31), 300000],
        [2, "SITI", "", float(KK), "31-01-1990", 300000],
        ["JUMLAH", "", "", "", "", 600000], [],
        ["", "", "", "", "Raya, 28 Mei 2024"], ["", "", "", "", "ABDUL"],
    ]  # fmt: skip
    _, rows = read(BLT_DD, {"BLT X.xlsx": workbook({"Sheet1": form}, top, left)})
    kinds = ["judul", "judul", "kepala", "nomor", "data", "data", "total", "tanda_tangan", "tanda_tangan"]
    assert rows["jenis"].tolist() == kinds
    assert rows["baris"].tolist() == [top + n for n in (1, 2, 4, 5, 6, 7, 8, 10, 11)]
    assert set(rows["judul_desa"]) == {"RAYA"}
    assert set(rows["judul_kecamatan"]) == {"SINGKEP BARAT"}
    data = rows[rows["jenis"] == "data"]
    assert data["nik"].tolist() == [NIK, ""]
    assert data["sel_angka"].tolist() == ["nik", "no_kk"]
    assert data["tanggal_lahir"].tolist() == ["1990-01-31", "31-01-1990"]
    assert data["nominal"].tolist() == ["300000", "300000"]


def test_all_sheets_are_read(read: Callable[..., Any]) -> None:
    """A sheet without a header holds notes, a hidden one too."""
    row = ["1", "BUDI", NIK, KK, "", ""]
    sheets = {
        "Dusun I": [HEAD, row],
        "Petunjuk": [["Isi"], [], ["semua kolom"]],
        "Dusun II": [HEAD, row],
        "Lain": [],
    }
    _, rows = read(BLT_DD, {"BLT Raya 06-2024.xlsx": workbook(sheets, hidden="Petunjuk")})
    found = list(zip(rows["lembar"], rows["baris"], rows["jenis"], strict=True))
    assert found == [
        ("Dusun I", 1, "kepala"), ("Dusun I", 2, "data"),
        ("Dusun II", 1, "kepala"), ("Dusun II", 2, "data"),
        ("Petunjuk", 1, "catatan"), ("Petunjuk", 3, "catatan"),
    ]  # fmt: skip
    assert rows["judul_desa"][0] == "Raya"
