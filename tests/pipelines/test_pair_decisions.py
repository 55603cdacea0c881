"""Decisions about pairs: which one stands, and what a row of the file may say."""

import pandas as pd
import pytest

from pipelines.pair_decisions import COLUMNS, standing, wrong_row

ROW = {"tinjauan_id": "T1", "keputusan": "sama", "alasan": "", "oleh": "petugas", "pada": "2024-06-20", "sidik": "s"}

LIVES = {
    "said once": (["T1 sama 1"], {"T1": "sama"}),
    "changed his mind": (["T1 sama 1", "T1 beda 2"], {"T1": "beda"}),
    "in one second, in the order of the file": (["T1 sama 1", "T1 beda 1"], {"T1": "beda"}),
    "the later period's folder was read last and is older": (["T1 sama 2", "T1 beda 1"], {"T1": "sama"}),
    "withdrawn": (["T1 sama 1", "T1 cabut 2"], {}),
    "withdrawn, and said again": (["T1 sama 1", "T1 cabut 2", "T1 beda 3"], {"T1": "beda"}),
    "each pair for itself": (["T2 beda 1", "T1 sama 1", "T3 sama 1", "T3 cabut 2"], {"T1": "sama", "T2": "beda"}),
    "nothing": ([], {}),
}


@pytest.mark.parametrize("case", LIVES)
def test_the_last_word_on_a_pair_stands(case: str) -> None:
    said, expected = LIVES[case]
    rows = [dict(zip(("tinjauan_id", "keputusan", "pada"), line.split(), strict=True)) for line in said]
    found = standing(pd.DataFrame([ROW | row for row in rows], columns=list(COLUMNS), dtype="str"))
    assert dict(zip(found.tinjauan_id, found.keputusan, strict=True)) == expected


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({}, ""),
        ({"alasan": "Ditanyakan ke Pak RT, surat 12/2024"}, ""),
        ({"keputusan": "cabut"}, ""),
        ({"keputusan": "ya"}, "keputusan harus sama, beda, atau cabut"),
        ({"oleh": " ", "sidik": ""}, "kolom oleh, sidik kosong"),
        ({"alasan": "NIK 2104080101150001 salah"}, "alasan memuat nomor panjang"),
    ],
)
def test_a_row_says_who_decided_what_and_no_number(cells: dict[str, str], wrong: str) -> None:
    found = wrong_row(ROW | cells)
    assert found.startswith(wrong) and bool(found) == bool(wrong)
