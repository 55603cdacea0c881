"""Which desa a list is of."""

import pytest

from pipelines.reading.titles import read_titles, titles_of
from pipelines.sources.pkh import SOURCE as PKH

CASES = {
    "one row": ([["DESA TINJUL KECAMATAN SINGKEP BARAT"]], "x.xlsx", "TINJUL", "SINGKEP BARAT"),
    "kelurahan": ([["KELURAHAN BERLIAN KECAMATAN SINGKEP SELATAN"]], "x.xlsx", "BERLIAN", "SINGKEP SELATAN"),
    "cells apart": ([["Desa", ":", "Tinjul"], ["Kecamatan", ": Lingga"]], "x.xlsx", "Tinjul", "Lingga"),
    "both words": ([["DESA/KELURAHAN RAYA"]], "x.xlsx", "RAYA", None),
    "dana desa": (
        [["DAFTAR KPM BLT DANA DESA"], ["DESA KUALA RAYA TAHUN 2024"]],
        "x.xlsx",
        "KUALA RAYA",
        None,
    ),
    "dana desa alone": ([["KELUARGA PENERIMA MANFAAT BLT DANA DESA"]], "BLT Raya 05-2024.xlsx", "Raya", None),
    "dana desa of": ([["BLT DANA DESA DESA BAKONG BULAN MEI 2024"]], "x.xlsx", "BAKONG", None),
    "decree": ([["PERATURAN KEPALA DESA RAYA NOMOR 3 TAHUN 2024"]], "x.xlsx", "RAYA", None),
    "decree without name": ([["PERATURAN DESA NOMOR 3"]], "BLT Raya.xlsx", "Raya", None),
    "comma": ([["Desa Tanjung Irat, Kec. Singkep Barat"]], "x.xlsx", "Tanjung Irat", "Singkep Barat"),
    "year": ([["DESA SUNGAI PINANG T.A. 2024"]], "x.xlsx", "SUNGAI PINANG", None),
    "dusun": ([["DESA SUNGAI PINANG DUSUN BENTAI"]], "x.xlsx", "SUNGAI PINANG", None),
    "date": ([["DAFTAR KPM DESA SUNGAI PINANG PER 30 JUNI"]], "x.xlsx", "SUNGAI PINANG", None),
    "half a year": ([["DESA SUNGAI PINANG SEMESTER I"]], "x.xlsx", "SUNGAI PINANG", None),
    "street": ([["KANTOR DESA SUNGAI PINANG Jl. Raya"]], "x.xlsx", "SUNGAI PINANG", None),
    "companion": ([["PENDAMPING DESA LINGGA TIMUR"]], "BLT Raya.xlsx", "Raya", None),
    "copy": ([], "Copy of BLT Sungai Pinang.xlsx", "Sungai Pinang", None),
    "what was paid": ([], "REALISASI BLT SUNGAI PINANG.xlsx", "SUNGAI PINANG", None),
    "file": ([], "BLT Raya 05-2024.xlsx", "Raya", None),
    "file underscores": ([], "BLT_DD_DESA_SUNGAI_PINANG_MEI_2024.xlsx", "SUNGAI PINANG", None),
    "file two words": ([], "blt-dd tanjung lipat (1).xlsx", "tanjung lipat", None),
    "file kecamatan": ([], "BLT Raya Kec Singkep Barat 05-2024.xlsx", "Raya", "Singkep Barat"),
    "nothing": ([["BLT DD"]], "BLT-DD 05-2024.xlsx", None, None),
}


@pytest.mark.parametrize(("rows", "name", "desa", "kecamatan"), CASES.values(), ids=CASES)
def test_titles(rows: list[list[str]], name: str, desa: str | None, kecamatan: str | None) -> None:
    """Title rows first, the file's name where they are silent."""
    assert read_titles(rows, f"2024-05/blt_dd/{name}") == (desa, kecamatan)


NAMED = {
    "by its folder": ("2024-06/pkh/Sungai Pinang/PKH.xlsx", "Sungai Pinang"),
    "by its archive": ("2024-06/pkh/PKH Sungai Pinang.zip/PKH 06-2024.xlsx", "Sungai Pinang"),
    "by itself before its folder": ("2024-06/pkh/Raya/PKH Sungai Pinang.xlsx", "Sungai Pinang"),
    "by nothing": ("2024-06/pkh/PKH_2024-06.csv", None),
}


@pytest.mark.parametrize(("berkas", "desa"), NAMED.values(), ids=NAMED)
def test_a_village_list_without_a_column_for_the_desa(berkas: str, desa: str | None) -> None:
    """The source's own words are no place; where a column tells, nobody asks the name."""
    assert titles_of([["DAFTAR PENERIMA"]], berkas, PKH, {"nik"}, PKH.required)[0] == desa
    assert titles_of([["DAFTAR PENERIMA"]], berkas, PKH, {"nik", "desa"}, PKH.required) == (None, None)
