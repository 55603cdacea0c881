"""A file comes out to its end, by a count that is not the reader's; where it does not, it is refused by name."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import pandas as pd
import pytest
from made_files import workbook
from made_markup import html, ods, ods_row

from pipelines.reading import own_copy, sheets, table
from pipelines.reading.table import Row
from pipelines.sources.blt_dd import SOURCE as BLT_DD
from pipelines.sources.dtks import SOURCE as DTKS

HEAD = ["nik", "nokk", "nama", "desa", "alamat"]
PEOPLE = [[f"21040101019000{n:02}", "2104010101100001", f"TOKOH {n}", "RAYA", "JL. X"] for n in range(10)]
GRID = [["DAFTAR"], [], HEAD, *PEOPLE[:4], [], *PEOPLE[4:], ["Mengetahui,", "", "", "", ""]]
TEXT = "\n".join(";".join(row) for row in GRID)
# The last person's record goes on in lines that are nobody's, with as many separators and with numbers.
LONG = TEXT + '\n2104010101900011;2104010101100001;TOKOH;RAYA;"JL. X; RT 1; RW 2; KP. Y; Z\nHP 0812-0000; ; ; ; -"\n'

FILES = {
    "text": ("a.csv", TEXT.encode(), len(GRID)),
    "text, blank lines below": ("a.csv", f"{TEXT}\n\n;;;;\n\n".encode(), len(GRID) + 3),
    "text, a record of several lines at the end": ("a.csv", LONG.encode(), len(GRID) + 2),
    "text in UTF-16": ("a.csv", TEXT.encode("utf-16"), len(GRID)),
    "workbook": ("a.xlsx", workbook(GRID, names=["BNBA"]), len(GRID)),
    "workbook, blanks below": ("a.xlsx", workbook([*GRID, [], [" "]], names=["BNBA"]), len(GRID) + 2),
    "ods": ("a.ods", ods("".join(map(ods_row, GRID))), len(GRID)),
    "page": ("a.html", html(GRID).encode(), None),
}


@pytest.mark.parametrize(("name", "content", "fisik"), FILES.values(), ids=FILES)
def test_physical_rows_are_counted(read: Callable[..., Any], name: str, content: bytes, fisik: int | None) -> None:
    """Blank ones too; a format that does not say how many it has is not counted."""
    reading, rows = read(DTKS, {name: content})
    assert reading.failures == ()
    assert set(rows.loc[rows["jenis"] == "data", "nama"]) >= {who[2] for who in PEOPLE}
    (found,) = reading.files["fisik"]
    assert (None if pd.isna(found) else found) == fisik


def test_the_rows_of_every_sheet_and_part_are_counted(
    read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sheet that is opened in parts ends with the last of them."""
    monkeypatch.setattr(own_copy, "PART", 400)
    monkeypatch.setattr(sheets, "_KEPT", 0)
    reading, rows = read(DTKS, {"a.xlsx": workbook(GRID, [["Catatan"]], names=["BNBA", "Kode"])})
    assert reading.failures == () and (rows["jenis"] == "data").sum() == len(PEOPLE)
    assert list(reading.files["fisik"]) == [len(GRID) + 1]


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.csv", LONG.encode(), "a.csv: terbaca hanya sampai baris 7, padahal isinya sampai baris 17;"),
        ("a.xlsx", FILES["workbook"][1], "a.xlsx, lembar BNBA: terbaca hanya sampai baris 7, padahal isinya sampai"),
        ("a.ods", FILES["ods"][1], "terbaca hanya sampai baris 7, padahal"),
    ],
)
def test_a_reader_that_stops_early_is_found_out(
    read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, place: str
) -> None:
    """Six rows came out; neither a warning in a log nor a short list, but a refusal that names file and sheet."""
    whole = table.as_batches

    def short(rows: Iterable[Row], source: Any) -> Iterator[Any]:
        return whole(islice(rows, 6), source)

    monkeypatch.setattr(table, "as_batches", short)
    (failure,) = read(BLT_DD, {name: content})[0].failures
    assert place in str(failure)
