"""A recipient who stands in no registry, while a row of the registry was refused: messy, right, tempting wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipelines.stages.fakta import fakta_kepesertaan
from pipelines.stages.temuan import temuan_kini

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

PINANG, TELUK = "21.04.07.2005", "21.04.07.2007"
OWN, OTHER = "2104070101800001", "2104070202900002"
CARD, OTHERS = "2104070101100001", "2104070101100002"
SALMA: Row = {"orang_id": "OA", "nik": OWN, "no_kk": CARD, "nama_baku": "SALMA", "tanggal_lahir": date(1980, 1, 1)}
HALIMAH: Row = {"orang_id": "OB", "nik": OTHER, "no_kk": OTHERS, "nama_baku": "HALIMAH"}
SOURCES: list[Row] = [
    {"sumber": "dtks", "program": "DTKS", "registri": True, "registri_berlaku": True, "memberi": False},
    {"sumber": "pkh", "program": "PKH", "satuan": "keluarga", "dari_registri": True},
]
REFUSED: Row = {
    "rid": 9, "baris": 9, "sumber": "dtks", "alasan": "", "nik": None, "nik_jenis": "rusak", "nik_calon": None,
    "no_kk": None, "nama_baku": "SALMI", "tanggal_lahir": None, "kode_desa": PINANG,
}  # fmt: skip

# what the refused row tells, and whether SALMA, who draws, is found to stand in no registry
CASES: dict[str, tuple[Row, bool]] = {
    "his number, without a name": ({"nik": OWN, "alasan": "nama_kosong ", "nama_baku": None}, False),
    "a reading of his number": ({"nik_calon": OWN}, False),
    "his card": ({"no_kk": CARD}, False),
    "his name in his desa": ({"nama_baku": "SALMA"}, False),
    "his name and birth in his desa": ({"nama_baku": "SALMA", "tanggal_lahir": date(1980, 1, 1)}, False),
    "his name in his desa, another birth": ({"nama_baku": "SALMA", "tanggal_lahir": date(1990, 1, 1)}, True),
    "his name in another desa": ({"nama_baku": "SALMA", "kode_desa": TELUK}, True),
    "his name with another's number": ({"nama_baku": "SALMA", "nik": OTHER}, True),
    "another's card": ({"no_kk": OTHERS}, True),
    "nothing of his": ({}, True),
    "that he was removed": ({"nik": OWN, "alasan": "nama_kosong ", "status": "MAMPU"}, True),
    "him, on a list that is no registry": ({"sumber": "pkh", "no_kk": CARD}, True),
}


@pytest.mark.parametrize(("told", "found"), CASES.values(), ids=CASES)
def test_whose_row_of_the_registry_may_be_refused_is_not_missed_in_it(make: Make, told: Row, found: bool) -> None:
    rows = [{"rid": 1, "sumber": "dtks"} | HALIMAH, {"rid": 2, "baris": 2, "sumber": "pkh"} | SALMA]
    given: dict[str, list[Row]] = {
        "baris": [*({c: v for c, v in row.items() if c != "orang_id"} for row in rows), REFUSED | told],
        "tautan": [{"rid": 1, "sumber": "dtks", "orang_id": "OB"}, {"rid": 2, "sumber": "pkh", "orang_id": "OA"}],
        "orang": [SALMA, HALIMAH], "program_sumber": SOURCES,
        "anggota_keluarga": [{"orang_id": "OA", "keluarga_id": "KA"}, {"orang_id": "OB", "keluarga_id": "KB"}],
    }  # fmt: skip
    findings = make(temuan_kini, fakta_kepesertaan=make(fakta_kepesertaan, **given), **given)
    missed = [r["keluarga_id"] for r in findings if r["aturan"] == "PESERTA_DI_LUAR_REGISTRI"]
    assert missed == (["KA"] if found else [])
