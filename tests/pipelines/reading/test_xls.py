"""The old binary workbook: written here record by record, since nothing else in the project can."""

import struct
from collections.abc import Callable
from typing import Any

import pytest

from pipelines.reading import Operator, Passwords
from pipelines.sources.dtks import SOURCE as DTKS

NIK, KK = "2104010101900001", "2104010101100001"
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BEGIN_BOOK, BEGIN_SHEET = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6), struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 6)
GOOD = b"nik;nokk;nama;desa\n" + f"{NIK};{KK};BUDI;RAYA\n".encode()


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of BIFF."""
    return struct.pack("<HH", kind, len(content)) + content


def cell(row: int, column: int, value: str | float) -> bytes:
    """A cell of text or a number."""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, float):
        return record(0x0203, place + struct.pack("<d", value))
    return record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))


def book(cells: bytes, globals_: bytes = b"") -> bytes:
    """The stream of a workbook of one sheet."""
    name = record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 4, 0) + b"BNBA")
    start = len(record(0x0809, BEGIN_BOOK) + globals_ + name + record(0x000A))
    name = record(0x0085, struct.pack("<IBBBB", start, 0, 0, 4, 0) + b"BNBA")
    parts = record(0x0809, BEGIN_BOOK) + globals_ + name + record(0x000A)
    return parts + record(0x0809, BEGIN_SHEET) + cells + record(0x000A)


def container(stream: bytes) -> bytes:
    """An OLE file with the stream `Workbook`, of one sector of directory and one of FAT."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", FREE) * 108
    chain = [FAT, END, *range(3, 2 + sectors), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        title = name.encode("utf-16-le")
        fixed = title.ljust(64, b"\0") + struct.pack("<HBBIII", len(title) + 2, kind, 1, FREE, FREE, child)
        return fixed + bytes(36) + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 2, len(stream))
    return header + table + directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


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
