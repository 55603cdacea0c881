"""Rows that hold for the rows below them: messy, right, tempting wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.reading.bands import band_of
from pipelines.sources.dtks import SOURCE as DTKS

KK = "2104010101100001"
OTHER = "2104010101100002"
NIK, WIFE, CHILD = "2104010101900001", "2104014101900002", "2104010101150003"
CASES = {
    "Dukcapil": (["No. KK : " + KK, "", ""], ("no_kk", KK)),
    "cells apart": (["No KK", ":", KK], ("no_kk", KK)),
    "in full": (["Nomor Kartu Keluarga: " + KK], ("no_kk", KK)),
    "with the head": (["KK " + KK, "Kepala Keluarga: BUDI"], ("no_kk", KK)),
    "digits apart": (["No. KK: 2104 0101 0110 0001"], ("no_kk", "2104 0101 0110 0001")),
    "desa": (["Desa/Kelurahan : SUNGAI PINANG"], ("desa", "SUNGAI PINANG")),
    "a person": (["1", "BUDI", NIK], None),
    "a bare number": ([KK], None),
    "a header": (["No. KK", "NIK", "Nama"], None),
    "a signature": (["Kepala Desa Raya"], None),
    "desa in prose": (["Desa Raya, 28 Mei 2024"], None),
    # what stood in the band before holds no more
    "half a number": (["No. KK: 21040101"], ("no_kk", "")),
    "letters for digits": (["No. KK : 21040701011OOO02"], ("no_kk", "")),
    "masked": (["No. KK : 210407010110****"], ("no_kk", "")),
}


@pytest.mark.parametrize(("cells", "found"), CASES.values(), ids=CASES)
def test_a_band_states_one_field(cells: list[str], found: tuple[str, str] | None) -> None:
    """And nothing else does."""
    assert band_of(cells, frozenset({"no_kk", "desa"})) == found


BIP = f"""DAFTAR KELUARGA

NIK;Nama Lengkap;Desa
(1);(2);(3)
No. KK : {KK};;
{NIK};BUDI;RAYA
{WIFE};SITI;RAYA
No. KK : {OTHER}
{CHILD};ANI;RAYA
JUMLAH;3;
"""


@pytest.mark.parametrize("padded", [True, False])
def test_a_family_takes_the_number_above_it(read: Callable[..., Any], padded: bool) -> None:
    """Whether the band fills its record or not; the band itself is no data."""
    text = BIP if padded else BIP.replace(f"{KK};;", KK)
    reading, rows = read(DTKS, {"BIP.csv": text.encode()})
    assert not reading.failures
    assert rows["jenis"].tolist() == [
        "judul", "kepala", "nomor", "judul", "data", "data", "judul", "data", "total",
    ]  # fmt: skip
    data = rows[rows["jenis"] == "data"]
    assert data["no_kk"].tolist() == [KK, KK, OTHER]
    assert data["alasan_baca"].isna().all()


def test_a_column_goes_before_a_band(read: Callable[..., Any]) -> None:
    """Where the rows carry their number, a line that looks like a band is what it always was."""
    text = f"NIK;No KK;Nama;Desa\nNo. KK : {OTHER};;;\n{NIK};{KK};BUDI;RAYA\n"
    _, rows = read(DTKS, {"a.csv": text.encode()})
    assert rows[rows["jenis"] == "data"]["no_kk"].tolist()[-1] == KK
