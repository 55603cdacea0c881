"""Who came, left, moved or changed, and why: one case a unit, all in one run."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.period import Period
from pipelines.stages.perubahan import fakta_perubahan

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
PROGRAMMES = [{"program": "DTKS", "satuan": "orang"}, {"program": "PKH", "satuan": "keluarga"}]

# before and now (None: not a member), what a registry says of the person now (None: on no list), known
# before, and the changes: jenis, sebab, kode_desa
CASES: dict[str, tuple[Row | None, Row | None, str | None, bool, list[tuple[str, str, str]]]] = {
    "stays": ({}, {}, "AKTIF", True, []),
    "a person on no list before": (None, {}, "AKTIF", False, [("masuk", "ORANG_BARU", PINANG)]),
    "known from another programme": (None, {}, "AKTIF", True, [("masuk", "BARU_DI_PROGRAM", PINANG)]),
    "gone without a word": ({}, None, None, True, [("keluar", "TIDAK_ADA_DI_DAFTAR", PINANG)]),
    "gone, on another list": ({}, None, "AKTIF", True, [("keluar", "TIDAK_ADA_DI_DAFTAR", PINANG)]),
    "dead": ({}, None, "MENINGGAL", True, [("keluar", "MENINGGAL", PINANG)]),
    "able": ({}, None, "MAMPU", True, [("keluar", "MAMPU", PINANG)]),
    "moved out of reach": ({"kode_desa": TELUK}, None, "PINDAH", True, [("keluar", "PINDAH", TELUK)]),
    "moved to another desa": (
        {}, {"kode_desa": TELUK}, "AKTIF", True,
        [("pindah_keluar", "PINDAH_DESA", PINANG), ("pindah_masuk", "PINDAH_DESA", TELUK)],
    ),
    "moved, and the amount with it": (
        {"nominal": 1}, {"kode_desa": TELUK, "nominal": 2}, "AKTIF", True,
        [("pindah_keluar", "PINDAH_DESA", PINANG), ("pindah_masuk", "PINDAH_DESA", TELUK)],
    ),
    "another segment": ({"segmen": "PBI APBN"}, {"segmen": "PBI APBD"}, "AKTIF", True,
        [("ubah", "SEGMEN", PINANG)]),
    "another amount": ({"nominal": 300_000}, {"nominal": 900_000}, "AKTIF", True,
        [("ubah", "NOMINAL", PINANG)]),
    "a segment that was not told before": ({}, {"segmen": "PBI APBN"}, "AKTIF", True, []),
    "an amount no longer told": ({"nominal": 300_000}, {}, "AKTIF", True, []),
    "another row of another file": ({"baris": 7}, {"baris": 9, "berkas": "2024-06/dtks/dua.csv"}, "AKTIF",
        True, []),
    "a family in another recipient": ({"program": "PKH"}, {"program": "PKH", "orang_id": "OX"}, "AKTIF", True,
        []),
    "a family comes": (None, {"program": "PKH"}, "AKTIF", True, [("masuk", "BARU_DI_PROGRAM", PINANG)]),
    "its list was not sent": ({"program": "PKH"}, None, "AKTIF", True,
        [("keluar", "DAFTAR_TIDAK_DIKIRIM", PINANG)]),
    "its list was not sent, and a registry says why it is gone": ({"program": "PKH"}, None, "MAMPU", True,
        [("keluar", "MAMPU", PINANG)]),
    "its row is in quarantine": ({"program": "PKH"}, None, "AKTIF", True,
        [("keluar", "BARIS_DIKARANTINA", PINANG)]),
    "its row was in quarantine": (None, {"program": "PKH"}, "AKTIF", True,
        [("masuk", "BARIS_DITERIMA_LAGI", PINANG)]),
    "its row was in quarantine, and is so still": (None, None, "AKTIF", True, []),
    "its list is sent again": (None, {"program": "PKH"}, "AKTIF", True, [("masuk", "DAFTAR_DIKIRIM_LAGI", PINANG)]),
    "a family of a dead recipient": ({"program": "PKH"}, None, "MENINGGAL", True,
        [("keluar", "MENINGGAL", PINANG)]),
}  # fmt: skip


def tables() -> dict[str, list[Row]]:
    """The tables of all cases; case n is person O<n> of family K<n>."""
    given: dict[str, list[Row]] = {
        "fakta_kepesertaan": [], "fakta_kepesertaan_lalu": [], "orang": [], "dim_orang_lalu": [],
        "dim_program": PROGRAMMES, "daftar_tidak_dikirim": [], "daftar_tidak_dikirim_lalu": [], "tertahan": [],
        "tertahan_lalu": [],
    }  # fmt: skip
    for n, (name, (before, now, status, known, _)) in enumerate(CASES.items()):
        unit = {"orang_id": f"O{n}", "keluarga_id": f"K{n}"}
        given["fakta_kepesertaan_lalu"] += [unit | before] if before is not None else []
        given["fakta_kepesertaan"] += [unit | now] if now is not None else []
        given["orang"] += [{"orang_id": f"O{n}", "status": status}] if status else []
        unsent = "daftar_tidak_dikirim" if name.startswith("its list was not sent") else "daftar_tidak_dikirim_lalu"
        given[unsent] += [unit | {"program": "PKH"}] if name.startswith("its list") else []
        if name.startswith("its row"):
            given["tertahan" if " is in " in name else "tertahan_lalu"].append(unit | {"program": "PKH"})
        given["dim_orang_lalu"] += [{"orang_id": f"O{n}"}] if known else []
    return given


@pytest.fixture(scope="module")
def changes(make: Make) -> list[Row]:
    """Every change of every case."""
    return make(fakta_perubahan, **tables())


@pytest.mark.parametrize("case", CASES)
def test_a_change_has_its_kind_cause_and_desa(changes: list[Row], case: str) -> None:
    family = f"K{list(CASES).index(case)}"
    found = [(r["jenis"], r["sebab"], r["kode_desa"]) for r in changes if r["keluarga_id"] == family]
    assert sorted(found) == CASES[case][4]


def test_a_change_says_between_which_periods(changes: list[Row]) -> None:
    assert {(r["periode"], r["periode_sebelum"]) for r in changes} == {("2024-06", "2024-05")}


def test_nothing_changes_in_the_first_period(make: Make) -> None:
    assert make(fakta_perubahan, Period("2024-06"), fakta_kepesertaan=[{}], dim_program=PROGRAMMES) == []
