"""OpenSID's export of an aid programme, as a file of any source: its sheets `Program` and `Peserta`."""

from collections.abc import Callable
from typing import Any

import pytest
from made_files import workbook
from real_headers import KK, NIK, OTHER_NIK

from pipelines.declaration import Source
from pipelines.sources import blt_dd, bpnt, pkh, rtlh

Read = Callable[..., tuple[list[dict[str, Any]], list[str]]]


def programme(target: str, member: str, *, named: str = "BLT", without: bool = False) -> bytes:
    """OpenSID's export of one aid programme; `target`: who its members are."""
    said = [["ID Program", "7"], ["Nama Program", named], ["Sasaran", target]]
    listed = [
        ["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"],
        [member, "1", OTHER_NIK, "SITI RAHMAH", "Lingga", "1977-12-20", "RT 1"],
        ["###", "", "", "", "", "", ""],
        [member, "Peserta diisi NIK atau No KK", "", "CONTOH", "", "", ""],
    ]
    return workbook(listed, names=["Peserta"]) if without else workbook(said, listed, names=["Program", "Peserta"])


@pytest.mark.parametrize("source", [blt_dd.SOURCE, pkh.SOURCE, rtlh.SOURCE], ids=lambda s: s.name)
@pytest.mark.parametrize(
    ("target", "member", "expected"),
    [
        ("1", NIK, {"nik": NIK, "no_kk": None}),
        ("1 - Penduduk", NIK, {"nik": NIK, "no_kk": None}),
        ("2", KK, {"nik": OTHER_NIK, "no_kk": KK}),
        ("Keluarga", KK, {"nik": OTHER_NIK, "no_kk": KK}),
    ],
)
def test_an_aid_programme_of_opensid_says_whom_it_lists(
    read: Read, source: Source, target: str, member: str, expected: dict[str, Any]
) -> None:
    """`Peserta` is a NIK or a No KK; what stands below `###` is no data."""
    rows, failures = read(source, "Peserta Desa Sungai Pinang.xlsx", programme(target, member, named=source.title))
    assert failures == []
    assert [{name: row[name] for name in expected} for row in rows] == [expected]
    assert rows[0]["nama"] == "SITI RAHMAH" and rows[0]["judul_desa"] == "Sungai Pinang"


@pytest.mark.parametrize("content", [programme("3", KK), programme("", KK), programme("1", NIK, without=True)])
def test_a_list_of_opensid_that_does_not_say_whom_is_not_guessed(read: Read, content: bytes) -> None:
    """A household, a group, or no word at all."""
    rows, failures = read(blt_dd.SOURCE, "BLT Desa Sungai Pinang.xlsx", content)
    assert rows == [] and "lembar itu tidak menyebut 1 (penduduk) atau 2 (keluarga)" in failures[0]


@pytest.mark.parametrize(
    ("source", "named", "own"),
    [
        (pkh.SOURCE, "PKH 2024", True), (pkh.SOURCE, "Program Keluarga Harapan", True), (pkh.SOURCE, "", True),
        (pkh.SOURCE, "BLT Dana Desa", False), (bpnt.SOURCE, "Sembako", True), (bpnt.SOURCE, "PKH", False),
        (blt_dd.SOURCE, "BLT-DD Tahun 2024", True), (blt_dd.SOURCE, "PKH", False), (rtlh.SOURCE, "Bedah Rumah", True),
    ],
)  # fmt: skip
def test_an_aid_programme_of_opensid_is_the_source_s_own(read: Read, source: Source, named: str, own: bool) -> None:
    """Another's members in this folder would be counted as this one's."""
    rows, failures = read(source, "Desa Sungai Pinang.xlsx", programme("2", KK, named=named))
    assert bool(rows) is own and bool(failures) is not own
    assert own or f"bukan {source.program}; pindahkan" in failures[0]
