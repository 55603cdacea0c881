"""What a form says of its codes, a second NIK beside the first, dates that have two readings, and what sorts people."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pytest

from pipelines.linkage import Keep
from pipelines.regions import wilayah_kode, wilayah_kunci
from pipelines.sources import asesmen, bpnt, dtks, dtsen, pbi_jk, pkh, ppks, sanitasi
from pipelines.stages.baris import baris

Row = dict[str, Any]
Standardise = Callable[..., list[Row]]
Table = Mapping[Any, Row]
RowOf = Callable[[Any, Table, object], Row]

NIK, OTHER, KK = "2104070505800001", "2104074505800002", "2104070101100001"
PLACE = {"nama": "ALI", "nik": NIK, "no_kk": KK, "kecamatan": "LINGGA TIMUR", "desa": "SEI PINANG"}


@pytest.fixture(scope="module")
def standardise(
    rows: Callable[..., ir.Table], records: Callable[[ir.Table], list[Row]], keep: Keep, wilayah: ir.Table
) -> Standardise:
    """Standardise rows of one source, in the order given."""
    kunci, kode = keep(wilayah_kunci(wilayah)), keep(wilayah_kode(wilayah))

    def run(source: Any, *cases: Row) -> list[Row]:
        beyond = dict.fromkeys(source.kinds(), "") | PLACE
        cells = [beyond | case | {"baris": at} for at, case in enumerate(cases, 2)]
        return sorted(records(baris(source, 3, rows("mentah", *cells), kunci, kode)), key=lambda r: r["baris"])

    return run


@pytest.fixture(scope="module")
def row_of(standardise: Standardise) -> RowOf:
    """The row of one case of a table: all its cases are standardised in one query, each in a file of its own."""
    made: dict[tuple[str, int], dict[Any, Row]] = {}

    def find(source: Any, table: Table, case: object) -> Row:
        key = (source.name, id(table))
        if key not in made:
            alone = [{"berkas": f"2024-06/{source.name}/{at}.csv"} | cells for at, cells in enumerate(table.values())]
            made[key] = dict(zip(table, standardise(source, *alone), strict=True))
        return made[key][case]

    return find


# (source, form, field, cell, what it stands for)
CODES = (
    (dtks, "", "status", "3", "GANDA"), (dtks, "", "status", "4", "PINDAH"), (dtks, "", "status", "2", "MENINGGAL"),
    (dtks, "opensid_penduduk", "status_dasar", "1", "AKTIF"),
    (dtks, "opensid_penduduk", "status_dasar", "2", "MENINGGAL"),
    (dtks, "opensid_penduduk", "status_dasar", "3", "PINDAH"),
    (dtks, "opensid_penduduk", "status_dasar", "4", "TIDAK_DITEMUKAN"),
    (pkh, "opensid_penduduk", "status_dasar", "6", "PINDAH"),
    (pkh, "opensid_penduduk", "status_dasar", "9", "TIDAK_VALID"),
    (pkh, "opensid_penduduk", "status_dasar", "HIDUP", "AKTIF"),
    (pkh, "opensid_penduduk", "status_dasar", "5", None),
    (pkh, "siak", "status_dasar", "Tidak Valid", "TIDAK_VALID"),
    (pkh, "", "status_dasar", "MATI", "MENINGGAL"),
    (pkh, "", "status_dasar", "3", None),  # a number of an unknown form is not guessed
    (pbi_jk, "master", "status_dasar", "0", "AKTIF"), (pbi_jk, "master", "status_dasar", "13", None),
    (pbi_jk, "nonaktif", "status_dasar", "", "NONAKTIF"),
    (bpnt, "catatan_perubahan", "status_dasar", "Non Aktif", "NONAKTIF"),
    *(
        (source, "", "status", cell, expected)
        for source in (pkh, bpnt)
        for cell, expected in (
            ("", "AKTIF"), ("SI", "AKTIF"), ("SUDAH SI", "AKTIF"), ("Berhasil Salur", "AKTIF"),
            ("SUDAH SALUR", "AKTIF"),
            ("sudah transaksi", "AKTIF"), ("GAGAL SALUR", None), ("BELUM SI", None), ("SUDAH SI BATAL", None),
        )
    ),
    (pbi_jk, "", "status", "", "AKTIF"), (pbi_jk, "", "status", "Aktif", "AKTIF"),
    (pbi_jk, "", "status", "PENDAFTARAN SK 146/HUK/2021", "AKTIF"), (pbi_jk, "", "status", "Meninggal", "MENINGGAL"),
    (pbi_jk, "", "status", "PINDAH", "PINDAH"), (pbi_jk, "", "status", "Ganda", "GANDA"),
    (pbi_jk, "", "status", "NON AKTIF", "NONAKTIF"), (pbi_jk, "", "status", "Tidak Aktif", "NONAKTIF"),
    (pbi_jk, "", "status", "PENDAFTARAN", None), (pbi_jk, "", "status", "BATAL PENDAFTARAN SK 1", None),
    (pbi_jk, "", "status", "2", None),  # a number of the field app is not guessed
    (dtsen, "", "status", "DTSEN AKTIF", "AKTIF"), (dtsen, "", "status", "", "AKTIF"),
    (dtsen, "", "status", "DTSEN AKTIF - ASESMEN MENINGGAL", "MENINGGAL"),
    (dtsen, "", "status", "DTSEN NONAKTIF", "NONAKTIF"), (dtsen, "", "status", "USULAN", None),
    (dtks, "opensid_penduduk", "hubungan_keluarga", "3", "ISTRI"),
    (dtks, "opensid_penduduk", "hubungan_keluarga", "11", "LAINNYA"),
    (dtsen, "anggota", "hubungan_keluarga", "2", "ISTRI/SUAMI"), (dtsen, "anggota", "hubungan_keluarga", "3", "ANAK"),
    (pbi_jk, "verval", "hubungan_keluarga", "3", "ISTRI"), (dtks, "", "hubungan_keluarga", "Istri", "ISTRI"),
    (dtsen, "keluarga", "hubungan_keluarga", "", "KEPALA KELUARGA"),
    (dtks, "opensid_penduduk", "jenis_kelamin", "2", "P"), (dtks, "opensid_penduduk", "jenis_kelamin", "3", None),
    (dtks, "", "jenis_kelamin", "Lk", "L"), (dtsen, "anggota", "jenis_kelamin", "1", "L"),
)  # fmt: skip


CODED = {
    source.SOURCE.name: {code: {"tata_letak": code[1], code[2]: code[3]} for code in CODES if code[0] is source}
    for source in {code[0] for code in CODES}
}


@pytest.mark.parametrize("code", CODES, ids=lambda c: " ".join(map(str, c[1:])))
def test_a_code_means_what_its_form_says(row_of: RowOf, code: tuple[Any, str, str, str, str | None]) -> None:
    """And nothing where the form does not know it: such a status refuses the row."""
    source, _, field, _, expected = code
    row = row_of(source.SOURCE, CODED[source.SOURCE.name], code)
    column = "status" if field == "status_dasar" else field
    assert row[column] == expected
    assert ("status_tak_dikenal" in row["alasan"]) is (column == "status" and expected is None)


SEGMENTS = {
    "": "", "PBI APBN": "", "PBI (APBN)": "", "apbn": "", "PBI-APBD": "", "APBD": "", "PPU": "bukan_pbi ",
    "PBPU": "bukan_pbi ", "BP": "bukan_pbi ", "NON PBI": "bukan_pbi ",
}  # fmt: skip


SEGMENTS_CELLS: Table = {cell: {"segmen": cell} for cell in SEGMENTS}


@pytest.mark.parametrize("cell", SEGMENTS)
def test_who_pays_for_himself_is_no_recipient(row_of: RowOf, cell: str) -> None:
    """BPJS's list of members has all of them; the state pays for two segments."""
    row = row_of(pbi_jk.SOURCE, SEGMENTS_CELLS, cell)
    assert row["alasan"] == SEGMENTS[cell]


WITNESSES: dict[str, tuple[Row, Row]] = {
    "one says it": ({"nik": "", "nik_saksi": OTHER}, {"nik": OTHER, "nik_jenis": "sah"}),
    "both say it": ({"nik_saksi": NIK}, {"nik": NIK, "nik_jenis": "sah"}),
    "none beside it": ({"nik_saksi": ""}, {"nik": NIK, "nik_jenis": "sah"}),
    "they differ": (
        {"nik_saksi": OTHER}, {"nik": None, "nik_jenis": "rusak", "nik_calon": None, "nik15": None, "nik_asli": NIK},
    ),
    "the first is damaged": (
        {"nik": NIK[:15], "nik_saksi": NIK}, {"nik": None, "nik_jenis": "rusak", "nik_calon": NIK, "nik15": NIK[:15]},
    ),
    "the second is damaged": ({"nik_saksi": "2,10407E+15"}, {"nik": NIK, "nik_jenis": "sah"}),
    "both are damaged": (
        {"nik": NIK[:15], "nik_saksi": "0"}, {"nik": None, "nik_jenis": "rusak", "nik_asli": NIK[:15]},
    ),
    "neither is there": ({"nik": "", "nik_saksi": ""}, {"nik": None, "nik_jenis": "kosong"}),
}  # fmt: skip


WITNESSED: Table = {case: {"tata_letak": "verval"} | cells for case, (cells, _) in WITNESSES.items()}


@pytest.mark.parametrize("case", WITNESSES)
def test_two_nik_of_one_row_are_not_guessed_between(row_of: RowOf, case: str) -> None:
    """BPJS's leads, the other is its witness; the number as delivered is kept beside what it became."""
    row, expected = row_of(pbi_jk.SOURCE, WITNESSED, case), WITNESSES[case][1]
    assert {column: row[column] for column in expected} == expected


UNREADABLE = ("2,10407E+15", "2.10407E+15", "2,10407051234567E+15", "12345678901234567", "1" * 16, "1234567890123456")


UNREADABLE_CELLS: Table = {cell: {"nik": cell, "no_kk": cell} for cell in UNREADABLE}


@pytest.mark.parametrize("cell", UNREADABLE)
def test_a_number_whose_digits_are_gone_is_never_made_up(row_of: RowOf, cell: str) -> None:
    """No NIK, no No KK; the cell is kept."""
    row = row_of(dtks.SOURCE, UNREADABLE_CELLS, cell)
    assert (row["nik"], row["no_kk"], row["nik_jenis"], row["nik_asli"]) == (None, None, "rusak", cell)


DATES = {
    # the cells of one list, and what each becomes (None: unknown; "?": doubtful)
    "day first": (("28/03/1978", "03/04/1978"), (date(1978, 3, 28), date(1978, 4, 3))),
    "nothing tells": (("03/04/1978", "05/06/1980"), (date(1978, 4, 3), date(1980, 6, 5))),
    "month first": (("12/25/1978", "03/04/1978", "07/07/1990"), (date(1978, 12, 25), "?", date(1990, 7, 7))),
    "both orders": (("12/25/1978", "28/03/1978", "3-4-78"), (date(1978, 12, 25), date(1978, 3, 28), "?")),
    "other forms beside": (("12/25/1978", "1996-03-04", "4 Maret 1978"), (
        date(1978, 12, 25), date(1996, 3, 4), date(1978, 3, 4))),
    "no date": (("31/02/1978", "12/32/1978", ""), (None, None, None)),
}  # fmt: skip


@pytest.mark.parametrize("case", DATES)
def test_a_date_of_two_readings_is_no_evidence(standardise: Standardise, case: str) -> None:
    """Where a cell of the list can only be month first; it is said, and the row stays lawful."""
    cells, expected = DATES[case]
    found = standardise(dtks.SOURCE, *({"tanggal_lahir": cell} for cell in cells))
    assert [row["tanggal_lahir"] for row in found] == [None if day == "?" else day for day in expected]
    assert [row["tanggal_ragu"] for row in found] == [day == "?" for day in expected]
    assert {row["alasan"] for row in found} == {""}


def test_one_list_says_nothing_of_another(standardise: Standardise) -> None:
    """Another file, another sheet."""
    cells = ({"tanggal_lahir": "12/25/1978"}, {"tanggal_lahir": "03/04/1978", "lembar": "lain"})
    assert [row["tanggal_ragu"] for row in standardise(dtks.SOURCE, *cells)] == [False, False]


DECILES = {
    "1": 1, "10": 10, "Desil 4": 4, "04": 4, "3.0": 3, "10,0": 10,
    "": None, "-": None, "belum ditentukan": None, "Belum Peringkat": None,
    "11": "x", "6-10": "x", "dua": "x", "1.5": "x",
}  # fmt: skip


DECILES_CELLS: Table = {cell: {"desil": cell} for cell in DECILES}


@pytest.mark.parametrize("cell", DECILES)
def test_a_decile_is_one_to_ten_or_not_given_yet(row_of: RowOf, cell: str) -> None:
    """Anything else is refused."""
    row = row_of(dtsen.SOURCE, DECILES_CELLS, cell)
    if DECILES[cell] == "x":
        assert row["alasan"] == "desil_tak_dikenal "
    else:
        assert (row["desil"], row["alasan"]) == (DECILES[cell], "")


def test_the_key_of_a_family_stands_for_its_head_alone(standardise: Standardise) -> None:
    """Shared by all of a family it would join brothers."""
    cells = ("1", "3", "")
    found = standardise(
        dtsen.SOURCE, *({"tata_letak": "anggota", "id_keluarga": "k-1", "hubungan_keluarga": c} for c in cells)
    )
    assert [row["id_registri"] for row in found] == ["K-1", None, None]


KINDS = {
    "PMKS-24": "PMKS-24", "pmks24": "PMKS-24", "PPKS-24": "PMKS-24", "24": "PMKS-24", "01": "PMKS-01", "1": "PMKS-01",
    "Fakir Miskin": "PMKS-24", "ODHA": "PMKS-16", "Lansia Terlantar": "PMKS-08", "": None, "27": None, "0": None,
    "miskin": None,
}  # fmt: skip


KINDS_CELLS: Table = {cell: {"kategori": cell} for cell in KINDS}


@pytest.mark.parametrize("cell", KINDS)
def test_a_kind_is_named_by_number_code_or_name(row_of: RowOf, cell: str) -> None:
    """Nearly is not enough."""
    row = row_of(ppks.SOURCE, KINDS_CELLS, cell)
    assert row["segmen"] == KINDS[cell]
    assert row["alasan"] == ("" if KINDS[cell] else "jenis_tak_dikenal ")


NO_NUMBER: Row = {"nik": "", "no_kk": ""}
FACILITIES: tuple[tuple[Row, str | None], ...] = (
    (NO_NUMBER | {"nama": "", "fasilitas": "WC Komunal"}, "WC Komunal"),
    (NO_NUMBER | {"nama": "-", "fasilitas": "MCK++"}, "MCK++"),
    (NO_NUMBER | {"nama": "IPAL komunal Bentai", "fasilitas": ""}, "IPAL komunal Bentai"),
    (NO_NUMBER | {"nama": "BUDI", "fasilitas": "MCK komunal"}, None),  # a family that uses one, and lacks its number
    (NO_NUMBER | {"nama": "SYARIPAL", "fasilitas": "milik sendiri"}, None),
    (NO_NUMBER | {"nama": "", "fasilitas": "Jamban milik sendiri"}, None),
    (NO_NUMBER | {"nama": "", "fasilitas": "MCK pribadi"}, None),
    (NO_NUMBER | {"nama": "", "fasilitas": "Jamban leher angsa"}, None),
    (NO_NUMBER | {"nama": "Jamban umum Bentai", "fasilitas": ""}, "Jamban umum Bentai"),
    ({"nama": "BUDI", "fasilitas": "MCK komunal"}, None),
    (NO_NUMBER | {"nama": "", "fasilitas": ""}, None),
)


def test_a_facility_is_told_from_a_family(standardise: Standardise) -> None:
    """Without a number of a person, and named as one."""
    found = standardise(sanitasi.SOURCE, *(cells for cells, _ in FACILITIES))
    assert [row["fasilitas"] for row in found] == [named for _, named in FACILITIES]
    assert [row["alasan"] for row in found] == [
        "", "", "", "", "", "nama_kosong ", "nama_kosong ", "nama_kosong ", "", "", "nama_kosong ",
    ]  # fmt: skip


COHORTS = {
    "2024-06/asesmen/eks_dapur_arang.xlsx": "eks_dapur_arang",
    "2024-06/asesmen/Eks Dapur Arang/a.csv": "eks_dapur_arang",
    "2024-06/asesmen/Nelayan 2024.csv": "nelayan_2024",
}  # fmt: skip


@pytest.mark.parametrize("berkas", COHORTS)
def test_a_cohort_is_named_by_column_folder_or_file(standardise: Standardise, berkas: str) -> None:
    """In this order."""
    own, named = standardise(asesmen.SOURCE, {"berkas": berkas}, {"berkas": berkas, "kohort": "Pemulung TPA"})
    assert (own["kohort"], named["kohort"]) == (COHORTS[berkas], "pemulung_tpa")
