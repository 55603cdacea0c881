"""Cells merged over the rows of a family, in every format that says so: filled where they may be, else asked."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from made_markup import ods, sheet_xml
from made_xls import book, cell, container, record

from pipelines.reading import Operator, inflate, merge_cells, own_copy
from pipelines.reading.answers import Answers
from pipelines.reading.errors import Refused
from pipelines.reading.merge_cells import MergeCells
from pipelines.sources.blt_dd import SOURCE as BLT_DD
from pipelines.sources.dtks import SOURCE as DTKS

KK, OTHER = "2104010101100001", "2104010101100002"
NIK = [f"210401010190{n:04}" for n in range(5)]
HEAD = ["NIK", "No KK", "Nama", "Desa", "Ket"]
# column, first and last row from 1, value
FAMILIES = [(1, 2, 4, KK), (1, 5, 6, OTHER), (3, 2, 6, "RAYA")]
PEOPLE = [(NIK[0], "BUDI"), (NIK[1], "SITI"), ("", "ANI"), (NIK[3], "TONO"), (NIK[4], "TINI")]
GRID = [HEAD, *([nik, "", nama, "", ""] for nik, nama in PEOPLE)]


def xlsx(merges: list[tuple[int, int, int, Any]], grid: list[list[str]] = GRID) -> bytes:
    """A workbook with these cells merged."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet, plain = workbook.add_worksheet("BNBA"), workbook.add_format()
        for at, cells in enumerate(grid):
            sheet.write_row(at, 0, cells)
        for column, first, last, value in merges:
            sheet.merge_range(first - 1, column, last - 1, column, value, plain)
    return out.getvalue()


def filled() -> list[list[str]]:
    """The rows with what a merged cell says in its first cell."""
    grid = [list(row) for row in GRID]
    for column, first, _, value in FAMILIES:
        grid[first - 1][column] = value
    return grid


def spanned(row: int, column: int) -> int:
    """Over how many rows the cell at a place is merged."""
    return next((last - first + 1 for at, first, last, _ in FAMILIES if (at, first) == (column, row)), 1)


def xls() -> bytes:
    """The same as an old workbook."""
    cells = b"".join(
        cell(row, column, word) for row, words in enumerate(filled()) for column, word in enumerate(words) if word
    )
    ranges = b"".join(
        (first - 1).to_bytes(2, "little") + (last - 1).to_bytes(2, "little") + column.to_bytes(2, "little") * 2
        for column, first, last, _ in FAMILIES
    )
    return container(book(cells + record(0x00E5, len(FAMILIES).to_bytes(2, "little") + ranges)))


def open_document() -> bytes:
    """The same as LibreOffice writes it."""
    rows = ""
    for at, words in enumerate(filled(), 1):
        rows += "<table:table-row>"
        for column, word in enumerate(words):
            tall = f'table:number-rows-spanned="{spanned(at, column)}" table:number-columns-spanned="1"'
            rows += f'<table:table-cell {tall} office:value-type="string"><text:p>{word}</text:p></table:table-cell>'
        rows += "</table:table-row>"
    empty = ' office:value-type="string"><text:p></text:p></table:table-cell>'
    return ods(rows.replace(empty, "/>"))


def page() -> bytes:
    """The same as a page of HTML, where covered cells are left out."""
    covered = {(at, row) for at, first, last, _ in FAMILIES for row in range(first + 1, last + 1)}
    rows = ""
    for at, words in enumerate(filled(), 1):
        cells = [(c, word) for c, word in enumerate(words) if (c, at) not in covered]
        rows += "<tr>" + "".join(f"<td rowspan={spanned(at, c)}>{word}</td>" for c, word in cells) + "</tr>"
    return f"<table>{rows}</table>".encode()


def xml_2003() -> bytes:
    """The same as SpreadsheetML of 2003."""
    text = sheet_xml(filled())
    for column, first, last, value in FAMILIES:
        plain = f'<Cell><Data ss:Type="String">{value}'
        assert text.count(plain) == 1, (column, value)
        text = text.replace(plain, plain.replace("<Cell>", f'<Cell ss:MergeDown="{last - first}">'))
    return text.encode()


FORMATS = {
    "xlsx": xlsx(FAMILIES), "xls": xls(), "ods": open_document(), "html": page(), "xml 2003": xml_2003(),
}  # fmt: skip
FOUND = [[KK, "RAYA"], [KK, "RAYA"], [KK, "RAYA"], [OTHER, "RAYA"], [OTHER, "RAYA"]]


@pytest.mark.parametrize("content", FORMATS.values(), ids=FORMATS)
def test_members_have_what_is_merged_over_their_family(read: Callable[..., Any], content: bytes) -> None:
    """No KK and desa of every row, whatever the format."""
    reading, rows = read(DTKS, {"a.xls": content})
    assert [str(failure) for failure in reading.failures] == []
    assert rows[rows["jenis"] == "data"][["no_kk", "desa"]].to_numpy().tolist() == FOUND


@pytest.mark.parametrize("part", [600, 900, 1200])
def test_a_sheet_in_parts_keeps_its_merged_cells(
    read: Callable[..., Any], part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stand behind all rows, those of the first part too."""
    monkeypatch.setattr(own_copy, "PART", part)
    monkeypatch.setattr(inflate, "_CHUNK", 100)
    reading, rows = read(DTKS, {"a.xlsx": FORMATS["xlsx"]})
    assert [str(failure) for failure in reading.failures] == []
    assert rows[rows["jenis"] == "data"][["no_kk", "desa"]].to_numpy().tolist() == FOUND


@pytest.mark.parametrize("chunk", [7, 64, 1_000])
@pytest.mark.parametrize("families", [1, 40])
def test_merged_cells_of_any_number_are_found_in_any_pieces(
    read: Callable[..., Any], families: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The element is cut over many chunks, and is larger than a part."""
    monkeypatch.setattr(own_copy, "PART", 700)
    monkeypatch.setattr(inflate, "_CHUNK", chunk)
    cards = [f"21040101011{n:05}" for n in range(1, families + 1)]
    grid = [HEAD, *([f"210401{n % 2 * 4}10190{n:04}", "", "TOKOH", "RAYA", ""] for n in range(2 * families))]
    merges = [(1, 2 * n + 2, 2 * n + 3, card) for n, card in enumerate(cards)]
    reading, rows = read(BLT_DD, {"a.xlsx": xlsx(merges, grid)})
    assert [str(failure) for failure in reading.failures] == []
    assert rows[rows["jenis"] == "data"].no_kk.tolist() == [card for card in cards for _ in range(2)]


BEHIND = {
    "whole": (b'</sheetData><x/><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells><y/>', 1),
    "with a prefix": (b'</x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells >', 1),
    "none": (b"</sheetData><pageMargins/></worksheet>", 0),
    "empty": (b'</sheetData><mergeCells count="0"/><pageMargins/>', 0),
    "cut off": (b'</sheetData><mergeCells><mergeCell ref="A1:A2"/>', 0),
}


@pytest.mark.parametrize(("text", "found"), BEHIND.values(), ids=BEHIND)
@pytest.mark.parametrize("size", [1, 2, 13, 1_000])
def test_the_element_is_found_wherever_it_is_cut(text: bytes, found: int, size: int) -> None:
    merges = MergeCells()
    for at in range(0, len(text), size):
        merges.add(text[at : at + size])
    element = merges.element()
    assert element.count(b"mergeCell ref") == found and element in text
    assert not element or (element.startswith((b"<mergeCells", b"<x:mergeCells")) and element.endswith(b">"))


def test_more_merges_than_a_list_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than read as if there were none."""
    monkeypatch.setattr(merge_cells, "LARGEST", 100)
    merges = MergeCells()
    merges.add(b"<mergeCells>")
    with pytest.raises(Refused, match="menggabungkan terlalu banyak sel"):
        merges.add(b'<mergeCell ref="A1:A2"/>' * 5)


DAMAGED = "2104010101100000"
# merged cells; what the five rows have as No KK, and whether it was a number
CASES = {
    "a number stays one: its damage is told by that": (
        [(1, 2, 3, float(DAMAGED))], [[DAMAGED, "no_kk"], [DAMAGED, "no_kk"], *[["", ""]] * 3],
    ),
    "a family, and nothing below it": ([(1, 2, 4, KK)], [*[[KK, ""]] * 3, *[["", ""]] * 2]),
    "the header over a row of data": ([(1, 1, 2, "No KK")], [["", ""]] * 5),
    "a column that is not used": ([(4, 2, 6, "PINDAH")], [["", ""]] * 5),
    "a blank cell": ([(1, 2, 6, "")], [["", ""]] * 5),
}  # fmt: skip


@pytest.mark.parametrize(("merges", "found"), CASES.values(), ids=CASES)
def test_only_what_is_merged_is_filled(read: Callable[..., Any], merges: Any, found: list[list[str]]) -> None:
    """Blanks without a merge stay blank."""
    _, rows = read(BLT_DD, {"BLT Raya.xlsx": xlsx(merges)})
    assert rows[rows["jenis"] == "data"][["no_kk", "sel_angka"]].to_numpy().tolist() == found


def test_a_merged_cell_takes_nothing_from_rows_that_are_no_data(read: Callable[..., Any]) -> None:
    """A family over a part's heading, a repeated header, a total: each stays what it is."""
    grid = [HEAD, *GRID[1:3], ["DUSUN II", *[""] * 4], GRID[3], ["JUMLAH", "", "3", "", ""]]
    _, rows = read(DTKS, {"a.xlsx": xlsx([(1, 2, 6, KK)], grid)})
    assert rows["jenis"].tolist() == ["kepala", "data", "data", "judul", "data", "total"]
    assert rows["no_kk"].tolist() == [None, KK, KK, None, KK, None]


REFUSED = {
    "a NIK over two persons": [(0, 2, 3, NIK[0])],
    "a name over two numbers": [(2, 5, 6, "TONO")],
}  # fmt: skip


@pytest.mark.parametrize("merges", REFUSED.values(), ids=REFUSED)
def test_one_persons_own_cell_over_two_rows_is_a_question(read: Callable[..., Any], merges: Any) -> None:
    """Whose it is nobody said; the place is told, and no cell."""
    (failure,) = read(DTKS, {"a.xlsx": xlsx([*merges, *FAMILIES[2:]], [*GRID[:1], *blanked(merges)])})[0].failures
    column, first, last, value = merges[0]
    assert f"a.xlsx, lembar BNBA, baris {last}: sel" in str(failure)
    assert f'"{HEAD[column]}" digabung dari baris {first} sampai {last}' in str(failure)
    assert value not in str(failure)


def blanked(merges: list[tuple[int, int, int, Any]]) -> list[list[str]]:
    """The people without the cells that are merged."""
    ((column, first, last, _),) = merges
    return [
        ["" if at == column and first <= row <= last else word for at, word in enumerate(cells)]
        for row, cells in enumerate(GRID[1:], 2)
    ]


def test_a_person_over_two_rows_of_which_one_is_blank(read: Callable[..., Any]) -> None:
    """A form with two lines for a signature: nobody else is there."""
    grid = [HEAD, GRID[1], [""] * 5, GRID[2], [""] * 5]
    merges = [(0, 2, 3, NIK[0]), (1, 2, 3, KK), (2, 2, 3, "BUDI"), (0, 4, 5, NIK[1])]
    reading, rows = read(DTKS, {"a.xlsx": xlsx(merges, grid)})
    assert not reading.failures
    assert rows["baris"].tolist() == [1, 2, 4]


TWO_ROWS = [
    ["No", "Nama", "Identitas", "", "Alamat", "", ""],
    ["", "", "NIK", "No. KK", "Zona", "Desa", "Kecamatan"],
    ["1", "BUDI", NIK[0], KK, "JL. MAWAR", "RAYA", "SINGKEP"],
]


def two_rows() -> bytes:
    """A workbook whose header stands in two rows: groups merged over their columns, `No` and `Nama` downwards."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet, plain = workbook.add_worksheet("BNBA"), workbook.add_format()
        for at, cells in enumerate(TWO_ROWS):
            sheet.write_row(at, 0, cells)
        for place in (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 6):
            sheet.merge_range(*place, TWO_ROWS[place[0]][place[1]], plain)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", two_rows()), ("a.csv", "\n".join(map(";".join, TWO_ROWS)).encode())],
    ids=["merged", "blank below"],
)
def test_one_unknown_sub_heading_is_one_question(read: Callable[..., Any], name: str, content: bytes) -> None:
    """It asks for that word alone; once answered, every other column is read under its own."""
    failure = read(DTKS, {name: content})[0].failures[0]
    assert failure.baris == 1 and failure.pesan.startswith('kolom "Zona" tidak dikenal')
    assert failure.pesan.endswith("misalnya Zona,abaikan")
    reading, rows = read(DTKS, {name: content}, Operator(Answers({"": {"zona": ""}})))
    assert reading.failures == ()
    (row,) = rows[rows["jenis"] == "data"].to_dict("records")
    fields = ("nama", "nik", "no_kk", "desa", "kecamatan")
    assert [row[field] for field in fields] == ["BUDI", NIK[0], KK, "RAYA", "SINGKEP"]
