"""Which kind each row below a header is: messy, right, tempting wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.acceptance import accept
from pipelines.reading.errors import Refused
from pipelines.reading.grid import locate
from pipelines.reading.rows import Walk
from pipelines.sources.blt_dd import SOURCE as BLT_DD

NIK, KK = "2104010101900001", "2104010101100001"
HEAD = ["No", "Nama", "NIK", "No. KK", "Pekerjaan", "Jumlah"]
DATA = ["1", "BUDI", NIK, KK, "NELAYAN", "300000"]

ALONE = {
    "plain": (DATA, "data"),
    "no nik": (["1", "BUDI", "", KK, "", ""], "data"),
    "no identifier at all": (["1", "BUDI", "", "", "NELAYAN", "300000"], "data"),
    "masked": (["1", "BUDI", "210401010190****", "", "", ""], "data"),
    "broken number": (["1", "BUDI", "2,10401E+15", "", "", ""], "data"),
    "a person called JUMLAH": (["", "JUMLAH", NIK, KK, "", ""], "data"),
    "JUMLAH without numbers, with a trade": (["", "JUMLAH", "", "", "NELAYAN", "300000"], "data"),
    "TOTAL WIJAYA": (["", "TOTAL WIJAYA", "", "", "", "300000"], "data"),
    "works as kepala desa": (["4", "BUDI", "", "", "KEPALA DESA", ""], "data"),
    "a person called DUSUN": (["", "DUSUN", "", KK, "", ""], "data"),
    "a name of a hamlet beside an amount": (["", "DUSUN BENTAI", "", "", "", "300000"], "data"),
    "lives in a hamlet": (["4", "", "", "", "DUSUN BENTAI", ""], "data"),
    "a village alone": (["KAMPUNG BARU", "", "", "", "", ""], "data"),
    "a part of one hamlet": (["DUSUN BENTAI", "", "", "", "", ""], "judul"),
    "a part of one street": (["", "RT. 001 / RW. 002", "", "", "", ""], "judul"),
    "both": (["Dusun II RT 03", "", "", "", "", ""], "judul"),
    "total": (["JUMLAH", "", "", "", "", "3000000"], "total"),
    "total under the name": (["", "JUMLAH TOTAL", "", "", "", "Rp 3.000.000,-"], "total"),
    "total counted": (["TOTAL", "", "10 KK", "", "", "3000000"], "total"),
    "subtotal of a hamlet": (["Sub Total Dusun I", "", "", "", "", "900000"], "total"),
    "in words": (["Terbilang", ": tiga juta rupiah", "", "", "", ""], "total"),
    "ordinals in brackets": (["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], "nomor"),
    "ordinals": (["1", "2", "3", "4", "5", "6"], "nomor"),
    "ordinals as Excel reads them": (["-1", "-2", "-3", "-4", "-5", "-6"], "nomor"),
    "header again": (["NO", "NAMA", "N I K", "NO KK", "PEKERJAAN", "JUMLAH"], "kepala"),
    "place and date": (["", "", "", "", "Raya, 28 Mei 2024", ""], "tanda_tangan"),
    "place and open date": (["", "", "", "", "Raya,     Juni 2024", ""], "tanda_tangan"),
    "office": (["", "Mengetahui,", "", "", "Pj. Kepala Desa Raya", ""], "tanda_tangan"),
    "lurah": (["", "", "", "", "LURAH DABO", ""], "tanda_tangan"),
    "dots": (["", "", "", "", "( ............ )", ""], "tanda_tangan"),
    "nip under nik": (["", "", "NIP. 19700101 199003 1 001", "", "", ""], "tanda_tangan"),
    "note": (["Catatan: daftar ini sah", "", "", "", "", ""], "catatan"),
    "nobody": (["", "NIHIL", "", "", "", ""], "nihil"),
    "nobody under each word": (["1", "-", "-", "-", "-", "-"], "nihil"),
    "nobody in words": (["N I H I L", "", "", "", "", ""], "nihil"),
    "nobody there": (["", "Tidak ada", "", "", "", ""], "nihil"),
    "somebody who has an amount": (["1", "-", "", "", "", "300000"], "data"),
    "somebody of no number": (["1", "KOSONG WATI", "-", "-", "", ""], "data"),
    "end mark": (["###", "", "", "", "", ""], "catatan"),
}  # fmt: skip


def walk() -> Walk:
    """A walk that starts right below the header."""
    return Walk(accept(locate([HEAD], BLT_DD), BLT_DD, range(1, 2)), BLT_DD)


@pytest.mark.parametrize(("cells", "kind"), ALONE.values(), ids=ALONE)
def test_kind_of_one_row(cells: list[str], kind: str) -> None:
    """One row by itself."""
    assert walk().kind(cells) == kind


def test_signature_colours_the_few_cells_below_it() -> None:
    """The signer's name belongs to the block; a row with a number is data again."""
    steps = walk()
    rows = [["", "", "", "", "Raya, 28 Mei 2024", ""], ["", "", "", "", "ABDUL KARIM", ""], DATA,
            ["", "", "", "", "ABDUL KARIM", ""]]  # fmt: skip
    assert [steps.kind(row) for row in rows] == ["tanda_tangan", "tanda_tangan", "data", "data"]


def test_nothing_is_data_after_the_end_mark() -> None:
    """`###` ends the list whatever follows."""
    steps = walk()
    assert [steps.kind(row) for row in (DATA, ["###"], DATA)] == ["data", "catatan", "catatan"]


OTHER_HEADERS = {
    "the same in other words": (["No.", "Nama KPM", "NIK", "NKK", "Pekerjaan", "Besaran"], True),
    "other places": (["No", "NIK", "Nama", "No. KK", "Pekerjaan", "Jumlah"], False),
    "fewer columns": (["No", "Nama", "No. KK", "Jumlah", "", ""], False),
}


@pytest.mark.parametrize(("cells", "same"), OTHER_HEADERS.values(), ids=OTHER_HEADERS)
def test_another_header_below_the_first(cells: list[str], same: bool) -> None:
    """Read by the first header, what follows a header of other places would say the wrong things."""
    if same:
        assert walk().kind(cells) == "kepala"
    else:
        with pytest.raises(Refused, match="kepala tabel lain"):
            walk().kind(cells)


cell = st.sampled_from(["", "JUMLAH", "Kepala Desa Raya", "( .... )", "Raya, 1 Mei 2024", "1", "2", "NIP", "BUDI"])


@given(st.lists(st.lists(cell, min_size=6, max_size=6).filter(any), max_size=5), st.sampled_from([2, 3]))
def test_a_row_with_a_nik_or_a_kk_is_always_data(before: list[list[str]], column: int) -> None:
    """Whatever stands above it and beside it."""
    steps = walk()
    for row in before:
        steps.kind(row)
    for row in before or [[""] * 6]:
        assert steps.kind([*row[:column], NIK, *row[column + 1 :]]) == "data"
