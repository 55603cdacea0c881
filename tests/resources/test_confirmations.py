"""The file of confirmations: written by the command, read by the gate, refused where somebody spoiled it."""

import json
import os
from pathlib import Path

import pytest

from pipelines.confirmation import COLUMNS, FILE, Question, wrong_reason
from pipelines.sources import REGISTER
from resources.confirmations import add_confirmation, answered, asked_questions, keep_questions, read_confirmations
from resources.drop import Drop, DropError
from resources.last_run import unjudged

JUNE = "2024-06"
ROW = {
    "aturan": "CAKUPAN_DESA_HILANG", "pengirim": "blt_dd/21.04.07.2005", "alasan": 'Musdes, belum "selesai"; =1+1',
    "oleh": "petugas", "pada": "2024-07-01T01:02:03Z", "sidik": "0011aabb",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A period's folder."""
    (tmp_path / JUNE).mkdir()
    return tmp_path / JUNE


def test_what_was_confirmed_is_read_again(folder: Path) -> None:
    """In its order, cell by cell; nothing where there is no file."""
    assert read_confirmations(folder).empty
    for desa in ("21.04.07.2005", "21.04.07.2007"):
        assert add_confirmation(folder, {**ROW, "pengirim": f"blt_dd/{desa}"}) == folder / FILE
    found = read_confirmations(folder)
    assert list(found.columns) == list(COLUMNS)
    assert found.to_dict("records") == [ROW, {**ROW, "pengirim": "blt_dd/21.04.07.2007"}]
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_it_is_no_delivery_but_a_reason_to_run_again(folder: Path) -> None:
    drop = Drop(folder.parent)
    before = drop.fingerprint(JUNE, REGISTER)
    add_confirmation(folder, ROW)
    assert drop.unclaimed(JUNE, REGISTER) == []
    assert drop.fingerprint(JUNE, REGISTER) != before


HEAD = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", f"{JUNE}/{FILE}, baris 1: kolomnya harus {HEAD}"),
        ("aturan;pengirim\n", f"{JUNE}/{FILE}, baris 1: kolomnya harus {HEAD}"),
        (f"{HEAD}\na,b,c\n", "baris 2: ada 3 sel, seharusnya 6"),
        (f"{HEAD}\na,b,Benar,d,e,f\na,b,,d,e,f\n", "baris 3: kolom alasan kosong"),
        (f"{HEAD}\na,b,NIK 2104080101150001,d,e,f\n", "baris 2: alasan memuat nomor panjang"),
        (f'{HEAD}\na,b,"tidak ditutup,d,e,f\n', f"{JUNE}/{FILE}: tidak terbaca (Error)"),
        (f"{HEAD}\na,b,{'x' * 200_000},d,e,f\n", f"{JUNE}/{FILE}: tidak terbaca (Error)"),
        (b"\xff\xfe\x00", f"{JUNE}/{FILE}: tidak terbaca (UnicodeDecodeError)"),
    ],
)
def test_a_spoiled_file_is_named_and_never_guessed(folder: Path, text: str | bytes, sentence: str) -> None:
    (folder / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    for use in (read_confirmations, lambda folder: add_confirmation(folder, ROW)):
        with pytest.raises(DropError) as error:
            use(folder)
        assert sentence in str(error.value) and "perlinsos konfirmasi" in str(error.value)
        assert "2104080101150001" not in str(error.value)


@pytest.mark.parametrize(
    ("alasan", "lawful"),
    [
        ("Desa menyerahkan NIHIL lewat telepon 30-06-2024, surat 470/12/2024", True),
        ("SK 146/HUK/2021, 1.234.567 jiwa", True),
        ("", False), ("...", False), ("123", False),
        ("Bapak 2104080101150001 wafat", False), ("0813123456", False), ("2104 0801 0115 0001", False),
        ("2104.0801.0115.0001", False),
    ],
)  # fmt: skip
def test_a_reason_says_something_and_holds_no_persons_number(alasan: str, lawful: bool) -> None:
    assert (wrong_reason(alasan) == "") is lawful


def test_a_run_leaves_its_own_questions_alone(tmp_path: Path) -> None:
    asked = [Question("CAKUPAN_DESA_HILANG", "blt_dd/21.04.07.2005", "0011", "Sungai Pinang, tidak ada lagi")]
    assert asked_questions(tmp_path) == {}
    keep_questions(tmp_path, asked, Path("/kiriman/2024-06"))
    assert asked_questions(tmp_path) == {asked[0]: Path("/kiriman/2024-06")}
    keep_questions(tmp_path, [], Path("/kiriman/2024-06"))
    assert asked_questions(tmp_path) == {}


def at(path: Path, when: int, text: str = "[]") -> None:
    """Write a file, as of then."""
    path.write_text(text)
    os.utime(path, (when, when))


NAME = "2024-06/blt_dd/BLT Raya.xlsx"
# name -> when it was written, and what the last run is said to have left unread (None: it came to the gate)
RUNS: dict[str, tuple[dict[str, int], list[str] | None]] = {
    "nothing was ever read": ({}, None),
    "read and judged": ({"gagal_pkh.json": 1, "pertanyaan.parquet": 2}, None),
    "judged by an earlier version": ({"gagal_pkh.json": 1, "dinilai.json": 2}, None),
    "never judged": ({"gagal_pkh.json": 1}, []),
    "read again since": ({"gagal_dtks.json": 3, "gagal_pkh.json": 1, "pertanyaan.parquet": 2, "dinilai.json": 2}, []),
    "a file that is broken": ({"gagal_blt_dd.json": 3, "gagal_pkh.json": 3, "pertanyaan.parquet": 2}, [NAME]),
}


@pytest.mark.parametrize(("files", "unread"), RUNS.values(), ids=RUNS)
def test_a_run_that_did_not_come_to_the_gate_is_told(
    tmp_path: Path, files: dict[str, int], unread: list[str] | None
) -> None:
    for name, when in files.items():
        at(tmp_path / name, when, json.dumps([NAME] if unread and "blt_dd" in name else []))
    assert unjudged(tmp_path) == unread


def test_an_answered_question_is_told_from_an_open_one(tmp_path: Path) -> None:
    """By what was found: an answer to an earlier file of the sender answers nothing."""
    asked = {Question("CAKUPAN_DESA_HILANG", f"blt_dd/{n}", f"00{n}", "tidak ada lagi"): tmp_path for n in range(3)}
    for question, sidik in zip(asked, ("000", "lama", ""), strict=True):
        if sidik:
            add_confirmation(tmp_path, ROW | {"pengirim": question.pengirim, "sidik": sidik})
    assert [question.pengirim for question in answered(asked)] == ["blt_dd/0"]
    assert answered({}) == []


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(DropError, match="tidak dapat ditulis"):
        add_confirmation(tmp_path / "tiada", ROW)
