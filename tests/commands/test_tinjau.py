"""Pairs that an officer judges: counted, written as a workbook, read back whole or not at all, withdrawn."""

import getpass
import re
import stat
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from pipelines.judgement import ANSWER, REASON, SHEET
from pipelines.pair_decisions import COLUMNS, FILE
from resources.settings import Settings
from resources.state import State

Told = subprocess.CompletedProcess[str]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
Leaks = Callable[[str], set[str]]
WriteRows = Callable[[str, list[dict[str, object]]], None]
Grid = list[list[str]]
LISTS = ("dtks", "blt_dd")
MAY = "2024-05"
PERSONS = "SELECT orang_id FROM dim_orang WHERE nik IS NOT NULL ORDER BY orang_id LIMIT 4"
ROW = "SELECT berkas, lembar, baris FROM karantina WHERE sumber = 'blt_dd' ORDER BY berkas, baris LIMIT 1"
HEAD = ("tinjauan_id", "sidik", "periode", ANSWER)
BEFORE = ("T9", "sama", "", "petugas", "2024-06-01T00:00:00Z", "s9")


@pytest.fixture(scope="module", autouse=True)
def published(call: Call, ask: Ask, office_folder: Settings, write_rows: WriteRows) -> None:
    """A month with three pairs of persons and one of a person and a row; one of them was decided and published."""
    lines = [",".join(row) for row in (COLUMNS, BEFORE)]
    (office_folder.sumber / MAY / FILE).write_text("\n".join(lines), "utf-8")
    assert call("pemutakhiran", "--periode", MAY).returncode == 0
    a, b, c, d = (str(key) for (key,) in ask(PERSONS))
    ((berkas, lembar, baris),) = ask(ROW)
    pairs: list[dict[str, object]] = [
        {"tinjauan_id": "T1", "orang_id_a": a, "orang_id_b": b, "skor": 0.91, "sidik": "s1"},
        {"tinjauan_id": "T2", "orang_id_a": a, "orang_id_b": c, "skor": 0.82, "sidik": "s2"},
        {"tinjauan_id": "T3", "orang_id_a": d, "skor": 0.71, "sidik": "s3", "berkas": berkas, "lembar": lembar,
         "baris": baris},
        {"tinjauan_id": "T9", "orang_id_a": c, "orang_id_b": d, "skor": 0.9, "sidik": "s9", "keputusan": "sama"},
    ]  # fmt: skip
    write_rows("tinjauan", [{"bukti": "nama mirip", **pair} for pair in pairs])


@pytest.fixture(autouse=True)
def decided_before(office_folder: Settings) -> Path:
    """Every test begins with the one decision that the month was published with."""
    path = office_folder.sumber / MAY / FILE
    path.write_text("\n".join(",".join(row) for row in (COLUMNS, BEFORE)), "utf-8")
    return path


@pytest.fixture
def book(call: Call, tmp_path: Path) -> Path:
    """The workbook of the open pairs."""
    path = tmp_path / "pasangan.xlsx"
    told = call("tinjau", "--ekspor", str(path))
    assert told.returncode == 0, told.stderr
    return path


def cells(path: Path) -> Grid:
    """The rows of the workbook, its header first."""
    return [list(map(str, row)) for row in CalamineWorkbook.from_path(path).get_sheet_by_name(SHEET).to_python()]


def fill(path: Path, answers: dict[str, tuple[str, str]], **changed: str) -> Path:
    """A workbook of the same cells and these answers, at its place; `changed`: what a column says instead."""
    head, *rows = cells(path)
    for row in rows:
        row[head.index(ANSWER)], row[head.index(REASON)] = answers.get(row[0], ("", ""))
        for column, cell in changed.items():
            row[head.index(column)] = cell
    return save(path, [head, *rows])


def save(path: Path, rows: Sequence[Sequence[str]], sheet: str = SHEET) -> Path:
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Petunjuk")
        written = made.add_worksheet(sheet)
        for at, row in enumerate(rows):
            written.write_row(at, 0, row)
    return path


def counts(told: Told) -> list[int]:
    """Open, answered or withdrawn since, in force."""
    assert told.returncode == 0, told.stderr
    return [int(n) for n in re.findall(r"^ +(\d+)  ", told.stdout, re.MULTILINE)]


def decisions(path: Path) -> list[list[str]]:
    """Pair, decision, reason and fingerprint of every row of the file."""
    return (
        pd.read_csv(path, dtype="str", keep_default_na=False)[["tinjauan_id", "keputusan", "alasan", "sidik"]]
        .to_numpy()
        .tolist()
    )


def test_a_run_is_given_what_was_decided(office_folder: Settings) -> None:
    given = pd.read_parquet(State(office_folder.rumah).work(MAY) / "keputusan_masuk.parquet")
    assert given[["tinjauan_id", "keputusan", "sidik", "oleh"]].to_numpy().tolist() == [["T9", "sama", "s9", "petugas"]]


def test_the_pairs_are_counted(call: Call) -> None:
    told = call("tinjau")
    assert told.stdout.startswith(f"Tinjauan periode {MAY}\n") and counts(told) == [3, 0, 1]
    assert "3  pasangan belum dijawab: 2 dua orang, 1 orang dan baris\n" in told.stdout
    assert told.stdout.endswith(f"Untuk menjawab: perlinsos tinjau --periode {MAY} --ekspor pasangan.xlsx\n")


def test_the_workbook_has_both_sides_whole_and_as_text(book: Path, ask: Ask) -> None:
    """A number that is only half there cannot be judged; nobody else may open the file."""
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    head, *rows = cells(book)
    by_pair = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert [row[0] for row in rows] == ["T1", "T2", "T3"]
    people = {str(key): (nik, nama) for key, nik, nama in ask("SELECT orang_id, nik, nama FROM dim_orang")}
    (a, b, *_) = (str(key) for (key,) in ask(PERSONS))
    assert (by_pair["T1"]["NIK 1"], by_pair["T1"]["nama 1"]) == people[a]
    assert (by_pair["T1"]["NIK 2"], by_pair["T1"]["nama 2"]) == people[b]
    assert re.fullmatch(r"\d{2}-\d{2}-\d{4}", by_pair["T1"]["tanggal lahir 1"]) and by_pair["T1"]["kemiripan"] == "0,91"
    assert "beda" in by_pair["T1"]["yang beda"] and by_pair["T1"]["menurut pemadanan"] == "nama mirip"
    ((berkas, lembar, baris),) = ask(ROW)
    assert by_pair["T3"]["baris asal sisi 2"] == f"{berkas}:{lembar}:{baris}" and by_pair["T3"]["nama 2"]
    assert {row[head.index(ANSWER)] for row in rows} == {""}
    ((sender,),) = ask(f"SELECT pengirim FROM neraca_baris WHERE berkas = '{berkas}'")  # noqa: S608
    assert by_pair["T3"]["pengirim dan berkas 2"] == f"{sender} ({berkas})"
    sent = "SELECT DISTINCT berkas, pengirim FROM jejak_baris JOIN neraca_baris USING (berkas) WHERE orang_id = "
    files = ask(f"{sent}'{a}'")
    assert by_pair["T1"]["pengirim dan berkas 1"] == "; ".join(f"{who} ({name})" for name, who in sorted(files))


def test_only_answers_can_be_filled_in(book: Path) -> None:
    """The other cells are locked, and an answer is chosen."""
    with zipfile.ZipFile(book) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<sheetProtection " in sheet and styles.count('<protection locked="0"/>') == 1
    assert re.search(r'<dataValidation type="list".*?<formula1>"ya,tidak"</formula1>', sheet)


def test_answers_are_kept_with_the_delivery(call: Call, book: Path, decided_before: Path) -> None:
    """By whom and when, bound to the evidence; what is not answered stays open."""
    told = call("tinjau", "--masuk", str(fill(book, {"T1": ("ya", "satu rumah, kartu baru"), "T3": ("Tidak ", "")})))
    assert told.returncode == 0, told.stderr
    assert told.stdout == (
        f"Dicatat di {decided_before}: 1 sama, 1 beda; 1 belum dijawab. Jalankan ulang pemutakhiran periode {MAY}.\n"
    )
    rows = pd.read_csv(decided_before, dtype="str", keep_default_na=False)
    assert decisions(decided_before)[1:] == [["T1", "sama", "satu rumah, kartu baru", "s1"], ["T3", "beda", "", "s3"]]
    assert set(rows.oleh[1:]) == {getpass.getuser()} and rows.pada[1:].str.fullmatch(r"\d{4}-.*Z").all()
    assert counts(call("tinjau")) == [1, 2, 1]
    again = call("tinjau", "--masuk", str(book))
    assert "sudah dicatat sebelumnya" in again.stdout and len(decisions(decided_before)) == 3
    changed = call("tinjau", "--masuk", str(fill(book, {"T1": ("tidak", ""), "T3": ("tidak", "")})))
    assert "0 sama, 1 beda; 1 belum dijawab" in changed.stdout
    assert decisions(decided_before)[3:] == [["T1", "beda", "", "s1"]]


def test_a_decision_is_withdrawn(call: Call, book: Path, decided_before: Path) -> None:
    """It is answered no more, and every word of it stays."""
    call("tinjau", "--masuk", str(fill(book, {"T1": ("ya", "")})))
    told = call("tinjau", "--cabut", "T1", "--alasan", "  kembar,  kata RT ")
    assert told.returncode == 0, told.stderr
    assert told.stdout == (
        f"Dicabut, dicatat di {decided_before}. Jalankan ulang pemutakhiran periode {MAY}, lalu periode sesudahnya.\n"
    )
    assert decisions(decided_before)[1:] == [["T1", "sama", "", "s1"], ["T1", "cabut", "kembar, kata RT", "s1"]]
    assert counts(call("tinjau")) == [3, 0, 1]
    call("tinjau", "--cabut", "T9")
    assert counts(call("tinjau")) == [3, 1, 0]
    twice = call("tinjau", "--cabut", "T1")
    assert (twice.returncode, twice.stdout) == (1, "") and "Tidak ada keputusan yang berlaku" in twice.stderr


# What a filled workbook is refused for: its answers, and what a column says instead of what was exported.
REFUSED: dict[str, tuple[dict[str, tuple[str, str]], dict[str, str]]] = {
    "belum ada jawaban; isi kolom jawaban": ({}, {}),
    f"lembar {SHEET}, baris 3: jawaban harus ya atau tidak.": ({"T1": ("ya", ""), "T2": ("mungkin", "")}, {}),
    "baris 2: ada alasan tetapi tidak ada jawaban": ({"T1": ("", "entah")}, {}),
    "baris 2: pasangan tidak dikenal pada periode ini": ({"T1": ("ya", "")}, {"tinjauan_id": "T7"}),
    "baris 2: bukti pasangan ini berubah sejak diekspor": ({"T1": ("ya", "")}, {"sidik": "s0"}),
    "baris 3: pasangan ini dijawab lain pada baris 2": (
        {"T1": ("ya", ""), "T2": ("tidak", "")}, {"tinjauan_id": "T1", "sidik": "s1"},
    ),
    "baris 2: alasan memuat nomor panjang": ({"T1": ("ya", "NIK 2104084101900001")}, {}),
    "Periode 2024-04 belum terbit.": ({"T1": ("ya", "")}, {"periode": "2024-04"}),
}  # fmt: skip


@pytest.mark.parametrize("sentence", REFUSED)
def test_one_wrong_row_and_nothing_is_taken(call: Call, book: Path, decided_before: Path, sentence: str) -> None:
    answers, changed = REFUSED[sentence]
    told = call("tinjau", "--masuk", str(fill(book, answers, **changed)))
    assert (told.returncode, told.stdout) == (1, "")
    assert sentence in told.stderr and "2104084101900001" not in told.stderr
    assert len(decisions(decided_before)) == 1


@pytest.mark.parametrize(
    ("name", "write", "sentence"),
    [
        ("tiada.xlsx", lambda _: None, "tiada.xlsx: berkas itu tidak ada; periksa nama dan foldernya."),
        ("teks.xlsx", lambda path: path.write_text("ya"), "teks.xlsx: tidak terbaca"),
        ("lain.xlsx", lambda path: save(path, [["a"]], "Lain"), f"lain.xlsx: lembar {SHEET} tidak ada"),
        ("kosong.xlsx", lambda path: save(path, []), f"kosong.xlsx, lembar {SHEET}, baris 1: kolom tinjauan_id, "),
        ("kepala.xlsx", lambda path: save(path, [HEAD]), f"kolom {REASON} tidak ada"),
        (
            "dua.xlsx", lambda path: save(path, [[*HEAD, REASON], ["T1", "s", MAY], ["T2", "s", "2024-06"]]),
            "dua.xlsx: buku kerja harus berisi pasangan satu periode",
        ),
    ],
)  # fmt: skip
def test_what_is_no_such_workbook_is_said(
    call: Call, tmp_path: Path, name: str, write: Callable[[Path], object], sentence: str
) -> None:
    write(tmp_path / name)
    told = call("tinjau", "--masuk", str(tmp_path / name))
    assert (told.returncode, told.stdout) == (1, "") and sentence in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--periode", "Mei"], 2, "Nilai untuk --periode tidak sah"),
        (["--periode", "2024-09"], 1, "Periode 2024-09 belum terbit."),
        (["--ekspor", "a.csv"], 2, "Nilai untuk --ekspor tidak sah: nama berkas harus berakhiran .xlsx."),
        (["--ekspor", "a.xlsx", "--masuk", "a.xlsx"], 2, "Pilih satu saja"),
        (["--alasan", "x"], 2, "--alasan hanya untuk --cabut"),
        (["--cabut", "T1", "--alasan", "2104084101900001"], 2, "Nilai untuk --alasan tidak sah: alasan memuat"),
        (["--cabut", "T1"], 1, "Tidak ada keputusan yang berlaku"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(call: Call, words: list[str], code: int, sentence: str) -> None:
    told = call("tinjau", *words)
    assert (told.returncode, told.stdout) == (code, "") and told.stderr.startswith(sentence)


def test_a_workbook_with_answers_is_not_written_over(call: Call, book: Path, tmp_path: Path) -> None:
    before = fill(book, {"T1": ("ya", "")}).read_bytes()
    told = call("tinjau", "--ekspor", str(book))
    assert told.returncode == 1 and "sudah ada dan mungkin berisi jawaban" in told.stderr
    assert book.read_bytes() == before
    nowhere = call("tinjau", "--ekspor", str(tmp_path / "tiada" / "a.xlsx"))
    assert (
        nowhere.returncode == 1
        and "a.xlsx tidak dapat ditulis (tempatnya tidak ada); pilih folder lain" in nowhere.stderr
    )
    of_other = call("tinjau", "--periode", "2024-06", "--masuk", str(book))
    assert of_other.returncode == 1 and f"isinya pasangan periode {MAY}, bukan 2024-06" in of_other.stderr


def test_where_all_is_answered_nothing_is_written(call: Call, book: Path, tmp_path: Path) -> None:
    call("tinjau", "--masuk", str(fill(book, dict.fromkeys(("T1", "T2", "T3"), ("tidak", "")))))
    told = call("tinjau", "--ekspor", str(tmp_path / "lagi.xlsx"))
    assert told.stdout == f"Tidak ada pasangan yang belum dijawab pada periode {MAY}.\n"
    assert not (tmp_path / "lagi.xlsx").exists()


def test_nobody_is_named_on_the_screen(call: Call, book: Path, tmp_path: Path, leaks: Leaks) -> None:
    told = [call("tinjau"), call("tinjau", "--ekspor", str(tmp_path / "b.xlsx")), call("tinjau", "--masuk", str(book))]
    told += [call("tinjau", "--masuk", str(fill(book, {"T1": ("mungkin", "")})))]
    assert leaks("".join(t.stdout + t.stderr for t in told)) == set()
