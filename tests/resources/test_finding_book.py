"""Findings as rows for a visitor: who stands for a family, what is said of him, and what is not known left blank."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from resources.finding_book import finding_rows

Row = dict[str, Any]
FINDING = {
    "temuan_id": "T1", "aturan": "BLT_DD_DAN_PKH", "tingkat": "kesalahan", "orang_id": None, "keluarga_id": "KA",
    "kode_desa": "21.04.07.2005", "keterangan": "Dua daftar.", "dasar_hukum": "PMK", "status": "muncul_lagi",
    "sejak": "2024-05", "nama_desa": "Sungai Pinang", "program": None,
}  # fmt: skip
FORMULA = '=HYPERLINK("http://contoh.id")'  # a name as somebody may have typed it
COLUMNS = {
    "temuan": list(FINDING), "dim_keluarga": ["keluarga_id", "no_kk", "kepala_orang_id"],
    "fakta_kepesertaan": ["keluarga_id", "program", "orang_id"], "dim_orang": ["orang_id", "nama", "nik"],
    "pengenal": ["orang_id", "nik"],
}  # fmt: skip
HEAD = {"dim_keluarga": [("KA", "2104070101150001", "OA")]}
PERSONS = {"dim_orang": [("OA", FORMULA, "2104076012770003"), ("OB", "SITI REKAAN", None)]}
LISTED = {"fakta_kepesertaan": [("KA", "BLT_DD", "OB"), ("KA", "PKH", "OA")]}
NUMBERS = {"pengenal": [("OA", "2104076012770003"), ("OA", "2104076012770004")]}


class Shelf:
    """Answers each query with the rows of the first table that it names."""

    def __init__(self, tables: dict[str, list[Any]]) -> None:
        """Tables that are not named are empty."""
        self.tables = tables

    def query(self, statement: str, **_: object) -> pd.DataFrame:
        """The rows of the table."""
        name = statement.split(" from ")[1].split(maxsplit=1)[0]
        return pd.DataFrame(self.tables.get(name, []), columns=COLUMNS[name])


@pytest.fixture
def rows() -> Callable[..., pd.DataFrame]:
    """The rows of one finding, with what is known besides."""

    def made(changed: Row, *known: dict[str, list[Any]]) -> pd.DataFrame:
        tables = {"temuan": [tuple((FINDING | changed).values())]}
        for of in known:
            tables |= of
        return finding_rows(Shelf(tables), "2024-06", None, None)  # type: ignore[arg-type]

    return made


def test_a_family_is_told_by_its_head_and_its_lists(rows: Callable[..., pd.DataFrame]) -> None:
    (row,) = rows({}, HEAD, PERSONS, LISTED, NUMBERS).to_dict("records")
    assert (row["nama"], row["NIK"], row["No KK"]) == (FORMULA, "2104076012770003", "2104070101150001")
    assert row["tercantum pada daftar"] == f"BLT_DD: SITI REKAAN, PKH: {FORMULA}"
    assert (row["NIK lain"], row["keadaan"], row["hasil kunjungan"]) == ("2104076012770004", "muncul lagi", "")


@pytest.mark.parametrize(
    ("changed", "known", "name"),
    [
        ({"orang_id": "OB"}, (HEAD, PERSONS), "SITI REKAAN"),  # a finding on a person is about him
        ({}, (HEAD, PERSONS, {"fakta_kepesertaan": [("KA", "DTKS", "OB")]}), "SITI REKAAN"),  # the head is on no list
        ({}, (HEAD, PERSONS), FORMULA),
        ({}, (PERSONS, LISTED), "SITI REKAAN"),  # without a head, who draws
        ({}, (), ""),
        ({"keluarga_id": None}, (), ""),
    ],
)
def test_who_stands_for_it(rows: Callable[..., pd.DataFrame], changed: Row, known: tuple[Any, ...], name: str) -> None:
    (row,) = rows(changed, *known).to_dict("records")
    assert row["nama"] == name and row["yang ditemukan"] == "Dua daftar." and "nan" not in row.values()


def test_the_dead_are_told_with_the_list_that_they_stand_on(rows: Callable[..., pd.DataFrame]) -> None:
    """They are counted on none."""
    (row,) = rows({"orang_id": "OC", "program": "PBI_JK"}, PERSONS, LISTED).to_dict("records")
    assert row["tercantum pada daftar"] == f"BLT_DD: SITI REKAAN, PBI_JK: -, PKH: {FORMULA}"
