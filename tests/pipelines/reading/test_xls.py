"""The old binary workbook."""

import struct
from collections.abc import Callable
from typing import Any

import pytest
from made_xls import book, cell, container, record

from pipelines.reading import Operator, Passwords
from pipelines.sources.dtks import SOURCE as DTKS

NIK, KK = "2104010101900001", "2104010101100001"
GOOD = b"nik;nokk;nama;desa\n" + f"{NIK};{KK};BUDI;RAYA\n".encode()


HEAD = b"".join(cell(1, column, word) for column, word in enumerate(["nik", "nokk", "nama", "desa"]))
ROW = cell(2, 0, float(NIK)) + cell(2, 1, KK) + cell(2, 2, "BUDI") + cell(2, 3, "RAYA")


def test_an_old_workbook(read: Callable[..., Any]) -> None:
    """Physical rows, text and numbers."""
    reading, rows = read(DTKS, {"a.xls": container(book(HEAD + ROW))})
    assert [str(failure) for failure in reading.failures] == []
    assert rows[["lembar", "baris", "jenis"]].values.tolist() == [["BNBA", 2, "kepala"], ["BNBA", 3, "data"]]
    assert rows.iloc[1][["nik", "no_kk", "nama", "sel_angka"]].tolist() == [NIK, KK, "BUDI", "nik"]


REFUSED = {
    "two cells far apart": (HEAD + ROW + cell(65_535, 65_535, "x"), "sel terpencil"),
    "dimensions that lie": (
        record(0x0200, struct.pack("<IIHHH", 0, 2**31, 0, 65_535, 0)) + HEAD + ROW,
        "sel terpencil",
    ),
    "a record beyond the end": (HEAD + ROW + struct.pack("<HH", 0x00FD, 2) + b"\0", "terpotong"),
}


@pytest.mark.parametrize(("cells", "pesan"), REFUSED.values(), ids=REFUSED)
def test_an_old_workbook_made_to_harm(read: Callable[..., Any], cells: bytes, pesan: str) -> None:
    """Calamine would make room for four billion cells."""
    reading, _ = read(DTKS, {"a.xls": container(book(cells)), "b.csv": GOOD})
    assert pesan in str(reading.failures[0])
    assert len(reading.files) == 1


def test_an_old_workbook_under_a_password(read: Callable[..., Any]) -> None:
    """Enciphered with RC4: no word of the office fits this one."""
    lock = record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(range(48)))
    content = container(book(HEAD + ROW, lock))
    (failure,) = read(DTKS, {"a.xls": content}, Operator(passwords=Passwords(("rahasia",), "sandi/dtks.txt")))[
        0
    ].failures
    assert "tidak cocok; tambahkan di sandi/dtks.txt" in str(failure)
