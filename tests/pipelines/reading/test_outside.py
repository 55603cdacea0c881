"""Nobody is lost outside the table that is read, and nobody is read as another: each case was read wrong once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from made_files import workbook

from pipelines.reading import Operator
from pipelines.reading.answers import Answers
from pipelines.sources.blt_dd import SOURCE as BLT_DD
from pipelines.sources.dtks import SOURCE as DTKS
from pipelines.sources.pkh import SOURCE as PKH
from pipelines.sources.ppks import SOURCE as PPKS
from pipelines.sources.rtlh import SOURCE as RTLH

NIK, KK = "2104010101900001", "2104010101100001"
OTHER, OTHER_KK = "2104010202900002", "2104010202100002"
HEAD, ROW = "NIK;Nama;No KK;Desa", f"{NIK};BUDI;{KK};RAYA"

REFUSED = {
    "a second table with more columns": (
        DTKS, f"{HEAD}\n{ROW}\n\n{HEAD};Tanggal Lahir\n{OTHER};ANI;{OTHER_KK};RAYA;02-02-1990\n",
        r"baris 2: baris ini memuat nomor orang tetapi berada di luar tabel",
    ),
    "the mother's name under her group": (
        DTKS, f"NIK;No KK;Desa;Ibu Kandung;\n;;;Nama;Tanggal Lahir\n{NIK};{KK};RAYA;SITI;01-01-1960\n",
        '"Ibu Kandung Nama", "Ibu Kandung Tanggal Lahir"',
    ),
    "the parents' numbers under theirs": (
        PPKS, f"Nama;Desa;Jenis PPKS;Orang Tua;\n;;;NIK;No KK\nANI;RAYA;2;{NIK};{KK}\n", r'"Orang Tua NIK"',
    ),
    "a desa's heading in a list of one desa": (
        PKH, f"DESA RAYA;;\nNIK;Nama;No KK\n{NIK};BUDI;{KK}\nDESA KUDUNG;;\n{OTHER};ANI;{OTHER_KK}\n",
        "baris 4: judul desa di tengah daftar satu desa",
    ),
    "a proposal by its title": (
        DTKS, f"DAFTAR USULAN CALON PENERIMA DTKS;;;\n{HEAD}\n{ROW}\n", "menyebut dirinya usulan",
    ),
    "who left, by its title": (
        PKH, f"DAFTAR KPM YANG DIKELUARKAN / TIDAK LAYAK;;;\n{HEAD}\n{ROW}\n", "menyebut dirinya dikeluarkan",
    ),
    "who waits": (BLT_DD, f"DAFTAR TUNGGU KPM;;;\n{HEAD}\n{ROW}\n", "menyebut dirinya daftar tunggu"),
    "people below the end mark": (
        BLT_DD, f"{HEAD}\n{ROW}\n###;;;\n{OTHER};ANI;{OTHER_KK};RAYA\n", "baris 4: baris ini memuat nomor orang",
    ),
    "a number one column off below a signature": (
        BLT_DD, f"NIK;Nama;No KK;Jumlah;Ket\n{NIK};BUDI;{KK};300000;\nMengetahui,;;;;\n;;;ANI;{OTHER}\n",
        "baris 4: baris ini memuat nomor orang",
    ),
}  # fmt: skip
LAWFUL = {
    "issued by": (PKH, f"DIKELUARKAN OLEH KEMENTERIAN SOSIAL;;;\n{HEAD}\n{ROW}\n"),
    "a house unfit to live in": (RTLH, f"PENGHUNI RUMAH TIDAK LAYAK HUNI;;;\n{HEAD}\n{ROW}\n"),
    "a signature with a number of service": (
        BLT_DD, f"{HEAD}\n{ROW}\n;Kepala Desa;;\n;ABDUL;;NIP. 198001012005011001\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "text", "pesan"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_read_wrong_is_a_question(read: Callable[..., Any], source: Any, text: str, pesan: str) -> None:
    """With its row, and without a number of anybody."""
    (failure,) = read(source, {"a.csv": text.encode()})[0].failures
    assert re.search(pesan, str(failure)), str(failure)
    assert not any(number in str(failure) for number in (NIK, KK, OTHER, OTHER_KK))


@pytest.mark.parametrize(("source", "text"), LAWFUL.values(), ids=LAWFUL)
def test_what_only_looks_so_is_read(read: Callable[..., Any], source: Any, text: str) -> None:
    reading, rows = read(source, {"Desa Raya.csv": text.encode()})
    assert not reading.failures
    assert rows["jenis"].tolist().count("data") == 1


def test_who_was_added_below_a_signature_is_data(read: Callable[..., Any]) -> None:
    """With a name and an amount: quarantine shows him, a signature would hide him."""
    text = f"NIK;No KK;Nama;Jumlah\n{NIK};{KK};BUDI;300000\nMengetahui,;;;\n;;TAMBAHAN KPM;\n;;ROHANI;300000\n"
    _, rows = read(BLT_DD, {"BLT Raya.csv": text.encode()})
    assert rows["jenis"].tolist() == ["kepala", "data", "tanda_tangan", "tanda_tangan", "data"]


LIST = [HEAD.split(";"), ROW.split(";")]
SHEETS = {
    "goes on without a header": [[OTHER, "ANI", OTHER_KK, "RAYA"]],
    "goes on with masked numbers": [["210401020290****", "ANI", "RAYA"]],
    "goes on with parted numbers": [["210401 020290 0002", "ANI", "RAYA"]],
    "names and amounts alone": [["No", "Nama KPM", "Alamat"], ["1", "ANI", "RAYA"]],
    "lacks a required word": [["NIK", "Nama", "No Kartu Klg", "Desa"], [OTHER, "ANI", OTHER_KK, "RAYA"]],
}


@pytest.mark.parametrize("rows", SHEETS.values(), ids=SHEETS)
def test_people_on_a_sheet_without_a_header_are_a_question(read: Callable[..., Any], rows: list[list[str]]) -> None:
    """They are no notes; a sheet of notes is."""
    (failure,) = read(DTKS, {"a.xlsx": workbook(LIST, rows)})[0].failures
    assert "lembar Sheet2, baris" in str(failure)
    assert "jawab di pemetaan/dtks.csv: kolom lembar:<nama lembar>, arti abaikan" in str(failure)
    assert not read(DTKS, {"b.xlsx": workbook(LIST, [["Petunjuk"], ["isi semua kolom"]])})[0].failures


def test_proposals_are_told_by_their_sheet(read: Callable[..., Any]) -> None:
    """A list of who is proposed beside that of the members; the answer puts the sheet aside."""
    book = workbook(LIST, LIST, names=("PM", "Calon_PM"))
    (failure,) = read(PKH, {"a.xlsx": book})[0].failures
    assert "lembar Calon_PM: daftar ini menyebut dirinya calon" in str(failure)
    assert "jawab di pemetaan/pkh.csv" in str(failure) and str(failure).endswith("lembar:<nama lembar>, arti abaikan")
    operator = Operator(Answers({"": {"lembarcalonpm": ""}}))
    _, rows = read(PKH, {"b.xlsx": book}, operator)
    assert rows["jenis"].tolist() == ["catatan", "catatan", "kepala", "data"]


def test_a_column_too_narrow_ends_no_list(read: Callable[..., Any]) -> None:
    """Excel writes `########` for a number that does not fit; only a lone `###` ends a list."""
    text = f"NIK;No KK;Nama\n{'#' * 16};{'#' * 16};SITI\n{OTHER};{OTHER_KK};ANI\n"
    _, rows = read(BLT_DD, {"BLT Raya.csv": text.encode()})
    assert rows["jenis"].tolist() == ["kepala", "data", "data"]


def test_two_short_rows_are_two_people(read: Callable[..., Any]) -> None:
    """Not one broken over two lines."""
    text = f"NIK;No KK;Nama;Alamat;Jumlah\n{NIK};{KK};JOKO\n{OTHER};{OTHER_KK};RUDI\n"
    _, rows = read(BLT_DD, {"BLT Raya.csv": text.encode()})
    assert rows["nik"].tolist() == [None, NIK, OTHER]
    assert rows["alasan_baca"].tolist() == [None, "jumlah_kolom", "jumlah_kolom"]


def test_a_name_that_opens_like_a_note_is_a_person(read: Callable[..., Any]) -> None:
    """Under the name's header; `Sumber: Dinsos` is a note."""
    text = f"NIK;No KK;Nama\n{NIK};{KK};BUDI\n;;SUMBER WATI\nSumber: Dinas Sosial;;\n"
    _, rows = read(BLT_DD, {"BLT Raya.csv": text.encode()})
    assert rows["jenis"].tolist() == ["kepala", "data", "data", "catatan"]
