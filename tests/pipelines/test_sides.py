"""What agrees and what differs between two sides, as a table of cases: messy, right, tempting wrong."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pytest

from pipelines.sides import SIDE, in_words, pairs_of

Records = Callable[[ir.Table], list[dict[str, Any]]]
NIK, SLIP, OTHER = "2104084101900001", "2104084101900011", "2104071505880002"
KK, OTHER_KK = "2104070101100001", "2104070101109999"
# side a | side b | what agrees | what differs
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "nothing is known": ({}, {}, "", ""),
    "of one side only": ({"nama_baku": "SITI", "nik": [NIK]}, {}, "", ""),
    "the same": (
        {"nama_baku": "SITI", "nik": [NIK], "no_kk": [KK], "tanggal_lahir": date(1990, 5, 15), "jenis_kelamin": "P"},
        {"nama_baku": "SITI", "nik": [NIK], "no_kk": [KK], "tanggal_lahir": date(1990, 5, 15), "jenis_kelamin": "P"},
        "nama sama, NIK sama, No KK sama, tanggal lahir sama, jenis kelamin sama", "",
    ),
    "a former number is his too": ({"nik": [OTHER, NIK]}, {"nik": [NIK]}, "NIK sama", ""),
    "one digit": (
        {"nik": [OTHER, NIK], "no_kk": [KK]}, {"nik": [SLIP], "no_kk": [OTHER_KK]},
        "", "NIK beda satu angka, No KK beda",
    ),
    "other numbers": ({"nik": [NIK]}, {"nik": [OTHER]}, "", "NIK beda"),
    "no number at all": ({"nik": [NIK]}, {"nik": []}, "", ""),
    "a masked number": ({"nik": [OTHER, NIK]}, {"nik_tertulis": f"{NIK[:12]}****"}, "12 angka pertama NIK sama", ""),
    "a cut number": ({"nik": [NIK]}, {"nik_tertulis": f"{NIK[:15]}0"}, "15 angka pertama NIK sama", ""),
    "a cut card": ({"no_kk": [KK]}, {"no_kk_tertulis": KK[:15]}, "15 angka pertama No KK sama", ""),
    "another's masked number": ({"nik": [NIK]}, {"nik_tertulis": f"{OTHER[:12]}****"}, "", "sisa angka NIK beda"),
    "too little is left": ({"nik": [NIK]}, {"nik_tertulis": "210408"}, "", ""),
    "a masked number beside a sound one": ({"nik": [NIK]}, {"nik": [NIK], "nik_tertulis": NIK[:12]}, "NIK sama", ""),
    "a name misspelt": ({"nama_baku": "MELATI PUTRI"}, {"nama_baku": "MELATI PUTIR"}, "nama mirip", ""),
    "a name half the same": ({"nama_baku": "SITI AMINAH"}, {"nama_baku": "SITI RAHMAH"}, "", "nama agak mirip"),
    "another name": ({"nama_baku": "BUDI"}, {"nama_baku": "KARTIKA"}, "", "nama beda"),
    "the mother": ({"nama_ibu": "MINAH"}, {"nama_ibu": "KARTIKA"}, "", "nama ibu beda"),
    "the day that nobody knows": (
        {"tanggal_lahir": date(1980, 12, 31)}, {"tanggal_lahir": date(1980, 12, 31)},
        "tanggal lahir sama (tanggal bawaan, bukti lemah)", "",
    ),
    "day and month": (
        {"tanggal_lahir": date(1980, 3, 4)}, {"tanggal_lahir": date(1980, 4, 3)}, "", "hari dan bulan lahir tertukar",
    ),
    "the year": (
        {"tanggal_lahir": date(1980, 3, 4)}, {"tanggal_lahir": date(1980, 5, 1)},
        "", "tanggal lahir beda, tahunnya sama",
    ),
    "another day": ({"tanggal_lahir": date(1980, 3, 4)}, {"tanggal_lahir": date(1981, 3, 4)}, "", "tanggal lahir beda"),
    "places and lists": (
        {"kode_desa": "21.04.07.2005", "psnoka": ["0001"], "id_registri": ["A"]},
        {"kode_desa": "21.04.07.2006", "psnoka": ["0001"], "id_registri": ["B"]},
        "nomor peserta BPJS sama", "desa beda, nomor registri beda",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def said(records: Records) -> dict[str, tuple[str, str]]:
    """The words of every case, asked for at once."""
    rows = [
        {"kasus": name, **{f"a_{c}": v for c, v in a.items()}, **{f"b_{c}": v for c, v in b.items()}}
        for name, (a, b, _, _) in CASES.items()
    ]
    schema = [("kasus", pa.string()), *((f"{side}_{f.name}", f.type) for side in "ab" for f in SIDE)]
    found = records(in_words(pairs_of(pa.Table.from_pylist(rows, schema=pa.schema(schema)))))
    return {row["kasus"]: (row["sama"], row["beda"]) for row in found}


@pytest.mark.parametrize("case", CASES)
def test_what_agrees_and_what_differs_is_said(said: dict[str, tuple[str, str]], case: str) -> None:
    assert said[case] == CASES[case][2:]


def test_what_is_known_of_neither_side_need_not_be_given(records: Records) -> None:
    (row,) = records(in_words(pairs_of(pa.table({"a_nama_baku": ["SITI"], "b_nama_baku": ["SITI"]}))))
    assert (row["sama"], row["beda"]) == ("nama sama", "")
