"""A record broken over lines is put together or refused by row, never lost and never made of two."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.broken import rejoined
from pipelines.sources.dtsen import SOURCE as DTSEN

KK = "2104072701190003"
NIKS = ("2104076012770003", "2104070503800004", "2104074107850006")
HEADER = "id_keluarga|nik|no_kk|nama|alamat|kode_kelurahan_desa|desil_nasional"


def whole(nik: str, nama: str, alamat: str) -> str:
    """One record."""
    return f"K-1|{nik}|{KK}|{nama}|{alamat}|2104072005|4"


def test_v3_of_dtsen_is_read_whole(read: Callable[..., Any]) -> None:
    """Latin-1, an address broken over two lines, a name over three, and a record that ends too early."""
    siti = whole(NIKS[2], "SITI\n\nAMINAH\nBINTI ALI", "RT 3")  # a blank line: nothing tells that it goes on
    lines = [
        HEADER, whole(NIKS[0], "RENÉ", "RT 1"), whole(NIKS[1], "ALI", "JL. PASAR\nRT 2"),
        siti, f"K-1|{NIKS[0]}|{KK}|HILANG", whole(NIKS[1], "UMAR", "RT 4"),
    ]  # fmt: skip
    _, rows = read(DTSEN, {"dtsen.txt": "\n".join(lines).encode("latin-1")})
    data = rows[rows.jenis == "data"]
    assert data.baris.tolist() == [2, 3, 5, 7, 8, 9, 10]
    assert data.alasan_baca.tolist() == [None, None, *["jumlah_kolom"] * 4, None]
    assert data.nama.tolist()[:2] == ["RENÉ", "ALI"]
    assert data.nik.tolist()[:2] == list(NIKS[:2]) and data.desil.tolist()[:2] == ["4", "4"]


PARTS = (
    # parts of a table of four columns, the first a number; what comes of them
    ([["1234567890123", "A"], ["B", "C", "D"]], [["1234567890123", "A B", "C", "D"]]),
    ([["1234567890123", "A", ""], ["C", "D"]], [["1234567890123", "A", "C", "D"]]),
    ([["1234567890123"], ["", "A"], ["B", "C", "D"]], [["1234567890123", "A B", "C", "D"]]),
    ([["1234567890123", "A"], ["9876543210987", "B"]], [["1234567890123", "A"], ["9876543210987", "B"]]),
    ([["JUMLAH", "2"], ["", "", ""]], [["JUMLAH", "2"], ["", "", ""]]),
    ([["TOTAL", "2", "3"], ["Lurah", "x"]], [["TOTAL", "2", "3"], ["Lurah", "x"]]),
    (
        [["1234567890123", "A"], ["", "", "", ""], ["B", "C", "D"]],
        [["1234567890123", "A"], ["", "", "", ""], ["B", "C", "D"]],
    ),
    ([["x"], ["1234567890123", "A", "B"], ["C", "D"]], [["x"], ["1234567890123", "A", "B C", "D"]]),
)


@pytest.mark.parametrize(("parts", "expected"), PARTS)
def test_parts_are_joined_where_they_are_one_record(parts: list[list[str]], expected: list[list[str]]) -> None:
    """Its width, and its number in its place."""
    assert [cells for _, cells, _ in rejoined([(at, cells, ()) for at, cells in enumerate(parts)], 4, [0])] == expected


CELLS = st.lists(st.sampled_from(["", "A", "1234567890123", "B"]), min_size=1, max_size=5)


def test_two_records_that_each_lack_a_cell_are_not_one() -> None:
    """A number with another's name behind it is no number."""
    parts = [["ALI BABA", "1234567890123"], ["BUDI", "9876543210987", "RAYA"]]
    assert [cells for _, cells, _ in rejoined([(at, cells, ()) for at, cells in enumerate(parts)], 4, [1, 2])] == parts


@given(st.lists(CELLS, max_size=12))
def test_nothing_is_lost(grid: list[list[str]]) -> None:
    """Every word comes out once, in its order, whatever is joined."""
    out = list(rejoined([(at, cells, ()) for at, cells in enumerate(grid, 1)], 4, [0]))
    assert " ".join(w for _, cells, _ in out for w in cells if w) == " ".join(w for cells in grid for w in cells if w)
    assert [baris for baris, _, _ in out] == sorted({baris for baris, _, _ in out})
