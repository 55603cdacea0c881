"""The fate of every physical row, the reasons of refused ones, and the balance of every file."""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages.jejak import FATES, jejak_baris, karantina, neraca_baris, semua_dikarantina

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

ONE, TWO = "2024-06/dtks/satu.csv", "2024-06/pkh/dua.xlsx"
KINDS = ("judul", "kepala", "data", "data", "data", "data", "total", "tanda_tangan")
MENTAH = [{"berkas": b, "baris": at, "jenis": k, "sumber": s} for b, s in ((ONE, "dtks"), (TWO, "pkh"))
          for at, k in enumerate(KINDS, 1)]  # fmt: skip
BARIS = [
    {"berkas": r["berkas"], "baris": r["baris"], "sumber": r["sumber"],
        "rid": r["baris"] + 100 * (r["berkas"] == TWO)}
    for r in MENTAH if r["jenis"] == "data"
]  # fmt: skip
REASONS = {6: "nama_kosong desa_tak_dikenal "}
TAUTAN = [
    {"rid": 3, "orang_id": "OA"},
    {"rid": 4, "orang_id": "OA", "nasib": "duplikat", "salinan": True},
    {"rid": 5, "orang_id": "OB", "nasib": "diperbaiki", "cara_padan": "nik_15_angka", "skor_padan": 0.95},
    {"rid": 103, "sumber": "pkh", "orang_id": "OA"},
    {"rid": 104, "sumber": "pkh", "orang_id": "OB"},
]
FAMILIES = [{"orang_id": "OA", "keluarga_id": "KA"}, {"orang_id": "OB", "keluarga_id": "KB"}]


@pytest.fixture(scope="module")
def baris() -> list[Row]:
    """The standardised rows: row 6 of the first file is refused, two rows of the second point to nobody."""
    kinds = {105: "rusak", 106: "sah"}
    return [r | {"alasan": REASONS.get(r["rid"], ""), "nik_jenis": kinds.get(r["rid"], "sah")} for r in BARIS]


@pytest.fixture(scope="module")
def traces(make: Make, baris: list[Row]) -> list[Row]:
    """The fate of every row of both files."""
    return make(jejak_baris, mentah=MENTAH, baris=baris, tautan=TAUTAN, anggota_keluarga=FAMILIES)


def test_every_physical_row_has_one_fate(traces: list[Row]) -> None:
    places = sorted((r["berkas"], r["baris"]) for r in traces)
    assert places == sorted((r["berkas"], r["baris"]) for r in MENTAH)
    assert {r["nasib"] for r in traces} == set(FATES)


def test_the_fates_of_a_file(traces: list[Row]) -> None:
    fates = {r["baris"]: r["nasib"] for r in traces if r["berkas"] == ONE}
    assert [fates[at] for at in range(1, 9)] == [
        "diabaikan", "diabaikan", "dimuat", "duplikat", "diperbaiki", "dikarantina", "diabaikan", "diabaikan"
    ]  # fmt: skip


def test_a_trace_says_who_and_how(traces: list[Row]) -> None:
    found = {(r["berkas"], r["baris"]): r for r in traces}
    repaired, refused = found[ONE, 5], found[ONE, 6]
    assert [repaired[c] for c in ("orang_id", "keluarga_id", "cara_padan", "skor_padan")] == [
        "OB", "KB", "nik_15_angka", 0.95
    ]  # fmt: skip
    assert [refused[c] for c in ("orang_id", "keluarga_id", "cara_padan", "skor_padan")] == [None] * 4
    assert {r["jenis"] for r in traces} == set(KINDS)


def test_every_file_balances_also_one_without_a_trace(make: Make, traces: list[Row]) -> None:
    files = [{"berkas": ONE, "dibaca": 8}, {"berkas": TWO, "dibaca": 8, "sumber": "pkh"},
             {"berkas": "2024-06/dtks/kosong.csv", "dibaca": 0}]  # fmt: skip
    balance = make(neraca_baris, berkas=files, jejak_baris=traces)
    assert {r["berkas"]: tuple(r[f] for f in FATES) for r in balance} == {
        ONE: (1, 1, 1, 1, 4), TWO: (2, 0, 2, 0, 4), "2024-06/dtks/kosong.csv": (0,) * 5
    }  # fmt: skip
    assert all(r["dibaca"] == sum(r[f] for f in FATES) for r in balance)


def test_a_refused_row_has_a_sentence_for_every_reason(make: Make, baris: list[Row]) -> None:
    refused = make(karantina, baris=baris, tautan=TAUTAN)
    assert sorted((r["berkas"], r["baris"], r["alasan"], r["kolom"]) for r in refused) == [
        (ONE, 6, "desa_tak_dikenal", "desa"), (ONE, 6, "nama_kosong", "nama"),
        (TWO, 5, "nik_rusak", "nik"), (TWO, 6, "nik_sah", "nik"),
    ]  # fmt: skip
    assert all(r["pesan"].endswith(".") for r in refused)


def test_a_file_of_which_nobody_counts_is_told(make: Make) -> None:
    """Not one without data rows, nor one of which a single row was repaired."""
    fates = {
        "habis": {"dikarantina": 3, "diabaikan": 4},
        "kosong": {"diabaikan": 4},
        "satu": {"dikarantina": 3, "diperbaiki": 1},
    }
    rows = [{"berkas": name, "dibaca": sum(of.values()), **of} for name, of in fates.items()]
    assert make(semua_dikarantina, neraca_baris=rows) == [{"berkas": "habis", "dikarantina": 3}]
