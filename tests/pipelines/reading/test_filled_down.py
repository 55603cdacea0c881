"""No KK in the first row of each family alone: filled in where the operator answered so, and nowhere else."""

from collections.abc import Callable
from typing import Any

import pytest
from made_files import workbook

from pipelines.declaration import fold_header
from pipelines.reading import Operator
from pipelines.reading.answers import BLANK_NO_KK, FILL_DOWN, Answers
from pipelines.sources.dtks import SOURCE as DTKS

Read = Callable[..., Any]
A, B = "2104010101100001", "2104010101100002"
DAMAGED = "2104010101100000"
HEAD = ["NIK", "No KK", "Nama", "Desa", "Hubungan Keluarga"]
ANSWER = Operator(Answers({"": {fold_header(BLANK_NO_KK): FILL_DOWN}}))
OTHERWISE = Operator(Answers({"": {fold_header(BLANK_NO_KK): ""}}))

Cells = tuple[str, str, str]  # No KK, desa, relation
CASES: dict[str, tuple[list[Cells | str], list[str]]] = {
    # rows ("": a row that is no data), what they have as No KK (+: filled in)
    "two families": (
        [(A, "RAYA", ""), ("", "RAYA", ""), ("", "RAYA", ""), (B, "RAYA", ""), ("", "RAYA", "")],
        [A, f"{A}+", f"{A}+", B, f"{B}+"],
    ),
    "nothing above": ([("", "RAYA", ""), (A, "RAYA", ""), ("", "", "")], ["", A, f"{A}+"]),
    "over a page's header": ([(A, "RAYA", ""), "kepala", ("", "RAYA", "")], [A, f"{A}+"]),
    "not over a part's heading": ([(A, "RAYA", ""), "DUSUN II", ("", "RAYA", ""), ("", "RAYA", "")], [A, "", ""]),
    "not over a total": ([(A, "RAYA", ""), "JUMLAH", ("", "RAYA", "")], [A, ""]),
    "not into another desa": ([(A, "RAYA", ""), ("", "KUALA RAYA", ""), ("", "RAYA", "")], [A, "", ""]),
    "not to another head": (
        [(A, "RAYA", "KEPALA KELUARGA"), ("", "RAYA", "ISTRI"), ("", "RAYA", "KEPALA KELUARGA"), ("", "RAYA", "ANAK")],
        [A, f"{A}+", "", ""],
    ),
    "nor in digits": (
        [(A, "RAYA", "1"), ("", "RAYA", "3"), ("", "RAYA", "1"), ("", "RAYA", "4")],
        [A, f"{A}+", "", ""],
    ),
    **{
        f"nor to {head}": (
            [(A, "RAYA", "ISTRI"), ("", "RAYA", "ANAK"), ("", "RAYA", head), ("", "RAYA", "10")],
            [A, f"{A}+", "", ""],
        )
        for head in ("SUAMI/KEPALA KELUARGA", "KPL KELUARGA", "Ka. Keluarga", "KK.", "1.", "01 - Kepala Keluarga")
    },
    "a stroke is no number": ([(A, "RAYA", ""), ("-", "RAYA", ""), ("", "RAYA", "")], [A, "-", "-+"]),
}


def table(rows: list[Cells | str]) -> list[list[str]]:
    """The rows of a list, each of another woman."""
    others = {"kepala": HEAD, "JUMLAH": ["JUMLAH", "", "9", "", ""], "DUSUN II": ["DUSUN II", "", "", "", ""]}
    return [
        others[row] if isinstance(row, str) else [f"210401410190{at:04}", row[0], f"TOKOH {'ABCDEFGHI'[at]}", *row[1:]]
        for at, row in enumerate(rows, 1)
    ]


def found(rows: Any) -> list[str]:
    """No KK of each data row, with what says that it was filled in."""
    data = rows[rows.jenis == "data"]
    return [no_kk + ("+" if diisi == "no_kk" else "") for no_kk, diisi in zip(data.no_kk, data.diisi, strict=True)]


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("form", ["text", "workbook"])
def test_what_is_blank_is_filled_where_that_was_answered(
    read: Read, form: str, rows: list[Cells | str], expected: list[str]
) -> None:
    """And stays blank where nothing was answered, or otherwise."""
    grid = [HEAD, *table(rows)]
    content = workbook(grid) if form == "workbook" else "\n".join(map(";".join, grid)).encode()
    reading, filled = read(DTKS, {"a.xlsx": content}, ANSWER)
    assert [str(failure) for failure in reading.failures] == []
    assert found(filled) == expected
    for operator in (None, OTHERWISE):
        written = [no_kk if not no_kk.endswith("+") else "" for no_kk in expected]
        assert found(read(DTKS, {"a.xlsx": content}, operator)[1]) == written


def test_a_number_stays_one(read: Read) -> None:
    """Its damage is told by that, in each row that has it."""
    grid = [HEAD, *table([("", "RAYA", ""), ("", "RAYA", "")])]
    grid[1][1] = float(DAMAGED)  # type: ignore[call-overload]
    _, rows = read(DTKS, {"a.xlsx": workbook(grid)}, ANSWER)
    data = rows[rows.jenis == "data"]
    assert data[["no_kk", "sel_angka", "diisi"]].to_numpy().tolist() == [
        [DAMAGED, "no_kk", None],
        [DAMAGED, "no_kk", "no_kk"],
    ]


def test_a_record_of_other_cells_neither_gives_nor_takes(read: Read) -> None:
    """Nobody knows which of its cells is which."""
    rows = [
        [*row, "LEBIH"] if at == 1 else row
        for at, row in enumerate(table([(A, "RAYA", ""), (B, "RAYA", ""), ("", "RAYA", "")]))
    ]
    _, read_rows = read(DTKS, {"a.csv": "\n".join(map(";".join, [HEAD, *rows])).encode()}, ANSWER)
    assert found(read_rows) == [A, B, ""]
