"""Which lists are gone, and who is kept in mind until they are sent again."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.period import Period
from pipelines.stages import daftar
from pipelines.stages.perubahan import fakta_perubahan
from pipelines.stages.snapshot import snapshot_desa

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
OWN, OTHER = f"blt_dd/{PINANG}", f"blt_dd/{TELUK}"
SOURCES: list[Row] = [{"sumber": "dtks"}, {"sumber": "blt_dd", "program": "BLT_DD", "per_desa": True}]
PROGRAMMES: list[Row] = [{"program": "DTKS", "satuan": "orang"}, {"program": "BLT_DD", "satuan": "keluarga"}]
FILE, OF_OTHER, WHOLE = "2024-05/blt_dd/a.xlsx", "2024-05/blt_dd/b.xlsx", "2024-05/dtks/c.csv"
FILES: list[Row] = [
    {"berkas": FILE, "sumber": "blt_dd", "pengirim": OWN}, {"berkas": OF_OTHER, "sumber": "blt_dd", "pengirim": OTHER},
    {"berkas": WHOLE, "sumber": "dtks", "pengirim": None},
]  # fmt: skip


def measure(ukuran: str, nilai: float, sumber: str = "blt_dd") -> Row:
    """One measure of one delivery."""
    return {"sumber": sumber, "ukuran": ukuran, "nilai": nilai}


@pytest.mark.parametrize(
    ("before", "now", "lawful", "gone"),
    [
        ([measure(f"pengirim:{OWN}", 3)], [], [], {OWN}),
        ([measure(f"pengirim:{OWN}", 1)], [], [], {OWN}),  # nobody is asked, yet nobody has sent it
        ([measure(f"pengirim:{OWN}", 0)], [], [], set()),  # nobody is missing
        ([measure(f"pengirim:{OWN}", 30)], [measure(f"pengirim:{OWN}", 0)], [], set()),  # NIHIL has sent
        ([measure(f"pengirim:{OWN}", 30)], [], [{"sumber": "blt_dd"}], set()),  # within another desa's file
        ([measure(f"desa:{PINANG}", 30, "dtks")], [], [{"kode_desa": TELUK}], {f"dtks/{PINANG}"}),
        ([measure(f"desa:{PINANG}", 30, "dtks")], [], [{}], set()),
        ([measure(f"desa:{PINANG}", 30, "dtks")], [], [{"kode_desa": None}], set()),  # a layout without desa
        ([measure("pengirim:dtks/bpjs", 30, "dtks")], [measure("pengirim:dtks", 30, "dtks")], [], {"dtks/bpjs"}),
        ([measure("pengirim:lain", 30, "lain")], [], [], set()),  # a source that is no more
    ],
)
def test_who_is_gone(make: Make, before: list[Row], now: list[Row], lawful: list[Row], gone: set[str]) -> None:
    found = make(daftar.kehadiran, program_sumber=SOURCES, ukuran_kiriman=now, ukuran_kiriman_lalu=before, baris=lawful)
    rows = {r["pengirim"]: r for r in found}
    assert len(rows) == len(found) and {name for name, r in rows.items() if r["hilang"]} == gone


def list_of(pengirim: str, hilang: int) -> Row:
    """A list that is there or gone."""
    return {"sumber": pengirim.split("/", maxsplit=1)[0], "pengirim": pengirim, "hilang": float(hilang)}


def family(letter: str, berkas: str = FILE, kode_desa: str = PINANG) -> Row:
    """A family of one on a list of BLT-DD."""
    unit = {"orang_id": f"O{letter}", "keluarga_id": f"K{letter}"}
    return unit | {"program": "BLT_DD", "berkas": berkas, "kode_desa": kode_desa}


def person(letter: str, kode_desa: str = PINANG) -> Row:
    """A person on the registry of the kabupaten."""
    return {"orang_id": f"O{letter}", "keluarga_id": f"K{letter}", "kode_desa": kode_desa, "berkas": WHOLE}


REMEMBERED = {"orang_id": "OA", "keluarga_id": "KA", "program": "BLT_DD", "sumber": "blt_dd", "pengirim": OWN,
              "sejak": "2024-04"}  # fmt: skip
# lists, who stood on them before, who stands on one now, who was kept in mind: who is
CASES: dict[str, tuple[list[Row], list[Row], list[Row], list[Row], set[tuple[str, str, str]]]] = {
    "every list is here, and who left has left": ([list_of(OWN, 0)], [family("A")], [], [], set()),
    "a desa did not send": (
        [list_of(OWN, 1), list_of(OTHER, 0)], [family("A"), family("B", OF_OTHER, TELUK)], [], [],
        {("KA", OWN, "2024-06")},
    ),
    "it stands on the list of another desa": (
        [list_of(OWN, 1)], [family("A")], [family("A", OF_OTHER, TELUK)], [], set(),
    ),
    "two recipients are one family": (
        [list_of(OWN, 1)], [family("A"), family("A") | {"orang_id": "OX"}], [], [], {("KA", OWN, "2024-06")},
    ),
    "a desa is no more on the registry": (
        [list_of(f"dtks/{PINANG}", 1)], [person("A"), person("B", TELUK)], [], [],
        {("KA", f"dtks/{PINANG}", "2024-06")},
    ),
    "a registry did not come": ([list_of("dtks", 1)], [person("A")], [], [], {("KA", "dtks", "2024-06")}),
    "it still does not come": ([list_of(OTHER, 0)], [], [], [REMEMBERED], {("KA", OWN, "2024-04")}),
    "it comes again, with it": ([list_of(OWN, 0)], [], [family("A")], [REMEMBERED], set()),
    "it comes again, without it": ([list_of(OWN, 0)], [], [], [REMEMBERED], set()),
    "in the meantime on another list": ([], [], [family("A", OF_OTHER, TELUK)], [REMEMBERED], set()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_who_stood_on_a_list_that_was_not_sent_is_kept_in_mind(make: Make, case: str) -> None:
    lists, before, now, remembered, expected = CASES[case]
    found = make(
        daftar.daftar_tidak_dikirim, kehadiran=lists, fakta_kepesertaan=now, fakta_kepesertaan_lalu=before,
        neraca_baris_lalu=FILES, daftar_tidak_dikirim_lalu=remembered, dim_program=PROGRAMMES,
    )  # fmt: skip
    assert len(found) == len(expected)
    assert {(r["keluarga_id"], r["pengirim"], r["sejak"]) for r in found} == expected


def test_a_list_that_is_away_for_two_months_adds_up(make: Make) -> None:
    """May with two families, June and July without the list, August with it, one family gone and one new."""
    months = [("2024-05", ["A", "B"]), ("2024-06", []), ("2024-07", []), ("2024-08", ["A", "C"])]
    before: list[Row] = []
    unsent: list[Row] = []
    told: dict[str, list[tuple[str, str]]] = {}
    amounts: dict[str, Row] = {}
    for at, (month, families) in enumerate(months):
        periode, now = Period(month, months[at - 1][0] if at else None), [family(letter) for letter in families]
        lists = [list_of(OWN, 0)] if now else [list_of(OWN, 1)] if before else []
        units = {"fakta_kepesertaan": now, "fakta_kepesertaan_lalu": before, "dim_program": PROGRAMMES}
        gone = make(
            daftar.daftar_tidak_dikirim, periode, kehadiran=lists, neraca_baris_lalu=FILES,
            daftar_tidak_dikirim_lalu=unsent, **units,
        )  # fmt: skip
        changes = make(
            fakta_perubahan, periode, daftar_tidak_dikirim=gone, daftar_tidak_dikirim_lalu=unsent,
            dim_orang_lalu=[{"orang_id": "OC"}], **units,
        )  # fmt: skip
        told[month] = sorted((r["keluarga_id"], r["sebab"]) for r in changes)
        found = make(snapshot_desa, periode, fakta_kepesertaan=now, fakta_perubahan=changes,
                     dim_wilayah=[{}], dim_program=PROGRAMMES)  # fmt: skip
        amounts[month] = next(r for r in found if r["program"] == "BLT_DD")
        before, unsent = now, gone
    assert told == {
        "2024-05": [], "2024-06": [("KA", "DAFTAR_TIDAK_DIKIRIM"), ("KB", "DAFTAR_TIDAK_DIKIRIM")], "2024-07": [],
        "2024-08": [("KA", "DAFTAR_DIKIRIM_LAGI"), ("KC", "BARU_DI_PROGRAM")],
    }  # fmt: skip
    assert [(r["jumlah"], r["masuk"], r["keluar"]) for r in amounts.values()] == [
        (2, 0, 0), (0, 0, 2), (0, 0, 0), (2, 2, 0)
    ]  # fmt: skip
