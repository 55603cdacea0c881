"""Who is missing while a refused row may be his: messy, right, tempting wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages.tertahan import tertahan

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
OWN, OTHER = "2104070101800001", "2104070202900002"
CARD, OTHERS = "2104070101100001", "2104070101100002"
SOURCES: list[Row] = [{"sumber": "dtks", "program": "DTKS"}, {"sumber": "pkh", "program": "PKH", "satuan": "keluarga"}]
PROGRAMMES: list[Row] = [{"program": "DTKS", "satuan": "orang"}, {"program": "PKH", "satuan": "keluarga"}]
KNOWN: Row = {
    "orang": -1, "orang_id": "OA", "nik": int(OWN), "no_kk": int(CARD), "nama_baku": "SALMA", "kode_desa": PINANG,
}  # fmt: skip
REFUSED: Row = {
    "rid": 1, "sumber": "pkh", "berkas": "2024-06/pkh/a.csv", "lembar": "", "baris": 7, "alasan": "nama_kosong",
    "nik": None, "nik_calon": None, "no_kk": None, "nama_baku": None, "kode_desa": PINANG,
}  # fmt: skip

# what a refused row tells, and who is held up by it
CASES: dict[str, tuple[Row, set[tuple[str, str]]]] = {
    "his number": ({"nik": OWN}, {("PKH", "KA")}),
    "a reading of his number": ({"nik_calon": OWN}, {("PKH", "KA")}),
    "the family's card": ({"no_kk": CARD}, {("PKH", "KA")}),
    "his name in his desa": ({"nama_baku": "SALMA"}, {("PKH", "KA")}),
    "on the list of persons": ({"sumber": "dtks", "nik": OWN}, {("DTKS", "OA")}),
    "the card on the list of persons, which may be any member's": ({"sumber": "dtks", "no_kk": CARD}, set()),
    "another's number, who is called as he is": ({"nik": OTHER, "nama_baku": "SALMA"}, set()),
    "another's number": ({"nik": OTHER}, set()),
    "another's card": ({"no_kk": OTHERS}, set()),
    "his name in another desa": ({"nama_baku": "SALMA", "kode_desa": TELUK}, set()),
    "nothing": ({}, set()),
}


STOOD = [{"program": p, "orang_id": "OA", "keluarga_id": "KA", "kode_desa": TELUK} for p in ("DTKS", "PKH")]
HELD: Row = {"program": "PKH", "orang_id": "OA", "keluarga_id": "KA", "kode_desa": TELUK, "sejak": "2024-04"}


def held_up(make: Make, row: Row, **more: list[Row]) -> list[Row]:
    """Who is held up where this row is in quarantine."""
    place = {name: row[name] for name in ("sumber", "berkas", "lembar", "baris")}
    return make(
        tertahan, baris=[row, row | {"rid": 2, "baris": 8, "alasan": "", "nik": OWN}], karantina=[place],
        dikenal=[KNOWN, KNOWN | {"orang": -2, "orang_id": "OB", "nik": int(OTHER), "nama_baku": "HALIMAH"}],
        kartu_keluarga_lalu=[{"no_kk": CARD, "keluarga_id": "KA"}], program_sumber=SOURCES, dim_program=PROGRAMMES,
        **more,
    )  # fmt: skip


@pytest.mark.parametrize(("told", "held"), CASES.values(), ids=CASES)
def test_who_may_stand_on_a_refused_row(make: Make, told: Row, held: set[tuple[str, str]]) -> None:
    found = held_up(make, REFUSED | told, fakta_kepesertaan_lalu=STOOD)
    assert {(r["program"], r["orang_id"] if r["program"] == "DTKS" else r["keluarga_id"]) for r in found} == held
    assert {(r["kode_desa"], r["periode"], r["sejak"]) for r in found} <= {(TELUK, "2024-06", "2024-06")}


# what was so before and is so now, and since when he is held up
MONTHS: dict[str, tuple[Row, dict[str, list[Row]], list[str]]] = {
    "refused again": ({"no_kk": CARD}, {"tertahan_lalu": [HELD]}, ["2024-04"]),
    "no list of the programme": ({"sumber": "dtks", "no_kk": OTHERS}, {"tertahan_lalu": [HELD]}, ["2024-04"]),
    "refused no more": ({"no_kk": OTHERS}, {"tertahan_lalu": [HELD]}, []),
    "refused, and on the list all the same": (
        {"no_kk": CARD}, {"fakta_kepesertaan_lalu": STOOD, "fakta_kepesertaan": STOOD}, []),
    "refused again, and on the list too": ({"no_kk": CARD}, {"tertahan_lalu": [HELD], "fakta_kepesertaan": STOOD}, []),
    "refused, and on another list": (
        {"no_kk": CARD}, {"fakta_kepesertaan_lalu": STOOD, "fakta_kepesertaan": STOOD[:1]}, ["2024-06"]),
    "refused, and a registry says why he is gone": (
        {"no_kk": CARD}, {"fakta_kepesertaan_lalu": STOOD, "orang": [{"status": "MENINGGAL"}]}, []),
    "refused, two recipients of a family": (
        {"no_kk": CARD}, {"fakta_kepesertaan_lalu": [*STOOD, STOOD[1] | {"orang_id": "OC"}]}, ["2024-06"]),
}  # fmt: skip


@pytest.mark.parametrize(("told", "given", "since"), MONTHS.values(), ids=MONTHS)
def test_who_is_held_up_stays_so_while_his_row_is_refused(
    make: Make, told: Row, given: dict[str, list[Row]], since: list[str]
) -> None:
    assert [r["sejak"] for r in held_up(make, REFUSED | told, **given)] == since
