"""Every way a file can be unreadable, and that it stops no other file."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from made_files import locked, turned, workbook, zipped

from pipelines.reading import DropFile, UnreadableFile, read_source
from pipelines.reading.table import OWN_COLUMNS
from pipelines.sources.blt_dd import SOURCE as BLT_DD
from pipelines.sources.dtks import SOURCE as DTKS

NIK = "2104010101900001"
GOOD = f"nik;nokk;nama;desa\n{NIK};2104010101100001;BUDI;RAYA\n".encode()


def table(text: bytes) -> bytes:
    """A workbook of what stands in a text."""
    return workbook([line.split(";") for line in text.decode().splitlines()], names=["BNBA"])


SHEET = table(GOOD)
MOSTLY_UNKNOWN = re.sub(rb"(?m)$\n", b";P;Q;R;S;T;U\n", GOOD.replace(b"desa", b"desa;Gol, X"))
ASKED = (
    'kolom "Gol, X", "P", "Q", "R", "S", "T", "U" tidak dikenal: ganti namanya dengan nama yang lazim, atau '
    "tulis artinya di pemetaan/dtks.csv: baris pertamanya kolom,arti, lalu satu baris satu judul (arti abaikan bila "
    'tidak dipakai), misalnya "Gol, X",abaikan'
)

UNREADABLE = {
    "empty": (b"", "berkas kosong"),
    "blank": (b"\xef\xbb\xbf \r\n\r\n", "berkas kosong"),
    "header only": (GOOD.split(b"\n")[0] + b"\n", "tidak ada baris data"),
    "no header": (GOOD.split(b"\n")[1] + b"\n", "kepala tabel tidak ditemukan"),
    "unknown column": (GOOD.replace(b"desa", b"desa;zodiak"), 'baris 1: kolom "zodiak" tidak dikenal'),
    "most words unknown": (MOSTLY_UNKNOWN, f"baris 1: {ASKED}"),
    "most words unknown, workbook": (table(MOSTLY_UNKNOWN), f"lembar BNBA, baris 1: {ASKED}"),
    "required missing": (GOOD.replace(b"nokk", b"rt"), "baris 1: kolom wajib tidak ada: no_kk"),
    "pdf": (b"%PDF-1.7 ...", "dokumen PDF"),
    "jpeg": (b"\xff\xd8\xff\xe0 ...", "gambar JPEG"),
    "binary": (b"\x01\x02\x00\x03" * 50, "bukan tabel"),
    "html without table": (b"<html><p>Galat 500</p></html>", "tidak berisi tabel"),
    "html without header": (b"<html><table><tr><td>nik</td></tr></table></html>", "lembar Tabel 1: kepala tabel"),
    "xml": (b"<?xml version='1.0'?><urlset/>", "XML yang bukan tabel"),
    "docx": (zipped({"word/document.xml": b"<w/>"}), "dokumen Word"),
    "zip of nothing": (zipped({}), "tidak berisi daftar"),
    "zip in a zip": (zipped({"a.zip": zipped({"a.csv": GOOD})}), "b.xlsx/a.zip: arsip zip di dalam arsip zip"),
    "zip with damaged bytes": (turned(zipped({"a.csv": GOOD * 50}), 0.4), "terpotong atau rusak"),
    "xlsb": (zipped({"xl/workbook.bin": b"x"}), ".xlsb"),
    "truncated workbook": (SHEET[: len(SHEET) // 2], "terpotong atau rusak"),
    "damaged workbook": (zipped({"xl/workbook.xml": b"<x"}), "terpotong atau rusak"),
    "locked workbook": (locked(SHEET), "tulis kata sandinya di sandi/sandi.txt"),
    "workbook without header": (workbook([["BUDI", NIK]], names=["BNBA"]), "lembar BNBA: kepala tabel tidak ditemukan"),
    "workbook, unknown column": (
        workbook([["Judul"], ["nik", "nokk", "nama", "desa", "zodiak"]], names=["BNBA"]),
        'lembar BNBA, baris 2: kolom "zodiak"',
    ),
}  # fmt: skip


def test_a_file_named_after_a_person_is_said_without_the_number(read: Callable[..., Any]) -> None:
    """An identifier has no place in a message, wherever it stood."""
    reading, _ = read(DTKS, {f"{NIK}.csv": b""})
    assert str(reading.failures[0]).startswith("2024-06/dtks/....csv: ")


@pytest.mark.parametrize(("content", "pesan"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_file_is_named_and_stops_no_other(read: Callable[..., Any], content: bytes, pesan: str) -> None:
    """One sentence with file and fault, nothing of a person in it; the good files are read."""
    reading, rows = read(DTKS, {"a.csv": GOOD, "b.xlsx": content, "c.csv": GOOD})
    (failure,) = reading.failures
    assert str(failure).startswith("2024-06/dtks/b.xlsx")
    assert pesan in str(failure)
    assert NIK not in str(failure)
    assert reading.files["berkas"].tolist() == ["2024-06/dtks/a.csv", "2024-06/dtks/c.csv"]
    assert len(rows) == 4


@pytest.mark.parametrize("content", [GOOD, SHEET, zipped({"a.csv": GOOD}), zipped({"a.xlsx": SHEET})])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.xls", "a.zip", "a [1]*'.txt"])
def test_content_counts_not_the_name(read: Callable[..., Any], content: bytes, name: str) -> None:
    """An extension may lie, and a name may hold what a glob would expand."""
    reading, rows = read(DTKS, {name: content})
    assert not reading.failures
    assert rows["nik"].tolist() == [None, NIK]


def test_missing_file_and_no_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A file that vanished is a failure; of no file at all comes an empty table of the right shape."""
    target = tmp_path / "mentah.parquet"
    reading = read_source(DTKS, [DropFile(tmp_path / "x", "2024-06/dtks/x")], con, target, tmp_path)
    assert "tidak dapat dibuka" in str(reading.failures[0])
    table = con.read_parquet(str(target))
    assert table.columns[:3] == ["berkas", "lembar", "baris"]
    assert table.columns[len(OWN_COLUMNS) :] == [field.name for field in DTKS.fields]
    assert not table.fetchall()


def test_sentence_of_a_failure() -> None:
    """File, sheet, row, what is wrong."""
    assert str(UnreadableFile("a.xlsx", "rusak", "Sheet1", 3)) == "a.xlsx, lembar Sheet1, baris 3: rusak"
    assert str(UnreadableFile("a.xlsx", "rusak")) == "a.xlsx: rusak"


def test_a_desa_with_nobody_on_its_list_is_read(read: Callable[..., Any]) -> None:
    """A village may report NIHIL; its file counts and holds no row of a person."""
    nihil = workbook([["DAFTAR BLT DESA RAYA"], ["No", "Nama KPM", "NIK", "No. KK"], ["", "NIHIL", "", ""]])
    reading, rows = read(BLT_DD, {"BLT Raya.xlsx": nihil})
    assert not reading.failures
    assert len(reading.files) == 1
    assert rows["jenis"].tolist() == ["judul", "kepala", "nihil"]
