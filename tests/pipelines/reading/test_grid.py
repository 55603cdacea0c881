"""Where a header stands and what it means."""

import pytest

from pipelines.reading.acceptance import accept
from pipelines.reading.errors import Refused
from pipelines.reading.grid import locate
from pipelines.sources.blt_dd import SOURCE as BLT_DD
from pipelines.sources.dtks import SOURCE as DTKS

ROW = ["1", "BUDI", "2104010101900001", "2104010101100001"]
HEAD = ["No", "Nama KPM", "NIK", "No. KK"]

FOUND = {
    "plain": ([HEAD, ROW], 0, 1, {"nama": 1, "nik": 2, "no_kk": 3}),
    "below titles": ([["JUDUL"], ["Desa", ": Raya"], [], HEAD, ROW], 3, 1, {"nama": 1, "nik": 2, "no_kk": 3}),
    "repeated": ([HEAD, HEAD, ROW], 0, 1, {"nama": 1, "nik": 2, "no_kk": 3}),
    "spelt oddly": ([["NO.", " N I K ", "NKK\u00a0", "nama_kpm"]], 0, 1, {"nik": 1, "no_kk": 2, "nama": 3}),
    "RT/RW above RT, RW": (
        [["No", "NIK", "Nama", "RT/RW", ""], ["", "", "", "RT", "RW"], ["1", "21", "BUDI", "1", "2"]],
        0, 2, {"nik": 1, "nama": 2},
    ),
    "group above birth": (
        [
            ["No", "NIK", "Nama", "Tempat dan Tanggal Lahir", "", "L/P"],
            ["", "", "", "Tempat Lahir", "Tgl/Bln/Th", ""],
        ],
        0, 2, {"nik": 1, "nama": 2, "tanggal_lahir": 4, "jenis_kelamin": 5},
    ),
    "word cut over two rows": ([["No", "Nama", "NIK", "Jumlah"], ["Urut", "KPM", "", "(Rp)"]], 0, 2,
                               {"nama": 1, "nik": 2, "nominal": 3}),
    "title is no group": ([["DAFTAR", "", "", ""], HEAD, ROW], 1, 1, {"nama": 1, "nik": 2, "no_kk": 3}),
    "remarks": ([["NIK (16 digit)", "Nama (sesuai KTP)", "KK [wajib diisi]"]], 0, 1, {"nik": 0, "nama": 1, "no_kk": 2}),
    "unknown group, known subs": (
        [["No", "IDENTITAS", "", "Jumlah"], ["", "Nama", "NIK", ""]],
        0, 2, {"nama": 1, "nik": 2, "nominal": 3},
    ),
    "a person below a merged word": (
        [["No", "Nama KPM", "NIK", "Alamat", ""], ["1", "BUDI", ROW[2], "JL. MAWAR", "RT"]],
        0, 1, {"nama": 1, "nik": 2},
    ),
    "a part of the list below a merged word": (
        [["No", "Nama KPM", "NIK", "Alamat", ""], ["", "", "", "KP. BUGIS", "LAUT"], ROW],
        0, 1, {"nama": 1, "nik": 2},
    ),
    "ordinals are no subs": ([HEAD, ["(1)", "(2)", "(3)", "(4)"]], 0, 1, {"nama": 1, "nik": 2, "no_kk": 3}),
}  # fmt: skip


@pytest.mark.parametrize(("grid", "first", "depth", "columns"), FOUND.values(), ids=FOUND)
def test_header_is_found(grid: list[list[str]], first: int, depth: int, columns: dict[str, int]) -> None:
    """The header's place, depth and columns."""
    header = accept(locate(grid, BLT_DD), BLT_DD, range(1, 40))
    assert (header.first, len(header.rows), header.columns) == (first, depth, columns)


REFUSED = {
    "none": ([ROW, ROW], "kepala tabel tidak ditemukan", None),
    "unknown column": ([["X"], [*HEAD, "Golongan Darah"]], 'kolom "Golongan Darah" tidak dikenal', 2),
    "a remark that changes the meaning": ([[*HEAD, "Nama (Suami)"]], r'kolom "Nama \(Suami\)" tidak dikenal', 1),
    "unknown above, known subs": (
        [["No", "IDENTITAS", "", "Zodiak"], ["", "Nama", "NIK", ""], ["1", "BUDI", "21", "LEO"]],
        'kolom "Zodiak" tidak dikenal',
        1,
    ),
    "a form": ([["Nama", "SITI AMINAH", "NIK", "2104070505800001"]], r"kolom ke-2, ke-4 tidak dikenal", 1),
    "a form that lacks something": (
        [["Nama", "SITI AMINAH", "Alamat", "JL. X"]],
        r'yang ditemukan: "Nama", ke-2, "Alamat", ke-4$',
        1,
    ),
    "more unknown words than known": (
        [[*HEAD, "A", "B", "C", "D", "E"], [*ROW, *"vwxyz"]],
        'kolom "A", "B", "C", "D", "E" tidak dikenal',
        1,
    ),
    "more unknown words, nearly a form": (
        [["Nama", "SITI", "NIK", "RAYA", "Alamat", "JL. X"], ["Nama", "BUDI", "NIK", "RAYA", "Alamat", "JL. Y"]],
        r"kolom ke-2, ke-4, ke-6 tidak dikenal: .*misalnya <judul kolom>,abaikan$",
        1,
    ),
    "a form above a list": (
        [["Nama", "SITI", "NIK", "RAYA", "Alamat", "JL. X"], ["No", "", "NIK"], ["1", "BUDI", ROW[2]]],
        r"kolom ke-2, ke-4, ke-6 tidak dikenal",
        1,
    ),
    "one unknown sub-heading": (
        [["No", "Nama", "Identitas", "", "Alamat", "", ""], ["", "", "NIK", "No. KK", "Zona", "Desa", "Kecamatan"]],
        'kolom "Zona" tidak dikenal: .*misalnya Zona,abaikan$',
        1,
    ),
    "one unknown sub-heading, and one lacks": (
        [["No", "L/P", "Identitas", "", "Alamat", ""], ["", "", "NIK", "No. KK", "Zona", "Desa"]],
        'kolom wajib tidak ada: nama; .*yang tidak dikenal: "Zona"; .*misalnya <judul kolom>,nama$',
        1,
    ),
    "unknown below somebody else": (
        [["No", "Nama", "NIK", "Ibu", ""], ["", "", "", "Nama", "Zodiak"]],
        'kolom "Ibu Nama", "Ibu Zodiak" tidak dikenal',
        1,
    ),
    "a husband is no example of a name": (
        [["No", "NIK", "Nama (Suami)", "Alamat"]],
        "misalnya <judul kolom>,nama$",
        1,
    ),
    "required missing": ([["No", "Alamat", "Nama", "Nominal"]], "kolom wajib tidak ada: nik atau no_kk", 1),
}


@pytest.mark.parametrize(("grid", "pesan", "baris"), REFUSED.values(), ids=REFUSED)
def test_header_is_refused_by_name(grid: list[list[str]], pesan: str, baris: int | None) -> None:
    """The refusal names the column and the row."""
    with pytest.raises(Refused, match=pesan) as refused:
        accept(locate(grid, BLT_DD), BLT_DD, range(1, 40))
    assert refused.value.baris == baris


def test_a_tick_under_one_of_two_is_not_read() -> None:
    """`Jenis Kelamin` over `L | P`; a person's `L` below a header of one row makes no header of two."""
    head = ["Nama", "NIK", "No KK", "Jenis Kelamin", ""]
    ticked = accept(locate([head, ["", "", "", "L", "P"], ["BUDI", ROW[2], "", "v", ""]], BLT_DD), BLT_DD, range(1, 9))
    assert (len(ticked.rows), ticked.meanings[3:]) == (2, ("", ""))
    plain = accept(locate([head, ["BUDI", ROW[2], "", "L", ""]], BLT_DD), BLT_DD, range(1, 9))
    assert (len(plain.rows), plain.meanings[3]) == (1, "jenis_kelamin")


def test_two_columns_of_one_meaning() -> None:
    """Two filled NIK columns are refused; a blank one gives way."""
    header = locate([["nik", "nik_siks", "nama", "nokk", "desa"]], DTKS)
    assert header is not None
    assert header.settle({1, 2}, 1).columns["nik"] == 1
    with pytest.raises(Refused, match='"nik", "nik_siks" sama-sama berarti nik'):
        header.settle({0, 1, 2}, 1)


def test_every_declared_word_is_known() -> None:
    """A header of all of a source's words has none unknown."""
    for source in (BLT_DD, DTKS):
        words = [*(f.name for f in source.fields), *source.ignored]
        header = locate([words], source)
        assert header is not None
        assert not header.unknown
        assert set(header.columns) == set(source.kinds())
