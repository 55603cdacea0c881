"""Rows in the common form: what each column becomes, and why a row is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pytest

from pipelines.linkage import Keep
from pipelines.regions import wilayah_kode, wilayah_kunci
from pipelines.sources import blt_dd, bpnt, dtks, pbi_jk, pkh
from pipelines.stages.baris import ORDER_BITS, baris

Rows = Callable[..., ir.Table]
Records = Callable[[ir.Table], list[dict[str, Any]]]
Row = dict[str, Any]

NIK, WOMAN, KK = "2104070505800001", "2104074505800001", "2104070101100001"
PLACE = {"kecamatan": "LINGGA TIMUR", "desa": "SEI PINANG"}
LAWFUL = {"nik": NIK, "no_kk": KK, "nama": "H. Muh. Ali, S.Pd"} | PLACE

# (cells of a DTKS row, what becomes of them)
CASES: dict[str, tuple[Row, Row]] = {
    "a lawful row": (
        LAWFUL | {"tanggal_lahir": "05/05/1980", "jenis_kelamin": "1"},
        {"nik": NIK, "nik_jenis": "sah", "no_kk": KK, "nama": "H. MUH. ALI, S.PD", "nama_baku": "MUHAMAD ALI",
         "tanggal_lahir": date(1980, 5, 5), "jenis_kelamin": "L",
         "kode_desa": "21.04.07.2005",
         "status": "AKTIF", "alasan": "", "nik_calon": None, "nik12": None, "nik15": None, "no_kk15": None},
    ),
    "a woman": (LAWFUL | {"nik": WOMAN, "jenis_kelamin": "PEREMPUAN"},
        {"jenis_kelamin": "P"}),
    "noise around the numbers": (LAWFUL | {"nik": f"'{NIK}\u00a0", "no_kk": " 2104.0701.0110.0001"},
        {"nik": NIK, "no_kk": KK}),
    "a masked NIK": (
        LAWFUL | {"nik": "210407050580****"},
        {"nik": None, "nik_jenis": "tersamar", "nik12": "210407050580", "alasan": ""},
    ),
    "15 digits": (
        LAWFUL | {"nik": NIK[:15]},
        {"nik": None, "nik_jenis": "rusak", "nik15": NIK[:15], "alasan": ""},
    ),
    "a letter": (
        LAWFUL | {"nik": "21O4070505800001"},
        {"nik": None, "nik_jenis": "rusak", "nik_calon": NIK, "alasan": ""},
    ),
    "no NIK": (LAWFUL | {"nik": "0"}, {"nik": None, "nik_jenis": "kosong", "alasan": ""}),
    "no NIK column": (LAWFUL | {"nik": None}, {"nik": None, "nik_jenis": "tak_ada", "alasan": ""}),
    "a No KK cut": (LAWFUL | {"no_kk": KK[:15]}, {"no_kk": None, "no_kk15": KK[:15]}),
    "a No KK invented": (LAWFUL | {"no_kk": "1111111111111111"}, {"no_kk": None}),
    "the NIK typed as No KK": (LAWFUL | {"nik": WOMAN, "no_kk": WOMAN}, {"nik": WOMAN, "no_kk": None}),
    "a wrong date": (LAWFUL | {"tanggal_lahir": "31/02/1980"}, {"tanggal_lahir": None, "alasan": ""}),
    "a mother": (LAWFUL | {"nama_ibu": "Hj. ST. Aminah"}, {"nama_ibu": "SITI AMINAH"}),
    "a code of BPS, as its sender writes": (
        LAWFUL | {"kode_sistem": "bps", "kode_wilayah": "2104032005", "desa": "SUNGAI PINANG"},
        {"kode_desa": "21.04.07.2005", "alasan": ""},
    ),
    "neither sex": (LAWFUL | {"jenis_kelamin": "?"}, {"jenis_kelamin": None, "alasan": ""}),
    "LK": (LAWFUL | {"jenis_kelamin": "Lk"}, {"jenis_kelamin": "L"}),
    "laki-laki": (LAWFUL | {"jenis_kelamin": " laki-laki "}, {"jenis_kelamin": "L"}),
    "PR": (LAWFUL | {"jenis_kelamin": "PR"}, {"jenis_kelamin": "P"}),
    "2": (LAWFUL | {"jenis_kelamin": "2"}, {"jenis_kelamin": "P"}),
    "dead": (LAWFUL | {"status": "Meninggal Dunia"}, {"status": "MENINGGAL", "alasan": ""}),
    "dead, by code": (LAWFUL | {"status": "2"}, {"status": "MENINGGAL"}),
    "a teacher in the family": (LAWFUL | {"status": "GURU"}, {"status": "ADA_ANGGOTA_ASN_TNI_POLRI_GURU"}),
    "no longer poor": (LAWFUL | {"status": "SUDAH MAMPU"}, {"status": "MAMPU"}),
    "active": (LAWFUL | {"status": "aktif"}, {"status": "AKTIF"}),
    "a status nobody knows": (LAWFUL | {"status": "lulus"}, {"alasan": "status_tak_dikenal "}),
    "desa of the title": (
        LAWFUL | {"desa": "", "kecamatan": "", "judul_desa": "SUNGAI PINANG",
            "judul_kecamatan": "LINGGA TIMUR"},
        {"kode_desa": "21.04.07.2005", "alasan": ""},
    ),
    "the row's desa before the title's": (
        LAWFUL | {"judul_desa": "TELUK", "judul_kecamatan": "LINGGA TIMUR"}, {"kode_desa": "21.04.07.2005"},
    ),
    "no desa": (LAWFUL | {"desa": "", "kecamatan": ""}, {"kode_desa": None, "alasan": ""}),
    "a desa nobody knows": (LAWFUL | {"desa": "NEGERI ENTAH"},
        {"kode_desa": None, "alasan": "desa_tak_dikenal "}),
    "desa and kecamatan contradict": (LAWFUL | {"kecamatan": "SINGKEP"}, {"alasan": "desa_bertentangan "}),
    "no name": (LAWFUL | {"nama": "-"}, {"nama_baku": None, "alasan": "nama_kosong "}),
    "cells too many": (LAWFUL | {"alasan_baca": "jumlah_kolom"}, {"alasan": "jumlah_kolom "}),
    "two things wrong": (LAWFUL | {"nama": "", "desa": "X"}, {"alasan": "nama_kosong desa_tak_dikenal "}),
}  # fmt: skip

AMOUNTS = {
    "300000": 300_000, "300.000": 300_000, "Rp 300.000,00": 300_000, "Rp. 900.000,-": 900_000,
    "Rp300.000": 300_000,
    "300,000": 300_000, "300,000.00": 300_000, "1.200.000": 1_200_000, "": None, "-": None,
    "tiga ratus": None,
    "3.00": None, "-300000": None, "30.0000": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def standardise(rows: Rows, records: Records, keep: Keep, wilayah: ir.Table) -> Callable[..., list[Row]]:
    """Standardise rows of one source, in the order of their `baris`."""
    kunci, kode = keep(wilayah_kunci(wilayah)), keep(wilayah_kode(wilayah))

    def run(source: Any, *cases: Row) -> list[Row]:
        table = baris(source, 3, rows("mentah", *cases), kunci, kode)
        return sorted(records(table), key=lambda r: (r["berkas"], r["lembar"], r["baris"]))

    return run


@pytest.fixture(scope="module")
def standard(standardise: Callable[..., list[Row]]) -> dict[str, Row]:
    """Every case of CASES, standardised at once."""
    cells = [{"status": ""} | cells | {"baris": at} for at, (cells, _) in enumerate(CASES.values(), 2)]
    return dict(zip(CASES, standardise(dtks.SOURCE, *cells, {"jenis": "judul"}, {"jenis": "total"}), strict=True))


@pytest.mark.parametrize("case", CASES)
def test_a_row_becomes_its_common_form(standard: dict[str, Row], case: str) -> None:
    expected = CASES[case][1]
    assert {column: standard[case][column] for column in expected} == expected


def test_a_no_kk_typed_as_nik_is_no_nik(standardise: Callable[..., list[Row]]) -> None:
    (row,) = standardise(dtks.SOURCE, LAWFUL | {"nik": KK, "no_kk": KK, "status": ""})
    assert (row["nik_jenis"], row["nik"]) == ("rusak", None)


def test_the_number_of_a_row_follows_trust_file_sheet_and_row(standardise: Callable[..., list[Row]]) -> None:
    files = [("2024-06/blt_dd/b.xlsx", "B"), ("2024-06/blt_dd/b.xlsx", "A"), ("2024-06/blt_dd/a.csv", "")]
    cases = [
        LAWFUL | {"berkas": b, "lembar": lembar, "baris": at, "nominal": amount}
        for b, lembar in files for at, amount in enumerate(AMOUNTS, 2)
    ]  # fmt: skip
    found = standardise(blt_dd.SOURCE, *cases[::-1])
    rids = [row["rid"] for row in found]
    assert rids == sorted(set(rids))
    assert {rid >> ORDER_BITS for rid in rids} == {3}
    assert [row["nominal"] for row in found] == list(AMOUNTS.values()) * 3


def test_a_list_of_insured_keeps_number_and_segment(standardise: Callable[..., list[Row]]) -> None:
    (row,) = standardise(pbi_jk.SOURCE, LAWFUL | {"psnoka": "2802875185", "segmen": "pbi apbn", "status": "aktif"})
    assert [row[c] for c in ("psnoka", "segmen", "status", "sumber")] == [
        "0002802875185",
        "PBI APBN",
        "AKTIF",
        "pbi_jk",
    ]


def column_of(share: float, field: str, number: str, berkas: str) -> list[Row]:
    """Twenty rows whose number in `field` was stored as a number; `share` of them ends in 0."""
    zeros = int(20 * share)
    return [
        LAWFUL | {"status": "", "berkas": berkas, "baris": at, "sel_angka": field,
                  field: f"{number[:14]}{at % 9 + 1}{0 if at < zeros else at % 9 + 1}"}
        for at in range(20)
    ]  # fmt: skip


def test_a_column_that_excel_cut_is_damaged_and_a_healthy_one_is_not(
    standardise: Callable[..., list[Row]],
) -> None:
    folder = "2024-06/dtks/"
    cut, healthy = (
        column_of(1.0, "nik", NIK, folder + "a.xlsx"),
        column_of(0.1, "nik", NIK, folder + "b.xlsx"),
    )
    families = column_of(1.0, "no_kk", KK, folder + "c.xlsx")
    found = standardise(dtks.SOURCE, *cut, *healthy, *families)
    kinds = {file: {r["nik_jenis"] for r in found if r["berkas"] == folder + file} for file in ("a.xlsx", "b.xlsx")}
    assert kinds == {"a.xlsx": {"rusak"}, "b.xlsx": {"sah"}}
    assert [r["nik15"] for r in found[:20]] == [r["nik"][:15] for r in cut]
    assert [(r["no_kk"], r["no_kk15"]) for r in found[40:]] == [(None, r["no_kk"][:15]) for r in families]


def test_a_column_that_excel_saved_as_text_is_as_damaged(standardise: Callable[..., list[Row]]) -> None:
    """All of it ends in 0; half of it, three cells, or one number many times prove nothing."""
    folder = "2024-06/dtks/"
    saved, half = (column_of(share, "nik", NIK, f"{folder}{share}.csv") for share in (1.0, 0.5))
    three = column_of(1.0, "nik", NIK, folder + "tiga.csv")[:3]
    one = [row | {"nik": NIK[:14] + "50"} for row in column_of(1.0, "nik", NIK, folder + "satu.csv")]
    lists = (saved, half, three, one)
    found = standardise(dtks.SOURCE, *(row | {"sel_angka": ""} for rows in lists for row in rows))
    kinds = [{r["nik_jenis"] for r in found if r["berkas"] == rows[0]["berkas"]} for rows in lists]
    assert kinds == [{"rusak"}, {"sah"}, {"sah"}, {"sah"}]


# how many rows each family's No KK stands on, in how many families it ends in 0, whether the cells are numeric, and
# whether those numbers are damaged
MERGED: dict[str, tuple[list[int], int, bool, bool]] = {
    "a large family with a lawful 0": ([8, *[1] * 22], 1, True, False),
    "a large family with a lawful 0, as text": ([18, 1], 1, False, False),
    "all families": ([4] * 5, 5, True, True),
    "all families, as text": ([4] * 5, 5, False, True),
    "a quarter of the families, the small ones": ([*[1] * 6, *[9] * 18], 6, True, True),
    "three families, as text": ([4] * 3, 3, False, True),
    "two families, as text": ([9] * 2, 2, False, False),
    "most of fifteen families": ([4] * 15, 13, True, True),
    "a third of nine families": ([4] * 9, 3, True, False),
}  # fmt: skip


@pytest.mark.parametrize(("members", "zeros", "numeric", "damaged"), MERGED.values(), ids=MERGED)
def test_the_no_kk_of_a_family_counts_once(
    standardise: Callable[..., list[Row]], members: list[int], zeros: int, numeric: bool, damaged: bool
) -> None:
    cards = [f"{KK[:13]}{at + 1:02}{0 if at < zeros else 1}" for at, _ in enumerate(members)]
    rows = [card for card, many in zip(cards, members, strict=True) for _ in range(many)]
    told = {"status": "", "sel_angka": "no_kk" if numeric else ""}
    found = standardise(dtks.SOURCE, *(LAWFUL | told | {"baris": at, "no_kk": card} for at, card in enumerate(rows)))
    assert {r["no_kk"] is None for r, card in zip(found, rows, strict=True) if card.endswith("0")} == {damaged}
    assert all(r["no_kk"] == card for r, card in zip(found, rows, strict=True) if card.endswith("1"))


def test_one_lawful_zero_does_not_damage_a_short_column(standardise: Callable[..., list[Row]]) -> None:
    """Of fewer than twenty numeric cells every one must end in 0."""
    folder = "2024-06/dtks/"
    short, cut = column_of(0.1, "nik", NIK, folder + "a.xlsx")[:6], column_of(1.0, "nik", NIK, folder + "b.xlsx")[:6]
    found = standardise(dtks.SOURCE, *short, *cut)
    assert any(row["nik"].endswith("0") for row in short) and not all(row["nik"].endswith("0") for row in short)
    assert {(r["berkas"], r["nik_jenis"]) for r in found} == {(folder + "a.xlsx", "sah"), (folder + "b.xlsx", "rusak")}


def test_a_row_of_another_programme_is_refused(standardise: Callable[..., list[Row]]) -> None:
    """PKH and Sembako come as one file type; a file in the wrong folder must not count."""
    words = {"PKH": "", " pkh ": "", "": "", "SEMBAKO": "program_lain", "BPNT SEMBAKO": "program_lain"}
    found = standardise(pkh.SOURCE, *(LAWFUL | {"baris": at, "bansos": word} for at, word in enumerate(words)))
    assert [r["alasan"].strip() for r in found] == list(words.values())
    found = standardise(bpnt.SOURCE, *(LAWFUL | {"baris": at, "bansos": word} for at, word in enumerate(words)))
    assert [r["alasan"].strip() for r in found] == ["program_lain", "program_lain", "", "", ""]
