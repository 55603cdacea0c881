"""Delimited text from the bytes to the table."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.lines import copy_lines
from pipelines.reading.records import survey
from pipelines.reading.table import write_rows
from pipelines.reading.text import open_text_table
from pipelines.sources.dtks import SOURCE as DTKS
from pipelines.sources.pbi_jk import SOURCE as PBI_JK

NIK, KK = "2104010101900001", "2104010101100001"
HEAD = "nik;nokk;nama;desa;rt"
ROW = f"{NIK};{KK};BUDI;RAYA;001"


def kinds(rows: pd.DataFrame) -> list[tuple[int, str]]:
    """`baris` and `jenis` of each row."""
    return list(zip(rows["baris"], rows["jenis"], strict=True))


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\n{ROW}\n".encode(),
        f"{HEAD}\r\n{ROW}".encode(),
        f"{HEAD}\r{ROW}\r".encode(),
        f"{HEAD}\r\n{ROW}\n".encode("utf-8-sig"),
        f"{HEAD}\n{ROW}\n".encode("utf-16"),
        f"{HEAD}\n{ROW}\n".encode("utf-16-le"),
        f"{HEAD}\n{ROW}\n".replace(";", "|").encode(),
        f"{HEAD}\n{ROW}\n".replace(";", ",").encode(),
        f"{HEAD}\n{ROW}\n".replace(";", "\t").encode(),
        f"{HEAD}\n{ROW}\n".replace("BUDI", ' "BUDI" ').encode(),
        f"{HEAD}\n{ROW}\n".replace("BUDI", "\u00a0 BUDI\u00a0").encode(),
        f"{HEAD}\n{ROW};\n".encode(),
        f"{HEAD};\n{ROW};\n".encode(),
    ],
)
def test_one_list_in_many_guises(read: Callable[..., Any], content: bytes) -> None:
    """Encoding, line end, delimiter, quotes and blanks do not show in the table."""
    reading, rows = read(DTKS, {"a.csv": content})
    assert not reading.failures
    assert kinds(rows) == [(1, "kepala"), (2, "data")]
    data = rows.iloc[1]
    assert (data["nik"], data["no_kk"], data["nama"], data["desa"]) == (NIK, KK, "BUDI", "RAYA")
    assert data[["alasan_baca", "kecamatan", "judul_desa"]].isna().all()
    assert (data["lembar"], data["sel_angka"]) == ("", "")


@pytest.mark.parametrize(("encoding", "nama"), [("cp1252", "JOSÉ €"), ("latin-1", "J\u0081OSÉ")])
def test_old_encodings(read: Callable[..., Any], encoding: str, nama: str) -> None:
    """What is no UTF-8 is windows-1252, else latin-1."""
    _, rows = read(DTKS, {"a.csv": f"{HEAD}\n{ROW}\n".replace("BUDI", nama).encode(encoding)})
    assert rows["nama"].iloc[1] == nama


LINES = f"{ROW}\n" * 150_000
LAYOUTS = {
    "titles above": (f"DAFTAR\n\nKAB.\n{HEAD}\n{ROW}\n", {1: "judul", 3: "judul", 4: "kepala", 5: "data"}),
    "blank line": (f"{HEAD}\n{ROW}\n\n{ROW}\n", {1: "kepala", 2: "data", 4: "data"}),
    "blank cells": (f"{HEAD}\n{ROW}\n;;;;\n{ROW}\n;;;;\n", {1: "kepala", 2: "data", 4: "data"}),
    "quoted line end": (f'{HEAD}\n{NIK};{KK};"BU\nDI";RAYA;1\n{ROW}\n', {1: "kepala", 2: "data", 4: "data"}),
    "header again": (f"{HEAD}\n{ROW}\n{HEAD}\n{ROW}\n", {1: "kepala", 2: "data", 3: "kepala", 4: "data"}),
    "ordinals": (f"{HEAD}\n(1);(2);(3);(4);(5)\n{ROW}\n", {1: "kepala", 2: "nomor", 3: "data"}),
    "total": (f"{HEAD}\n{ROW}\nJUMLAH;1;;;\n", {1: "kepala", 2: "data", 3: "total"}),
    "short total": (f"{HEAD}\n{ROW}\nJUMLAH;1\n", {1: "kepala", 2: "data", 3: "total"}),
    "end mark": (f"{HEAD}\n{ROW}\n###;;;;\n;;BUDI;RAYA;1\n", {1: "kepala", 2: "data", 3: "catatan", 4: "catatan"}),
    "no identifier": (f"{HEAD}\n;;BUDI;RAYA;1\n{ROW}\n", {1: "kepala", 2: "data", 3: "data"}),
    "nul": (f"{HEAD}\n{ROW.replace('BUDI', 'BU' + chr(0) + 'DI')}\n", {1: "kepala", 2: "data"}),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_rows_are_lines(read: Callable[..., Any], text: str, expected: dict[int, str]) -> None:
    """`baris` is the line a person would point at, and only data carries fields."""
    reading, rows = read(DTKS, {"a.csv": text.encode()})
    assert not reading.failures
    assert dict(kinds(rows)) == expected
    assert rows.loc[rows["jenis"] != "data", ["nik", "no_kk", "nama"]].isna().all(axis=None)
    assert rows["alasan_baca"].isna().all()


@pytest.mark.parametrize(
    ("line", "nama"),
    [(f"{NIK};{KK};BUDI", "BUDI"), (f"{ROW};lebih", "BUDI"), (NIK, "")],
    ids=["fewer", "more", "one"],
)
def test_ragged_record_is_data_with_a_reason(read: Callable[..., Any], line: str, nama: str) -> None:
    """Fields as far as they go; its neighbours are whole."""
    _, rows = read(DTKS, {"a.csv": f"{HEAD}\n{ROW}\n{line}\n{ROW}\n".encode()})
    assert rows["alasan_baca"].tolist() == [None, None, "jumlah_kolom", None]
    assert rows["nama"].tolist() == [None, "BUDI", nama, "BUDI"]


def test_a_broken_line_far_down(read: Callable[..., Any]) -> None:
    """Found after many lines were written already: they are read again, one by one."""
    reading, rows = read(DTKS, {"a.csv": f"{HEAD}\n{LINES}{NIK};rusak\n{ROW}\n".encode()})
    assert not reading.failures
    assert rows["alasan_baca"].dropna().to_dict() == {150_001: "jumlah_kolom"}
    assert rows["baris"].is_monotonic_increasing and len(rows) == 150_003


def test_one_of_two_niks_is_blank(read: Callable[..., Any]) -> None:
    """BPJS's own column is blank throughout: the other one counts."""
    text = f"nik;nik_siks;nama\n;{NIK};BUDI\n;{NIK};SITI\n"
    _, rows = read(PBI_JK, {"a.csv": text.encode()})
    assert rows["nik"].tolist() == [None, NIK, NIK]


UNDATED = "2104019999900001"  # right under NIK and under No KK
cells = st.lists(
    st.sampled_from(["", "BUDI", " x ", "\u00a0y", "é", '"', 'a"b', "JUMLAH", "1", UNDATED, "-", "Lurah A"]),
    min_size=5, max_size=5,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(cells, min_size=1, max_size=6), quoted=st.booleans())
def test_both_ways_read_the_same(con: duckdb.DuckDBPyConnection, rows: list[list[str]], quoted: bool) -> None:
    """Where DuckDB's way does not decline, it gives what the record by record way gives."""
    lines = [";".join(f'"{c}"' if quoted and '"' not in c else c for c in row) for row in rows]
    with TemporaryDirectory() as name:
        path = Path(name) / "a.csv"
        # enough sound rows before them that the header is believed
        path.write_text("\n".join([HEAD, *[ROW] * 7, *lines]) + "\n", encoding="utf-8")
        text = open_text_table(path, DTKS, "2024-06/dtks/a.csv")
        fast, slow = copy_lines(text, survey(path), con, Path(name)), write_rows(text.rows(), DTKS, Path(name))
        if fast:
            tables = [con.read_parquet(str(part)).order("baris").fetchall() for part in (fast, slow)]
            assert tables[0] == tables[1]
