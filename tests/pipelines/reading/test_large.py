"""Large files in bounded memory: a sheet is read in parts, and what it holds does not show where it was cut."""

import io
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from made_files import FIRST_SHEET, changed

from pipelines.reading import Operator, inflate, own_copy
from pipelines.sources.dtks import SOURCE as DTKS

HEAD = ["nik", "nokk", "nama", "desa"]


def workbook(rows: int, inline: bool = False) -> bytes:
    """A workbook with titles, gaps, and so many people in each."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": inline}) as book:
        for name in ("Dusun I", "Dusun II"):
            sheet = book.add_worksheet(name)
            sheet.write_row(3, 0, HEAD)
            for n in range(rows):
                person = [f"210401010190{n:04d}", f"2104010102{n:06d}", f"REKAAN {n % 7}", "RAYA"]
                sheet.write_row(5 + n + n // 10, 0, person)
            sheet.merge_range(rows * 2, 0, rows * 2, 3, "Lurah Raya")
    return out.getvalue()


def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, a part is small, and so is what is unpacked at once."""
    monkeypatch.setattr(own_copy, "PART", 20_000)
    monkeypatch.setattr(inflate, "_CHUNK", 3_000)


def prefixed(sheet: bytes) -> bytes:
    """The same sheet in other words: every element under a prefix."""
    sheet = (
        sheet.replace(b"</", b"</x:").replace(b"<", b"<x:").replace(b"<x:/x:", b"</x:").replace(b"<x:?xml", b"<?xml")
    )
    return sheet.replace(b" xmlns=", b" xmlns:x=")


BOOK = workbook(1500)
WAYS = {"shared": BOOK, "inline": workbook(1500, inline=True), "prefix": changed(BOOK, FIRST_SHEET, prefixed)}


@pytest.mark.parametrize("content", WAYS.values(), ids=WAYS)
def test_a_sheet_in_parts_is_the_same_sheet(
    read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes
) -> None:
    """Rows, their physical numbers and kinds."""
    _, whole = read(DTKS, {"a.xlsx": content})
    assert len(whole) == 2 * 1502
    in_parts(monkeypatch)
    assert len(own_copy.own_copy(tmp_path / "kiriman" / "a.xlsx", tmp_path / "salinan.xlsx")[0].parts) > 9
    _, parts = read(DTKS, {"a.xlsx": content})
    assert parts.equals(whole)


# ruff: noqa: E501 - a change of markup in one line
CUT = {
    "rows that do not ascend": (lambda sheet: sheet.replace(b'<row r="1200"', b'<row r="7"').replace(b"1200", b"7"), "tidak berurutan"),
    "one endless row": (lambda sheet: sheet.replace(b"</row>", b"").replace(b"</sheetData>", b"</row></sheetData>"), "terlalu besar"),
    "text between marks": (lambda sheet: sheet.replace(b"<v>1</v>", b"<v><![CDATA[1]]></v>"), "sebagian demi sebagian"),
    "no end": (lambda sheet: sheet[: len(sheet) * 3 // 4], "terpotong"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "pesan"), CUT.values(), ids=CUT)
def test_a_sheet_that_cannot_be_cut_is_refused(
    read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, change: Callable[[bytes], bytes], pesan: str
) -> None:
    """Rather than read with a row lost."""
    in_parts(monkeypatch)
    (failure,) = read(DTKS, {"a.xlsx": changed(BOOK, FIRST_SHEET, change)})[0].failures
    assert pesan in str(failure)


def test_progress_is_told_and_names_nobody(read: Callable[..., Any]) -> None:
    """A path and a count, at least every 100,000 rows."""
    told = list[tuple[str, int]]()
    text = "nik;nokk;nama;desa\n" + "2104010101900001;2104010101100001;BUDI;RAYA\n" * 250_000
    read(DTKS, {"a.csv": text.encode()}, Operator(tell=lambda *said: told.append(said)))
    assert {berkas for berkas, _ in told} == {"2024-06/dtks/a.csv"}
    counts = [0, *(rows for _, rows in told)]
    assert counts[-1] == 250_001
    assert max(b - a for a, b in pairwise(counts)) <= 100_001


@pytest.mark.slow
def test_a_large_sheet_is_not_held_whole(tmp_path: Path) -> None:
    """400,000 rows, for which calamine alone takes 390 MiB."""
    cell = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    with zipfile.ZipFile(io.BytesIO(workbook(1))) as old, zipfile.ZipFile(tmp_path / "a.xlsx", "w", 8) as new:
        for name in old.namelist():
            if name != FIRST_SHEET:
                new.writestr(name, old.read(name))
        with new.open(FIRST_SHEET, "w") as sheet:
            sheet.write(old.read(FIRST_SHEET).split(b"<sheetData>")[0] + b"<sheetData>")
            for n in range(400_000):
                words = HEAD if n == 0 else [f"2104010{n:09d}", f"2104020{n:09d}", f"REKAAN {n}", "RAYA"]
                cells = "".join(cell.format(column, n + 1, word) for column, word in zip("ABCD", words, strict=True))
                beside = [f"isi {n}"] * 6 if n else ["alamat", "dusun", "rt", "rw", "pekerjaan", "keterangan"]
                extra = "".join(cell.format(c, n + 1, text) for c, text in zip("EFGHIJ", beside, strict=True))
                sheet.write(f'<row r="{n + 1}">{cells}{extra}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
    run = f"""
        import duckdb, resource
        from pathlib import Path
        from pipelines.reading import DropFile, read_source
        from pipelines.sources.dtks import SOURCE
        place = Path({str(tmp_path)!r})
        with duckdb.connect() as con:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            read = read_source(SOURCE, [DropFile(place / "a.xlsx", "a.xlsx")], con, place / "mentah", place)
        assert read.files.dibaca.tolist() == [400_003], read.failures
        print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
    """
    command = [sys.executable, "-c", textwrap.dedent(run)]
    done = subprocess.run(command, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True, check=True)
    assert int(done.stdout) < 260
