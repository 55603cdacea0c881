"""What a sender gets back of its refused rows: where they stand, why, and its cells under its own words."""

from pathlib import Path
from typing import Any

import pandas as pd

from resources.refusals import Refusals
from resources.sent_back import sent_back

PERIODE, RAYA = "2024-06", "blt_dd/21.04.02.2003"
FIRST, SECOND, CHANGED = "2024-06/blt_dd/BLT Raya.csv", "2024-06/blt_dd/Susulan.xlsx", "2024-06/blt_dd/BLT Kudung.csv"


def reason(berkas: str, lembar: str, baris: int, kolom: str, pengirim: str = RAYA) -> dict[str, Any]:
    """One reason."""
    return {
        "sumber": "blt_dd", "berkas": berkas, "lembar": lembar, "baris": baris, "kolom": kolom, "alasan": "nik_rusak",
        "pesan": f"{kolom} rusak", "kode_desa": "", "pengirim": pengirim,
    }  # fmt: skip


def read_row(berkas: str, lembar: str, baris: int, nik: str, nama: str) -> dict[str, Any]:
    """One row of `mentah_blt_dd`."""
    own = {"jenis": "data", "alasan_baca": None, "sel_angka": "", "judul_desa": "RAYA", "judul_kecamatan": None}
    cells = {"nik": nik, "nama": nama, "nama_ibu": "", "nominal": ""}
    return {
        "berkas": berkas,
        "lembar": lembar,
        "baris": baris,
        **own,
        "tata_letak": "",
        "perhatian": None,
        "kode_sistem": "",
        "diisi": None,
        **cells,
    }


def word(berkas: str, lembar: str, nomor: int, kolom: str, arti: str) -> dict[str, Any]:
    """One row of `kolom_blt_dd`."""
    return {"berkas": berkas, "lembar": lembar, "baris": 1, "nomor": nomor, "kolom": kolom, "arti": arti}


ROWS = [
    reason(SECOND, "Data", 9, "nik"), reason(FIRST, "", 12, "nik"), reason(FIRST, "", 12, "nama"),
    reason(FIRST, "", 2, "alamat"), reason(CHANGED, "", 3, "nik", "blt_dd/Kudung"),
]  # fmt: skip


NO_REGIONS = pd.DataFrame(columns=["kode_desa", "nama_desa", "nama_kecamatan"], dtype=str)


def refusals() -> Refusals:
    """Those of two senders."""
    files = pd.DataFrame({"berkas": [FIRST, SECOND, CHANGED], "sidik_berkas": ["a", "b", "c"]})
    return Refusals(PERIODE, True, pd.DataFrame(ROWS), files, NO_REGIONS)


def as_read(work: Path) -> None:
    """What the last reading left; one of the files has come anew since."""
    rows = [
        read_row(FIRST, "", 2, "0021", "ANI"), read_row(FIRST, "", 3, "33", "JOKO"),
        read_row(FIRST, "", 12, "=1+1", "BUDI"), read_row(SECOND, "Data", 9, "1E+15", "SITI"),
        read_row(CHANGED, "", 3, "1", "ORANG LAIN"),
    ]  # fmt: skip
    words = [
        word(FIRST, "", 1, "Alasan", "nama"), word(FIRST, "", 2, "No. Induk", "nik"), word(FIRST, "", 3, "Gol", ""),
        word(FIRST, "", 4, "IBU", "nama_ibu"), word(SECOND, "Data", 2, "NAMA KPM", "nama"),
        word(SECOND, "Data", 3, "No. Induk", "nik"), word(CHANGED, "", 1, "nik", "nik"),
    ]  # fmt: skip
    pd.DataFrame(rows).to_parquet(work / "mentah_blt_dd.parquet")
    pd.DataFrame(words).to_parquet(work / "kolom_blt_dd.parquet")
    ledger = {"berkas": [FIRST, SECOND, CHANGED], "sidik_berkas": ["a", "b", "lain"]}
    pd.DataFrame(ledger).to_parquet(work / "berkas_blt_dd.parquet")


def test_a_sender_sees_its_own_words(tmp_path: Path) -> None:
    """In its own order; what is nowhere filled is left out, what it has no word for keeps ours; all of it text."""
    as_read(tmp_path)
    tables, whole = sent_back(refusals(), "blt_dd", tmp_path)
    found = tables[RAYA]
    assert list(found) == ["Berkas", "Lembar", "Baris", "Alasan", "Kolom", "Alasan / NAMA KPM", "No. Induk"]
    assert found.fillna("").to_numpy().tolist() == [
        [FIRST, "", "2", "alamat rusak", "alamat", "ANI", "0021"],
        [FIRST, "", "12", "nik rusak", "No. Induk", "BUDI", "=1+1"],
        [FIRST, "", "12", "nama rusak", "Alasan", "BUDI", "=1+1"],
        [SECOND, "Data", "9", "nik rusak", "No. Induk", "SITI", "1E+15"],
    ]
    assert not whole
    assert tables["blt_dd/Kudung"].to_numpy().tolist() == [[CHANGED, "3", "nik rusak", "nik"]]


def test_a_heading_may_stand_twice(tmp_path: Path) -> None:
    """A sender that calls a column as we call one of ours."""
    as_read(tmp_path)
    some = refusals()
    tables, whole = sent_back(Refusals(PERIODE, True, some.rows[1:3], some.files, NO_REGIONS), "blt_dd", tmp_path)
    assert whole
    assert list(tables[RAYA]) == ["Berkas", "Baris", "Alasan", "Kolom", "Alasan", "No. Induk"]


def test_without_the_read_rows_the_reasons_stay(tmp_path: Path) -> None:
    """The state folder may have been cleared."""
    tables, whole = sent_back(refusals(), "blt_dd", tmp_path)
    assert not whole
    assert list(tables[RAYA]) == ["Berkas", "Lembar", "Baris", "Alasan", "Kolom"]
