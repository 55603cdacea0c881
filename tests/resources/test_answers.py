"""What an operator answered about header words."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.declaration import Source, fold_header
from pipelines.period import Period
from pipelines.reading.answers import answer_line, answer_places, answered
from pipelines.reading.errors import Refused
from pipelines.reading.titles import sender_names
from pipelines.sources import blt_dd, dtks, pkh
from resources.answers import read_answers
from resources.drop import Drop
from resources.engine import Engine
from resources.intake import Intake

JUNE = "2024-06"
NIK, KK = "2104085505900001", "2104080101150001"
ODD = f"NIK;PENERIMA UTAMA;NOKK;KEL_NAME;GOL\n{NIK};TOKOH REKAAN;{KK};SUNGAI PINANG;A\n"


def put(root: Path, name: str, text: str) -> None:
    """Write a file below a folder."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_answers_are_kept_by_sender(tmp_path: Path) -> None:
    """Those for every sender, and over them those for the one that a file's name or folder names."""
    put(tmp_path, "pemetaan/blt_dd.csv", "kolom,arti\nPenerima Utama,nama\nGol.,abaikan\n")
    put(tmp_path, "pemetaan/blt_dd/Sungai Pinang.csv", "kolom;arti\nGOL;nik\n\n")
    answers = read_answers(tmp_path, blt_dd.SOURCE)
    # the name of one desa may end another's
    for file in ("BLT Raya.xlsx", "BLT Hulu Sungai Pinang 06.xlsx"):
        names = sender_names(f"{JUNE}/blt_dd/{file}", blt_dd.SOURCE)
        assert answers.of(names) == {"penerimautama": "nama", "gol": ""}
    for file in ("BLT sungai pinang 06.xlsx", "Sungai Pinang/BLT.xlsx", "BLT Sungai Pinang.zip/a.xlsx"):
        names = sender_names(f"{JUNE}/blt_dd/{file}", blt_dd.SOURCE)
        assert answers.of(names) == {"penerimautama": "nama", "gol": "nik"}
    assert read_answers(tmp_path, pkh.SOURCE).of(frozenset({"x"})) == {}


def test_a_sender_may_write_codes_of_another_system(tmp_path: Path) -> None:
    """Of two that there are; the name of the desa must still agree."""
    put(tmp_path, "pemetaan/pkh.csv", "kolom,arti\nsistem_kode,bps\n")
    words = read_answers(tmp_path, pkh.SOURCE).of(frozenset())
    assert answered(pkh.SOURCE, words).code_system == "bps"
    assert answered(pkh.SOURCE, {}).code_system == pkh.SOURCE.code_system == "kemendagri"
    put(tmp_path, "pemetaan/pkh.csv", "kolom,arti\nsistem_kode,pos\n")
    with pytest.raises(Refused, match="arti sistem_kode harus kemendagri atau bps"):
        read_answers(tmp_path, pkh.SOURCE).of(frozenset())


def test_a_blank_card_may_be_that_of_the_row_above(tmp_path: Path) -> None:
    """For one sender, against what holds for the others; of one field alone, and in these words."""
    assert not answered(dtks.SOURCE, {"kolom": ""}).filled_down
    put(tmp_path, "pemetaan/dtks.csv", "kolom,arti\nkosong:no_kk,isi ke bawah\n")
    put(tmp_path, "pemetaan/dtks/singkep.csv", "kolom,arti\nKosong: No KK,abaikan\n")
    answers = read_answers(tmp_path, dtks.SOURCE)
    assert answered(dtks.SOURCE, answers.of(frozenset())).filled_down == {"no_kk"}
    assert not answered(dtks.SOURCE, answers.of(frozenset({"singkep"}))).filled_down
    for line, said in (
        ("kosong:no_kk,isi", "arti kosong:no_kk harus isi ke bawah atau abaikan"),
        ("kosong:nik,isi ke bawah", 'arti "isi ke bawah" tidak dikenal'),
    ):
        put(tmp_path, "pemetaan/dtks.csv", f"kolom,arti\n{line}\n")
        with pytest.raises(Refused, match=said):
            read_answers(tmp_path, dtks.SOURCE).of(frozenset())
    put(tmp_path, "pemetaan/pkh.csv", "kolom,arti\nkosong:no_kk,isi ke bawah\n")
    with pytest.raises(Refused, match="satu baris tiap keluarga"):
        read_answers(tmp_path, pkh.SOURCE).of(frozenset())


PLACES = {
    "a desa's list": (blt_dd.SOURCE, "BLT Sungai Pinang 06-2024.xlsx", "Sungai Pinang"),
    "in its folder": (blt_dd.SOURCE, "Sungai Pinang/BLT 06.xlsx", "Sungai Pinang"),
    "in an archive": (blt_dd.SOURCE, "kiriman.zip/BLT Raya.xlsx", "Raya"),
    "an archive of its own": (blt_dd.SOURCE, "BLT Raya.ZIP/BLT.xlsx", "Raya"),
    "named for nobody": (blt_dd.SOURCE, "BLT 06-2024.xlsx", "BLT 06-2024"),
    "a kabupaten's list": (pkh.SOURCE, "PKH Juni.xlsx", ""),
    "of a sender with a folder": (pkh.SOURCE, "Kec Singkep/PKH Juni.xlsx", "Kec Singkep"),
    "folders": (pkh.SOURCE, "Singkep/TKSK/kiriman.zip/PKH.xlsx", "Singkep/TKSK"),
    "an archive is no sender": (pkh.SOURCE, "kiriman.zip/PKH.xlsx", ""),
    "a number is not said": (pkh.SOURCE, "Budi 2104010101900001/PKH.xlsx", ""),
}  # fmt: skip


@pytest.mark.parametrize(("source", "file", "sender"), PLACES.values(), ids=PLACES)
def test_a_sender_has_a_place_for_its_answers(tmp_path: Path, source: Source, file: str, sender: str) -> None:
    """The place that a message names is one whose answers are read for that file."""
    berkas = f"{JUNE}/{source.name}/{file}"
    own = f"pemetaan/{source.name}/{sender}.csv"
    told = f" (untuk pengirim ini saja: {own})" if sender else ""
    assert answer_places(source, berkas) == f"pemetaan/{source.name}.csv{told}"
    if sender:
        put(tmp_path, own, "kolom,arti\nPENERIMA UTAMA,nama\n")
        assert read_answers(tmp_path, source).of(sender_names(berkas, source)) == {"penerimautama": "nama"}


LINES = {
    "GOL X": "GOL X,abaikan", " GOL\n X ": "GOL X,abaikan", 'JUMLAH "A", B': '"JUMLAH ""A"", B",abaikan',
    "": "<judul kolom>,abaikan", "X" * 41: "<judul kolom>,abaikan", "NO 123456": "<judul kolom>,abaikan",
}  # fmt: skip


@pytest.mark.parametrize(("word", "line"), LINES.items())
def test_a_line_that_is_shown_can_be_copied(tmp_path: Path, word: str, line: str) -> None:
    """A word that a message must shorten would answer nothing."""
    assert answer_line(word, "abaikan") == line
    put(tmp_path, "pemetaan/pkh.csv", f"kolom,arti\n{line}\n")
    shown = "<judul kolom>" if line.startswith("<") else word
    assert read_answers(tmp_path, pkh.SOURCE).of(frozenset()) == {fold_header(shown): ""}


WRONG = {
    "another header": ("judul,kolom\nX,nik\n", r"pkh\.csv, baris 1: kepalanya harus kolom,arti"),
    "empty": ("", "baris 1"),
    "no such field": (
        "kolom,arti\nGOL,golongan\n",
        'baris 2: arti "golongan" tidak dikenal; arti harus salah satu dari nik, no_kk, nama',
    ),
    "no word": ("kolom,arti\n,nik\n", "baris 2"),
    "a cell without end": (f"kolom,arti\n{'X' * 200_000},nik\n", r"pemetaan/pkh\.csv: tidak terbaca"),
    "a field's own name": ("kolom,arti\nNIK,no_kk\n", "baris 2: NIK nama baku kolom lain"),
}


@pytest.mark.parametrize(("text", "pesan"), WRONG.values(), ids=WRONG)
def test_an_answer_that_says_nothing_is_refused(tmp_path: Path, text: str, pesan: str) -> None:
    """By file and line."""
    put(tmp_path, "pemetaan/pkh.csv", text)
    with pytest.raises(Refused, match=pesan):
        read_answers(tmp_path, pkh.SOURCE).of(frozenset())


def test_a_wrong_answer_of_one_sender_stops_no_other(tmp_path: Path) -> None:
    """Its own file is refused, with the answer's file, line, what is wrong and what to do."""
    text = "NIK;NAMA;NO KK;DESA;KECAMATAN\n2104070505800001;TOKOH REKAAN;2104070101150001;RAYA;SINGKEP\n"
    for name in ("RAYA", "MEPAR"):
        put(tmp_path, f"{JUNE}/pkh/{name}/a.csv", text.replace("0001;TOKOH", f"000{len(name)};TOKOH"))
    put(tmp_path, "pemetaan/pkh/RAYA.csv", "kolom,arti\nGOL,golongan\n")
    engine = Engine(tmp_path / "kerja", Period(JUNE, None), (pkh.SOURCE,), "rahasia")
    (failure,) = Intake(Drop(tmp_path), engine).take_in(JUNE, pkh.SOURCE, tmp_path).failures
    engine.close()
    assert str(failure).startswith(
        f'{JUNE}/pkh/RAYA/a.csv: pemetaan/pkh/RAYA.csv, baris 2: arti "golongan" tidak dikenal; arti harus salah satu'
    )
    assert str(failure).endswith("Betulkan baris itu, lalu ulangi.")


def test_a_question_is_answered_once(tmp_path: Path) -> None:
    """The refusal says where to write what; with the answer there, this file and the next are read."""
    put(tmp_path, f"{JUNE}/pkh/a.csv", ODD)
    engine, drop = Engine(tmp_path / "kerja", Period(JUNE, None), (pkh.SOURCE,), "rahasia"), Drop(tmp_path)
    (failure,) = Intake(drop, engine).take_in(JUNE, pkh.SOURCE, tmp_path).failures
    assert 'yang tidak dikenal: "PENERIMA UTAMA", "GOL"; bila salah satunya' in str(failure)
    assert str(failure).endswith(
        "tulis artinya di pemetaan/pkh.csv: baris pertamanya kolom,arti, lalu satu baris satu judul (arti abaikan bila "
        "tidak dipakai), misalnya PENERIMA UTAMA,nama"
    )
    before = drop.fingerprint(JUNE, (pkh.SOURCE,))
    put(tmp_path, "pemetaan/pkh.csv", "kolom,arti\nPENERIMA UTAMA,nama\nGOL,abaikan\n")
    assert drop.fingerprint(JUNE, (pkh.SOURCE,)) != before
    put(tmp_path, f"{JUNE}/pkh/b.csv", ODD.replace("0001;", "0002;"))
    assert Intake(drop, engine).take_in(JUNE, pkh.SOURCE, tmp_path).failures == ()
    rows = pd.read_parquet(engine.path("mentah_pkh"))
    engine.close()
    assert rows[rows.jenis == "data"].nama.tolist() == ["TOKOH REKAAN"] * 2
