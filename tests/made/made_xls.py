"""The old binary workbook, written record by record, since nothing else in the project can."""

import struct
from collections.abc import Mapping

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
BEGIN_BOOK, BEGIN_SHEET = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6), struct.pack("<HHHHII", 0x600, 16, 0, 0, 0, 6)


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
    return books({"BNBA": (cells, False)}, globals_)


def books(sheets: Mapping[str, tuple[bytes, bool]], globals_: bytes = b"") -> bytes:
    """The stream of a workbook of several: name -> cells, and whether it is hidden."""
    bodies = [record(0x0809, BEGIN_SHEET) + cells + record(0x000A) for cells, _ in sheets.values()]
    names = b""
    for _ in range(2):  # where the first sheet begins follows from the length of the names
        start, names = len(record(0x0809, BEGIN_BOOK) + globals_ + names + record(0x000A)), b""
        for place, (name, (_, hidden)) in enumerate(sheets.items()):
            at = start + sum(map(len, bodies[:place]))
            names += record(0x0085, struct.pack("<IBBBB", at, hidden, 0, len(name), 0) + name.encode())
    return record(0x0809, BEGIN_BOOK) + globals_ + names + record(0x000A) + b"".join(bodies)


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
