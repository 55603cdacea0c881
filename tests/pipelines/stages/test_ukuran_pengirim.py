"""What a person is asked about a sender: drift, a second file, absence; and when an answer counts."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages import ukuran_pengirim

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
OWN, OTHER = f"blt_dd/{PINANG}", f"blt_dd/{TELUK}"
SOURCES: list[Row] = [{"sumber": "dtks"}, {"sumber": "blt_dd", "program": "BLT_DD", "per_desa": True}]


def measure(ukuran: str, nilai: float, sumber: str = "blt_dd") -> Row:
    """One measure of one delivery."""
    return {"sumber": sumber, "ukuran": ukuran, "nilai": nilai}


def by_sender(found: list[Row]) -> dict[str, Row]:
    """The rows of a frame; a sender has one."""
    rows = {r["pengirim"]: r for r in found}
    assert len(rows) == len(found)
    return rows


@pytest.mark.parametrize(
    ("before", "low", "high"), [(100, 70, 130), (5, 0, 10), (8, 3, 13), (16, 11, 21), (20, 14, 26), (0, -5, 5)]
)
def test_a_list_may_move_by_its_share_and_by_a_few_rows(make: Make, before: int, low: float, high: float) -> None:
    found = make(
        ukuran_pengirim.pergeseran, program_sumber=SOURCES, ukuran_kiriman=[measure(f"pengirim:{OWN}", 7)],
        ukuran_kiriman_lalu=[measure(f"pengirim:{OWN}", before)],
    )  # fmt: skip
    row = by_sender(found)[OWN]
    assert (row["baris"], row["min_baris"], row["maks_baris"]) == (7, low, high)
    assert row["keterangan"] == f"7 baris, periode lalu {before}"


def test_a_source_is_compared_as_a_whole_and_sender_by_sender(make: Make) -> None:
    """A source of one sender once; what was never seen, and who is gone, is no matter of drift."""
    found = make(
        ukuran_pengirim.pergeseran, program_sumber=SOURCES, dim_wilayah=[{}],
        ukuran_kiriman=[
            measure("diterima", 80), measure(f"pengirim:{OWN}", 81), measure("diterima", 9, "dtks"),
            measure("pengirim:dtks", 9, "dtks"),
        ],
        ukuran_kiriman_lalu=[measure("diterima", 100), measure(f"pengirim:{OTHER}", 100)],
    )  # fmt: skip
    rows = by_sender(found)
    assert {name: (r["baris"], r["baris_lalu"], r["min_baris"]) for name, r in rows.items()} == {
        "dtks": (9, None, None), "blt_dd": (80, 100, 70), OWN: (81, None, None),
    }  # fmt: skip
    assert rows[OWN]["keterangan"].startswith("Sungai Pinang, 81 baris")


def sent(*berkas: str, sumber: str, pengirim: str) -> list[Row]:
    """Files of one sender."""
    return [{"berkas": b, "sumber": sumber, "pengirim": pengirim} for b in berkas]


def persons(berkas: str, first: int, last: int) -> list[Row]:
    """Rows of so many persons in a file."""
    return [{"berkas": berkas, "orang_id": f"O{n}"} for n in range(first, last)]


@pytest.mark.parametrize(
    ("named", "more"),
    [
        (persons("a", 0, 10) + persons("b", 1, 11), 1),  # a list and its revision
        (persons("a", 0, 10) + persons("b", 10, 20), 0),  # two parts
        (persons("a", 0, 10) + persons("b", 0, 30), 0),  # heads of families, and all their members
        (persons("a", 0, 10) + persons("b", 0, 2), 0),  # a list and an addition to it
        (persons("a", 0, 10) + persons("b", 0, 20), 1),  # on the bound
        ([], 0),
    ],
)
def test_two_files_of_a_kabupaten_are_one_list_where_they_name_the_same(
    make: Make, named: list[Row], more: int
) -> None:
    found = make(
        ukuran_pengirim.berkas_ganda, program_sumber=SOURCES, isi_pengirim=[{"berkas": 2}], jejak_baris=named,
        pengirim=sent("a", "b", sumber="dtks", pengirim="dtks"),
    )  # fmt: skip
    row = by_sender(found)["dtks"]
    assert row["lebih"] == more and ("2 berkas berlainan: a dan b; " in row["keterangan"]) is bool(more)


def test_as_many_files_are_counted_as_are_named(make: Make) -> None:
    """Of three parts of a list of the kabupaten, two are alike: the third is none of the question's."""
    found = make(
        ukuran_pengirim.berkas_ganda, program_sumber=SOURCES, isi_pengirim=[{"berkas": 3}],
        pengirim=sent("a", "b", "c", sumber="dtks", pengirim="dtks"),
        jejak_baris=persons("a", 0, 20) + persons("b", 0, 20) + persons("c", 20, 40),
    )  # fmt: skip
    assert by_sender(found)["dtks"]["keterangan"].startswith("2 berkas berlainan: a dan b; ")


def test_of_a_desa_there_is_one_file(make: Make) -> None:
    """A second one is a question, whoever stands in it; a copy of the same bytes is none."""
    copy = {"berkas": "c", "sumber": "blt_dd", "pengirim": OTHER, "salinan_dari": "d"}
    found = make(
        ukuran_pengirim.berkas_ganda, program_sumber=SOURCES,
        isi_pengirim=[{"pengirim": OWN, "sumber": "blt_dd"}, {"pengirim": OTHER, "sumber": "blt_dd"}],
        pengirim=[*sent("a", "b", sumber="blt_dd", pengirim=OWN), *sent("d", sumber="blt_dd", pengirim=OTHER), copy],
    )  # fmt: skip
    rows = by_sender(found)
    assert {name: r["lebih"] for name, r in rows.items()} == {OWN: 1, OTHER: 0}
    assert rows[OWN]["keterangan"].startswith("2 berkas berlainan: a dan b; bila salah satu menggantikan yang lain")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("2024-06/blt_dd/BLT 21.04.07.2005.xlsx", "2024-06/blt_dd/BLT 21.04.07.2005.xlsx"),
        ("2024-06/blt_dd/DTKS_2104_LINGGA_052024.txt", "2024-06/blt_dd/DTKS_2104_LINGGA_052024.txt"),
        ("2024-06/blt_dd/BLT 2104076012770003.xlsx", "2024-06/blt_dd/BLT ....xlsx"),
        ("2024-06/blt_dd/BLT 2104 0760 1277 0003 b.xlsx", "2024-06/blt_dd/BLT ...b.xlsx"),
    ],
)
def test_a_file_is_told_by_its_name_without_a_persons_number(make: Make, name: str, shown: str) -> None:
    found = make(
        ukuran_pengirim.berkas_ganda, program_sumber=SOURCES, isi_pengirim=[{"pengirim": OWN, "sumber": "blt_dd"}],
        pengirim=sent("z", name, sumber="blt_dd", pengirim=OWN),
    )  # fmt: skip
    assert by_sender(found)[OWN]["keterangan"].startswith(f"2 berkas berlainan: {shown} dan z; ")


def test_who_is_gone_is_asked_about_by_name(make: Make) -> None:
    rows = [{"sumber": "blt_dd", "pengirim": OWN, "hilang": 1.0}, {"sumber": "dtks", "pengirim": "dtks"}]
    found = by_sender(make(ukuran_pengirim.cakupan, program_sumber=SOURCES, kehadiran=rows, dim_wilayah=[{}]))
    assert {name: r["hilang"] for name, r in found.items()} == {OWN: 1, "dtks": 0}
    assert found[OWN]["keterangan"] == "Sungai Pinang, tidak ada lagi, periode lalu 30 baris"


@pytest.mark.parametrize(("before", "asked"), [(3.0, True), (2.0, False)])
def test_a_list_of_one_or_two_rows_may_have_ended(make: Make, before: float, *, asked: bool) -> None:
    rows = [{"sumber": "blt_dd", "pengirim": OWN, "hilang": 1.0, "baris_lalu": before}]
    found = make(ukuran_pengirim.cakupan, program_sumber=SOURCES, kehadiran=rows, dim_wilayah=[{}])
    assert bool(found) == asked


def answered(sidik: str, aturan: str = "KIRIMAN_NAIK_TAJAM", pengirim: str = OWN) -> Row:
    """A confirmation."""
    return {"aturan": aturan, "pengirim": pengirim, "sidik": sidik}


def drift(make: Make, isi: str = "a", before: float = 10, answers: tuple[Row, ...] = ()) -> Row:
    """A sender that moved, and what was answered."""
    found = make(
        ukuran_pengirim.pergeseran, program_sumber=SOURCES, ukuran_kiriman=[measure(f"pengirim:{OWN}", 90)],
        ukuran_kiriman_lalu=[measure(f"pengirim:{OWN}", before)], konfirmasi_masuk=list(answers),
        isi_pengirim=[{"pengirim": OWN, "isi": isi}],
    )  # fmt: skip
    return by_sender(found)[OWN]


def test_an_answer_counts_for_its_rule_sender_and_finding_alone(make: Make) -> None:
    """Not for another file of the sender, nor against another period before; twice is as good as once."""
    sidik = drift(make)["sidik"]
    right = answered(sidik)
    assert drift(make, answers=(right, right))["ditanya"] == 0
    wrong = (answered("x"), answered(sidik, pengirim=OTHER), answered(sidik, aturan="CAKUPAN_DESA_HILANG"))
    assert drift(make, answers=wrong)["ditanya"] == 1
    assert drift(make, isi="b", answers=(right,))["ditanya"] == 1
    assert drift(make, before=11, answers=(right,))["ditanya"] == 1


def test_only_what_counted_is_published(make: Make) -> None:
    """Stale answers stay in the file."""
    frame = [{"pengirim": OWN, "sidik": "a", "ditanya": 0.0}, {"pengirim": OTHER, "sidik": "b", "ditanya": 1.0}]
    found = make(
        ukuran_pengirim.konfirmasi, pergeseran=frame,
        konfirmasi_masuk=[
            answered("a"), answered("lama"), answered("a", "CAKUPAN_DESA_HILANG"), answered("b", pengirim=OTHER),
        ],
    )  # fmt: skip
    assert [(r["aturan"], r["pengirim"], r["sidik"], r["periode"]) for r in found] == [
        ("KIRIMAN_NAIK_TAJAM", OWN, "a", "2024-06")
    ]


def test_the_bytes_of_a_sender_are_told_from_others(make: Make) -> None:
    """In any order of files, copies left out; a source of many senders stands as a whole too."""
    rows = [
        {"berkas": "b", "sumber": "blt_dd", "pengirim": OWN, "sidik_berkas": "2"},
        {"berkas": "a", "sumber": "blt_dd", "pengirim": OWN, "sidik_berkas": "1"},
        {"berkas": "c", "sumber": "blt_dd", "pengirim": OWN, "sidik_berkas": "1", "salinan_dari": "a"},
        {"berkas": "d", "sumber": "dtks", "pengirim": "dtks", "sidik_berkas": "3"},
    ]
    found, again = (by_sender(make(ukuran_pengirim.isi_pengirim, pengirim=r)) for r in (rows, rows[::-1]))
    assert found == again
    assert {name: r["berkas"] for name, r in found.items()} == {OWN: 2, "blt_dd": 2, "dtks": 1}
    assert found[OWN]["isi"] == found["blt_dd"]["isi"] != found["dtks"]["isi"]
