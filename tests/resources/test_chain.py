"""What the warehouse says of a row and of a person over several periods, published by hand."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.row_address import Address, readings
from resources import sides
from resources.chain import changes_of, pairs_of, reasons, rows_at, rows_of, versions_of, why_not_found
from resources.drop import Drop
from resources.pairs import read_pairs, with_sides
from resources.warehouse import Warehouse

Row = dict[str, Any]
Deliver = Callable[..., Mapping[str, Path]]
MAY, JUNE = "2024-05", "2024-06"
BOOK = "2024-06/blt_dd/BLT: Raya.xlsx"
NIK, FORMER, KK = "2104084101900001", "2104084101900011", "2104080101150001"


def trace(periode: str, baris: int, **cells: Any) -> Row:
    """One row of a list of one desa."""
    place = {"berkas": BOOK.replace(JUNE, periode), "lembar": "RT 01: A", "baris": baris}
    return {"periode": periode, "sumber": "blt_dd", "nasib": "dimuat", "jenis": "data", **place, **cells}


def person(periode: str, orang_id: str, **cells: Any) -> Row:
    """A version of a person."""
    return {"orang_id": orang_id, "keluarga_id": "KA", "status": "AKTIF", "berlaku_dari": periode, **cells}


def evidence(periode: str, orang_id: str, **cells: Any) -> Row:
    """One piece of evidence."""
    return {"periode": periode, "orang_id": orang_id, **cells}


@pytest.fixture
def two_periods(warehouse: Warehouse, deliver: Deliver) -> Warehouse:
    """OA in May and June, under another NIK since; OB in June alone; one row refused; one pair to judge."""
    desa = [{"kode_desa": "21.04.07.2005", "nama_desa": "Sungai Pinang"}]
    programme = [{"program": "PKH", "satuan": "keluarga"}, {"program": "PBI_JK", "satuan": "orang"}]
    home = [{"keluarga_id": "KA", "no_kk": KK, "berlaku_dari": MAY}]
    place = {"kode_desa": "21.04.07.2005", "nama": "SITI", "nama_baku": "SITI"}
    may = deliver(
        dim_wilayah=desa, dim_program=programme, dim_keluarga=home,
        dim_orang=[person(MAY, "OA", nik=FORMER, tanggal_lahir=date(1990, 1, 1), **place)],
        pengenal=[evidence(MAY, "OA", nik=FORMER, no_kk=KK)],
        jejak_baris=[trace(MAY, 4, orang_id="OA", keluarga_id="KA", cara_padan="nik", skor_padan=1.0)],
    )  # fmt: skip
    june = deliver(
        dim_wilayah=desa, dim_program=programme,
        dim_orang=[person(JUNE, "OA", nik=NIK, **place), person(JUNE, "OB", nik=None, **place)],
        pengenal=[evidence(JUNE, "OA", nik=NIK), evidence(JUNE, "OB", psnoka="0001234567890")],
        jejak_baris=[
            trace(JUNE, 4, orang_id="OA", keluarga_id="KA", cara_padan="id_registri", skor_padan=0.99),
            trace(JUNE, 5, nasib="dikarantina"), trace(JUNE, 9, nasib="diabaikan", jenis="total"),
        ],
        karantina=[{**trace(JUNE, 5), "kolom": "nik", "alasan": "nik_rusak", "pesan": "NIK rusak"}],
        neraca_baris=[{"periode": JUNE, "sumber": "blt_dd", "berkas": BOOK, "sidik_berkas": "s", **dict.fromkeys(
            ("dibaca", "dimuat", "diperbaiki", "dikarantina", "duplikat", "diabaikan"), 0)}],
        fakta_kepesertaan=[
            {"periode": JUNE, "program": "PKH", "orang_id": "OC", "keluarga_id": "KA"},
            {"periode": JUNE, "program": "PBI_JK", "orang_id": "OA", "keluarga_id": "KA"},
        ],
        tinjauan=[
            {"tinjauan_id": "T1", "periode": JUNE, "orang_id_a": "OA", "orang_id_b": "OB", "skor": 0.8, "sidik": "s1"},
            {"tinjauan_id": "T2", "periode": JUNE, "orang_id_a": "OB", "sidik": "s2", "berkas": BOOK,
             "lembar": "RT 01: A", "baris": 5},
        ],
        log_kunci=[{"periode": JUNE, "jenis": "gabung", "unit": "orang", "kunci_lama": "OX", "kunci_baru": "OA",
                    "bukti": "NIK dan nama yang sama"}],
    )  # fmt: skip
    warehouse.publish(MAY, "run", "sidik mei", may)
    warehouse.publish(JUNE, "run", "sidik juni", june)
    return warehouse


def test_a_row_is_found_however_its_colons_are_read(two_periods: Warehouse) -> None:
    found = rows_at(two_periods, readings(f"/data/{BOOK}:RT 01: A:4"))
    assert found[["periode", "orang_id", "baris"]].to_numpy().tolist() == [[JUNE, "OA", 4]]
    refused = rows_at(two_periods, readings(f"{BOOK}:RT 01: A:5")).iloc[0].to_dict()
    assert reasons(two_periods, refused).pesan.tolist() == ["NIK rusak"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"{BOOK}:RT 01: A:7", "Baris 7 kosong atau tidak ada; baris terakhir yang terisi: 9."),
        (f"{BOOK}:RT 02:4", 'Lembar itu tidak ada pada berkasnya; yang ada: "RT 01: A".'),
        ("2024-06/blt_dd/lain.xlsx:RT 01:4", "Berkas itu tidak ada pada periode yang terbit"),
    ],
)
def test_what_of_an_address_is_wrong_is_said(two_periods: Warehouse, address: str, sentence: str) -> None:
    read = readings(address)
    assert rows_at(two_periods, read).empty and why_not_found(two_periods, read).startswith(sentence)


def test_a_person_is_told_over_all_periods(two_periods: Warehouse) -> None:
    assert rows_of(two_periods, "OA").cara_padan.tolist() == ["nik", "id_registri"]
    assert versions_of(two_periods, "OA")[["berlaku_dari", "nik", "nama_desa"]].to_numpy().tolist() == [
        [MAY, FORMER, "Sungai Pinang"], [JUNE, NIK, "Sungai Pinang"],
    ]  # fmt: skip
    assert changes_of(two_periods, ["OA", "KA"]).kunci_lama.tolist() == ["OX"]
    assert pairs_of(two_periods, "OB", None).tinjauan_id.tolist() == ["T1", "T2"]
    assert pairs_of(two_periods, None, Address(BOOK, "RT 01: A", 5)).tinjauan_id.tolist() == ["T2"]
    assert pairs_of(two_periods, None, None).empty


def test_a_person_as_he_was_known_without_this_period(two_periods: Warehouse, tmp_path: Path) -> None:
    """What his own row of the period brought does not speak for it."""
    whole = sides.persons(two_periods, MAY, ["OA"], tmp_path).rows.iloc[0]
    assert (whole.nik, whole.no_kk, whole.nama_desa) == ([FORMER], [KK], "Sungai Pinang")
    found = {own: sides.persons(two_periods, JUNE, ["OA", "OB"], tmp_path, own=own).rows for own in (True, False)}
    by_key = {own: rows.set_index("orang_id") for own, rows in found.items()}
    assert [by_key[own].nik["OA"] for own in (True, False)] == [[NIK, FORMER]] * 2
    assert by_key[True].psnoka["OB"] == ["0001234567890"] and pd.isna(by_key[False].psnoka["OB"])
    assert by_key[True].program.to_dict() == {"OA": "PBI_JK, PKH", "OB": "PKH"}


def test_the_sides_of_pairs_stand_in_their_order(two_periods: Warehouse, tmp_path: Path) -> None:
    """Side b of the second is a row whose cells are gone."""
    (tmp_path / JUNE).mkdir()
    pairs = read_pairs(two_periods, JUNE, Drop(tmp_path))
    assert (len(pairs.every), len(pairs.open), len(pairs.pending)) == (2, 2, 0)
    both, whole = with_sides(two_periods, JUNE, pairs.open, tmp_path)
    assert not whole
    assert both[["tinjauan_id", "a_nama", "b_nama", "sama", "asal"]].fillna("").to_numpy().tolist() == [
        ["T1", "SITI", "SITI", "nama sama, No KK sama, desa sama", ""], ["T2", "SITI", "", "", f"{BOOK}:RT 01: A:5"],
    ]  # fmt: skip
