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


@pytest.mark.parametrize(("told", "held"), CASES.values(), ids=CASES)
def test_who_may_stand_on_a_refused_row(make: Make, told: Row, held: set[tuple[str, str]]) -> None:
    row = REFUSED | told
    place = {name: row[name] for name in ("sumber", "berkas", "lembar", "baris")}
    stood = [{"program": p, "orang_id": "OA", "keluarga_id": "KA"} for p in ("DTKS", "PKH")]
    found = make(
        tertahan, baris=[row, row | {"rid": 2, "baris": 8, "alasan": "", "nik": OWN}], karantina=[place],
        dikenal=[KNOWN, KNOWN | {"orang": -2, "orang_id": "OB", "nik": int(OTHER), "nama_baku": "HALIMAH"}],
        kartu_keluarga_lalu=[{"no_kk": CARD, "keluarga_id": "KA"}], fakta_kepesertaan_lalu=stood,
        program_sumber=SOURCES, dim_program=PROGRAMMES,
    )  # fmt: skip
    assert {(r["program"], r["unit"]) for r in found} == held
