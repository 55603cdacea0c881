"""An office that is asked: what the gate wants to know of each sender, the answers, and the refused rows."""

import getpass
import re
import shlex
import shutil
import stat
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from pipelines.confirmation import FILE
from resources.settings import Settings
from resources.state import State

Told = subprocess.CompletedProcess[str]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
Row = Sequence[str]

LISTS = ("dtks", "blt_dd")
MAY, JUNE = "2024-05", "2024-06"
PINANG, MEPAR, RAYA = "Sungai Pinang", "Mepar", "Raya"
HEADER = ("NO", "NAMA", "NIK", "NKK")
FORMULA = ("1", '=HYPERLINK("http://contoh.id")', "0021", "")  # text, and refused: nothing tells who it is
REASON = "Musdes menambah keluarga, berita acara 12/2024"
_LETTERS = "ABDEGHIKLMNPRSTU"


def family(number: int) -> Row:
    """An invented head of a family; nobody has these numbers."""
    name = "".join(_LETTERS[number // 16**at % 16] + "A" for at in range(4))
    return str(number), f"{name}H REKAAN", f"210407{number % 28 + 1:02d}0180{number:04d}", f"210407010115{number:04d}"


def write(path: Path, families: range, *more: Row) -> None:
    """The list of one desa, named by its file."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([HEADER, *map(family, families), *more]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)


@dataclass(frozen=True)
class Story:
    """May with three lists of twenty; June with a copy, a revision, a list of twice the size and one that is absent."""

    damaged: Told
    unjudged: list[Told]
    read_after_damage: pd.DataFrame
    foreseen: Told
    blocked: Told
    shown: Told
    beside: Told
    answers: list[Told]
    left: list[Told]
    published: Told
    again: Told


def lists(drop: Path, periode: str) -> Path:
    """The folder of the desa's lists."""
    return drop / periode / "blt_dd"


@pytest.fixture(scope="module")
def story(call: Call, office_folder: Settings, read: Callable[[str], pd.DataFrame]) -> Story:
    """What happened, in its order."""

    def run(periode: str) -> Told:
        return call("pemutakhiran", "--periode", periode)

    drop = office_folder.sumber
    for at, desa in enumerate((PINANG, MEPAR, RAYA)):
        write(lists(drop, MAY) / f"BLT {desa} 05-2024.xlsx", range(at * 100 + 1, at * 100 + 21))
    assert run(MAY).returncode == 0
    own = lists(drop, MAY) / f"BLT {PINANG} 05-2024.xlsx"
    sound = own.read_bytes()
    own.write_bytes(sound[: len(sound) // 2])
    damaged, after = run(MAY), read(MAY)
    unjudged = [call("konfirmasi", "--periode", periode) for periode in (MAY, JUNE)]
    own.write_bytes(sound)
    june = lists(drop, JUNE)
    (june / f"BLT {RAYA} 06-2024.xlsx").unlink(missing_ok=True)
    own = june / f"BLT {PINANG} 06-2024.xlsx"
    write(own, range(1, 21), FORMULA)
    shutil.copy(own, june / "kiriman ulang.xlsx")
    write(june / f"BLT {PINANG} revisi.xlsx", range(2, 21))
    write(june / f"BLT {MEPAR} 06-2024.xlsx", range(101, 141))
    foreseen = call("periksa", str(drop / JUNE))
    blocked = run(JUNE)
    shown = call("konfirmasi", "--periode", JUNE)
    beside = call(
        "konfirmasi", "--periode", JUNE, "--aturan", "KIRIMAN_NAIK_TAJAM", "--pengirim", "dtks", "--alasan", REASON
    )
    answers = [call(*(word.lower() if "_" in word else word for word in words)) for words in commands(shown.stdout)]
    left = [call("konfirmasi", "--periode", JUNE), call("konfirmasi", "--periode", JUNE, "--semua")]
    published = run(JUNE)
    write(june / f"BLT {MEPAR} 06-2024.xlsx", range(101, 142))
    return Story(damaged, unjudged, after, foreseen, blocked, shown, beside, answers, left, published, run(JUNE))


@pytest.fixture(scope="module")
def read(office_folder: Settings) -> Callable[[str], pd.DataFrame]:
    """The read rows of the desa's lists."""
    return lambda periode: pd.read_parquet(State(office_folder.rumah).work(periode) / "mentah_blt_dd.parquet")


def commands(text: str) -> list[list[str]]:
    """The words of every confirmation that a text tells to type, with a reason."""
    typed = re.findall(r"perlinsos (konfirmasi .*--alasan .*)$", text, re.MULTILINE)
    return [[REASON if word == "..." else word for word in shlex.split(line)] for line in typed]


def asked(text: str) -> set[tuple[str, str]]:
    """Rule and sender of every question."""
    return {(words[4], words[6]) for words in commands(text)}


QUESTIONS = {
    ("KIRIMAN_NAIK_TAJAM", "blt_dd/21.04.02.2003"), ("KIRIMAN_NAIK_TAJAM", "blt_dd/21.04.07.2005"),
    ("DUA_BERKAS_SATU_PENGIRIM", "blt_dd/21.04.07.2005"), ("CAKUPAN_DESA_HILANG", "blt_dd/21.04.04.1006"),
}  # fmt: skip


def test_a_run_that_failed_before_the_gate_asked_nothing_yet(story: Story) -> None:
    """What it could not read and what to do is said; so is that a period never ran."""
    told, never = story.unjudged
    assert (told.returncode, never.returncode) == (0, 0)
    assert told.stdout == (
        f"Proses terakhir periode {MAY} gagal sebelum gerbang (1 berkas tidak dapat dibaca: {MAY}/blt_dd/BLT {PINANG} "
        f"05-2024.xlsx), jadi belum ada yang dinilai dan ditanyakan. Betulkan dahulu (perlinsos periksa --periode "
        f"{MAY}), lalu jalankan lagi: perlinsos pemutakhiran --periode {MAY}\n"
    )
    assert never.stdout.startswith(f"Periode {JUNE} belum pernah dijalankan dari folder keadaan ")


def test_a_damaged_correction_leaves_what_was_there(story: Story, ask: Ask) -> None:
    """The publication, and the rows last read."""
    assert story.damaged.returncode == 1 and "terpotong atau rusak" in story.damaged.stderr
    of = story.read_after_damage.berkas.str.endswith(f"BLT {PINANG} 05-2024.xlsx")
    assert of.sum() == 21
    assert ask("SELECT count(*) FROM publikasi WHERE periode = '2024-05'") == [(1,)]


def test_the_gate_asks_about_each_sender(story: Story) -> None:
    """With what was found, and the command that answers."""
    assert story.blocked.returncode == 3
    assert asked(story.blocked.stderr) == asked(story.shown.stdout) == QUESTIONS
    assert "Mepar, 40 baris, periode lalu 20." in story.blocked.stderr
    assert "Raya, tidak ada lagi, periode lalu 20 baris." in story.blocked.stderr
    two = f"{JUNE}/blt_dd/BLT {PINANG} 06-2024.xlsx dan {JUNE}/blt_dd/BLT {PINANG} revisi.xlsx"
    assert f"2 berkas berlainan: {two};" in story.blocked.stderr and two in story.foreseen.stdout


def test_the_preflight_foresees_the_absent_and_the_second_file(story: Story) -> None:
    """With the sentence and the confirmation of the gate; a copy is said, and counted once."""
    assert story.foreseen.returncode == 3
    by_frame = {q for q in QUESTIONS if q[0] in ("DUA_BERKAS_SATU_PENGIRIM", "CAKUPAN_DESA_HILANG")}
    assert asked(story.foreseen.stdout) == by_frame
    assert "Raya, tidak ada lagi, periode lalu 20 baris." in story.foreseen.stdout
    assert "2 pertanyaan tentang pengirim" in story.foreseen.stderr
    own = f"{JUNE}/blt_dd/BLT {PINANG} 06-2024.xlsx"
    assert f"isinya sama dengan {own}: salinan, barisnya dihitung satu kali" in story.foreseen.stdout
    # 21 rows of its own list and 19 of the revision; the copy's 21 count in none
    assert "dibanding 2024-05: 40 baris data dari pengirim ini, waktu itu 20" in story.foreseen.stdout


def test_a_copy_is_said_and_is_no_question(story: Story, ask: Ask) -> None:
    """Its rows are duplicates, and its refused row is refused once."""
    first, copy = f"BLT {PINANG} 06-2024.xlsx", "kiriman ulang.xlsx"
    assert (
        f"Perhatikan: {JUNE}/blt_dd/{copy} isinya sama dengan {JUNE}/blt_dd/{first}; barisnya dihitung satu kali.\n"
        in story.blocked.stderr
    )
    fates = dict(
        ask(f"SELECT nasib, count(*) FROM jejak_baris WHERE berkas LIKE '%/{copy}' GROUP BY nasib")  # noqa: S608
    )
    assert fates == {"duplikat": 21, "diabaikan": 1}


def test_only_what_was_asked_can_be_answered(story: Story) -> None:
    assert (story.beside.returncode, story.beside.stdout) == (1, "")
    assert "Tidak ada pertanyaan KIRIMAN_NAIK_TAJAM tentang dtks" in story.beside.stderr


def test_what_was_answered_is_listed_apart(story: Story, call: Call) -> None:
    """It is no question any more; a rule is named in any case, and an unknown one is told from the known."""
    few, every = story.left
    assert asked(few.stdout) == asked(every.stdout) == set()
    assert "sudah dijawab; jalankan lagi" in few.stdout and f"{len(QUESTIONS)} sudah dijawab; tampilkan" in few.stdout
    assert every.stdout.count("Sudah dijawab, ") == len(QUESTIONS)
    strange = call("konfirmasi", "--periode", JUNE, "--aturan", "drift", "--pengirim", "dtks", "--alasan", REASON)
    assert strange.returncode == 2 and "drift tidak dikenal; pilih dari KIRIMAN_" in strange.stderr


def test_what_was_answered_is_published_with_its_reason(story: Story, ask: Ask, office_folder: Settings) -> None:
    assert {told.returncode for told in story.answers} == {0}
    assert story.published.returncode == 0, story.published.stderr
    found = ask("SELECT aturan, pengirim, alasan, oleh, periode FROM konfirmasi")
    assert set(found) == {(*question, REASON, getpass.getuser(), JUNE) for question in QUESTIONS}
    assert FILE not in story.published.stderr
    assert len((office_folder.sumber / JUNE / FILE).read_text("utf-8").splitlines()) == len(QUESTIONS) + 1


@pytest.mark.usefixtures("story")
def test_who_stood_on_a_list_that_was_not_sent_has_not_left(call: Call, ask: Ask) -> None:
    """The cause says so, and the desa's numbers say which list it is."""
    causes = "SELECT sebab, count(*) FROM fakta_perubahan WHERE kode_desa = '21.04.04.1006' AND program = 'BLT_DD'"
    ((cause, many),) = ask(f"{causes} AND jenis = 'keluar' GROUP BY sebab")
    assert cause == "DAFTAR_TIDAK_DIKIRIM"
    told = call("desa", "21.04.04.1006", "--periode", JUNE).stdout
    assert (
        f"\nDaftar yang tidak dikirim:\n  BLT_DD sejak {JUNE} (blt_dd/21.04.04.1006): {many} "
        f"keluarga pada daftar terakhirnya; dikonfirmasi petugas: {REASON}\n" in told
    )
    assert f"{many}  BLT_DD: keluar, sebab DAFTAR_TIDAK_DIKIRIM (daftarnya tidak dikirim; " in told
    assert "\nDaftar yang tidak dikirim" not in call("desa", "21.04.07.2005", "--periode", JUNE).stdout


def test_another_file_of_the_sender_is_asked_about_again(story: Story) -> None:
    """The others stay answered."""
    assert story.again.returncode == 3
    assert asked(story.again.stderr) == {("KIRIMAN_NAIK_TAJAM", "blt_dd/21.04.02.2003")}


@pytest.mark.usefixtures("story")
def test_refused_rows_are_listed_and_tie_to_the_balance(call: Call, ask: Ask) -> None:
    told = call("karantina", "--periode", JUNE)
    assert told.returncode == 0, told.stderr
    ((balance,),) = ask(f"SELECT sum(dikarantina) FROM neraca_baris WHERE periode = '{JUNE}'")  # noqa: S608
    shown = [int(n.replace(".", "")) for n in re.findall(r": ([\d.]+) baris ditolak$", told.stdout, re.MULTILINE)]
    assert sum(shown) == balance
    assert f"\nJumlah: {balance} baris ditolak, menurut neraca {balance}.\n" in told.stdout
    by_code, own = (
        call("karantina", "--periode", JUNE, "--desa", desa, "--sumber", "blt_dd").stdout
        for desa in ("21.04.07.2005", "sei. pinang")
    )
    assert by_code == own
    assert "blt_dd/21.04.07.2005 (Sungai Pinang): 1 baris ditolak\n       1  nik_rusak: NIK rusak" in own
    assert f"\n          {JUNE}/blt_dd/BLT {PINANG} 06-2024.xlsx:Sheet1:22\n" in own
    for words, sentence in ((("2024-01",), "belum terbit"), ((JUNE, "--desa", "Antah"), "tidak ada di tabel wilayah")):
        astray = call("karantina", "--periode", *words)
        assert (astray.returncode, astray.stdout) == (1, "") and sentence in astray.stderr


@pytest.mark.usefixtures("story")
def test_a_sender_gets_its_rows_as_it_sent_them(call: Call, tmp_path: Path) -> None:
    """A workbook that only its owner may open; a formula is text, a number keeps its zeros."""
    folder = tmp_path / "ekspor" / "juni"
    told = call("karantina", "--periode", JUNE, "--ekspor", str(folder))
    assert told.returncode == 0, told.stderr
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    book = CalamineWorkbook.from_path(folder / f"blt_dd {PINANG} {JUNE}.xlsx")
    header, row = book.get_sheet_by_index(0).to_python()
    found = dict(zip(header, row, strict=True))
    assert header[:5] == ["Berkas", "Lembar", "Baris", "Alasan", "Kolom"] and "" not in row
    assert (found["Berkas"], found["Baris"]) == (f"{JUNE}/blt_dd/BLT {PINANG} 06-2024.xlsx", "22")
    assert found["Kolom"] == "NIK" and found["Alasan"].startswith("NIK rusak")
    assert (found["NAMA"], found["NIK"]) == FORMULA[1:3]
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    twice = call("karantina", "--periode", JUNE, "--sumber", "blt_dd", "--ekspor", str(folder))
    assert (
        twice.returncode == 1 and "sudah ada di" in twice.stderr and twice.stderr.endswith("Tidak ada yang ditulis.\n")
    )
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    none = call("karantina", "--periode", JUNE, "--sumber", "pkh", "--ekspor", str(tmp_path / "kosong"))
    assert none.stdout.endswith("Tidak ada yang harus dikembalikan; tidak ada yang ditulis.\n")
    assert none.returncode == 0 and not (tmp_path / "kosong").exists()


@pytest.mark.usefixtures("story")
def test_without_the_read_rows_the_reasons_are_written_and_it_is_said(
    call: Call, tmp_path: Path, office_folder: Settings
) -> None:
    """The state folder may have been cleared; a later file's cells are not those of the published one."""
    read = State(office_folder.rumah).work(JUNE) / "mentah_blt_dd.parquet"
    read.rename(read.with_suffix(".disimpan"))
    told = call("karantina", "--periode", JUNE, "--sumber", "blt_dd", "--ekspor", str(tmp_path / "ekspor"))
    read.with_suffix(".disimpan").rename(read)
    assert told.returncode == 0 and "blt_dd: isi sel sebagian atau semuanya tidak ada lagi" in told.stderr
    book = CalamineWorkbook.from_path(tmp_path / "ekspor" / f"blt_dd {PINANG} {JUNE}.xlsx")
    header = book.get_sheet_by_index(0).to_python()[0]
    assert header == ["Berkas", "Lembar", "Baris", "Alasan", "Kolom"]


@pytest.mark.usefixtures("story")
def test_rows_of_persons_go_to_no_open_folder(call: Call, tmp_path: Path) -> None:
    (tmp_path / "umum").mkdir(mode=0o755)
    (tmp_path / "umum" / "surat.txt").touch()
    told = call("karantina", "--periode", JUNE, "--ekspor", str(tmp_path / "umum"))
    assert told.returncode == 1 and "dapat dibuka pengguna lain; pilih folder baru" in told.stderr
    assert [path.name for path in (tmp_path / "umum").iterdir()] == ["surat.txt"]


@pytest.mark.usefixtures("story")
def test_a_period_that_was_never_published_is_told_from_its_last_run(
    call: Call, ask: Ask, office_folder: Settings
) -> None:
    state = State(office_folder.rumah)
    shutil.copytree(state.work(JUNE), state.work("2024-07"))
    told = call("karantina", "--periode", "2024-07")
    shutil.rmtree(state.work("2024-07"))
    assert told.returncode == 0 and told.stdout.startswith("Karantina periode 2024-07 (BELUM TERBIT; menurut proses")


def test_nobody_is_named(story: Story, call: Call) -> None:
    """Neither by what was blocked nor by what was listed."""
    told = [story.damaged, story.blocked, story.shown, *story.answers, story.published, story.again]
    text = "".join(t.stdout + t.stderr for t in [*told, call("karantina", "--periode", JUNE)])
    assert "REKAAN" not in text and re.findall(r"\d{16}", text) == []
