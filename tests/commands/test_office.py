"""One office at the command line: two periods published, one blocked, one unreadable, and what is told of each."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import xlsxwriter
from dagster import DagsterInstance
from python_calamine import CalamineWorkbook

from resources.exclusion import sole_run
from resources.postgres import EmbeddedPostgres
from resources.settings import Settings
from resources.state import State

Told = subprocess.CompletedProcess[str]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
Leaks = Callable[[str], set[str]]
Grid = list[list[object]]
LISTS = ("dtks", "pkh", "blt_dd")
FIRST, SECOND, BROKEN, ABSENT = "2024-05", "2024-06", "2024-07", "2024-08"
FIGURES = r"[\d.]+ orang, [\d.]+ karantina, neraca 0"
AS_TEXT, NOWHERE = "BLT Sungai Pinang 06-2024.xlsx", "PKH desa lain.csv"
PERSON = ("TOKOH REKAAN", "2104084101900001", "2104080101150001")
COLUMNS = ("NO", "NAMA", "NIK", "NKK")
SAID = {
    "acak.xlsx": "berkas ini bukan tabel (isinya biner); minta daftar dalam bentuk .xlsx atau .csv",
    "terpotong.xlsx": "berkas terpotong atau rusak; minta pengirim mengirim ulang",
    "kosong.xlsx": "berkas kosong; minta pengirim mengirim ulang",
    "asing.xlsx": 'lembar Sheet1, baris 1: kolom "ZODIAK" tidak dikenal: ganti namanya',
    "kurang.xlsx": "lembar Sheet1, baris 1: kolom wajib tidak ada: nama;",
    "tanpa kepala.xlsx": "kepala tabel tidak ditemukan dalam 30 baris pertama; beri baris kepala dengan kolom",
    "surat.xlsx": "berkas ini dokumen PDF, bukan tabel; minta daftar dalam bentuk .xlsx atau .csv",
}


@dataclass(frozen=True)
class Story:
    """The months of the office in their order; `between`: periods that readers saw after the blocked run."""

    first: Told
    blocked: Told
    between: list[tuple[object, ...]]
    second: Told
    again: Told
    broken: Told
    absent: Told


@pytest.fixture(scope="module")
def story(call: Call, ask: Ask, office_folder: Settings, kabupaten: Path) -> Story:
    """May; June with half its registry, then whole, with a text named .xlsx and an unknown desa; July unreadable."""

    def run(periode: str) -> Told:
        return call("pemutakhiran", "--periode", periode)

    drop = office_folder.sumber
    first = run(FIRST)
    (registry,) = (drop / SECOND / "dtks").iterdir()
    halve(registry)
    blocked, between = run(SECOND), ask("SELECT periode FROM publikasi")
    shutil.copy(kabupaten / "sumber" / SECOND / "dtks" / registry.name, registry)
    as_text(drop / SECOND / "blt_dd" / AS_TEXT)
    from_nowhere(next((drop / SECOND / "pkh").iterdir()))
    second, again = run(SECOND), run(SECOND)
    write_broken(drop / BROKEN / "blt_dd", registry)
    return Story(first, blocked, between, second, again, run(BROKEN), run(ABSENT))


def halve(book: Path) -> None:
    """Every second row below the header of a registry; titles and a blank row stand above it."""
    rows = rows_of(book)
    head = 1 + next(at for at, row in enumerate(rows) if all(row))
    write(book, rows[:head] + rows[head::2])


def as_text(book: Path) -> None:
    """The list of a workbook as delimited text, under its old name."""
    book.write_text("\n".join("|".join(map(str, row)) for row in rows_of(book)), "utf-8")


def from_nowhere(listing: Path) -> None:
    """One more PKH file: a family in a desa that does not exist."""
    header = listing.read_text("utf-8-sig").splitlines()[0]
    row = dict(zip(("NAMA_PENERIMA", "NIK", "NOKK"), PERSON, strict=True))
    row |= {"KAB_NAME": "LINGGA", "KEC_NAME": "NEGERI DONGENG", "KEL_NAME": "ANTAH BERANTAH"}
    cells = [row.get(word, "") for word in header.split("|")]
    listing.with_name(NOWHERE).write_text(f"{header}\n{'|'.join(cells)}\n", "utf-8")


def write_broken(folder: Path, sound: Path) -> None:
    """Every kind of file that cannot be read, named as in SAID."""
    folder.mkdir(parents=True)
    row: list[object] = [1, *PERSON]
    (folder / "acak.xlsx").write_bytes(b"\x07\x00\x03\x9c\x00" * 4096)
    (folder / "terpotong.xlsx").write_bytes(sound.read_bytes()[:4000])
    (folder / "kosong.xlsx").write_bytes(b"")
    write(folder / "asing.xlsx", [[*COLUMNS, "ZODIAK"], [*row, "LEO"]])
    write(folder / "kurang.xlsx", [["NO", "NIK", "NKK"], [1, *row[2:]]])
    write(folder / "tanpa kepala.xlsx", [row, row])
    (folder / "surat.xlsx").write_bytes(b"%PDF-1.7\n")


def rows_of(book: Path) -> Grid:
    """The cells of a workbook's only sheet."""
    return CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python(skip_empty_area=False)


def write(book: Path, rows: Sequence[Sequence[object]]) -> None:
    """A workbook of one sheet."""
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


def test_a_published_period_ends_with_its_figures(story: Story) -> None:
    """The only line of stdout; progress goes to stderr."""
    for told, periode in ((story.first, FIRST), (story.second, SECOND)):
        assert told.returncode == 0, told.stderr
        assert re.fullmatch(rf"Terbit {periode}: {FIGURES}\n", told.stdout)
        assert re.search(r"^  snapshot_desa +[\d.]+ baris$", told.stderr, re.MULTILINE)
        assert "Traceback" not in told.stderr


def test_the_same_again_publishes_nothing(story: Story, ask: Ask) -> None:
    """Said so, with the figures that stand."""
    assert story.again.returncode == 0
    assert story.again.stdout == story.second.stdout.replace("Terbit", "Tidak ada yang berubah; tetap terbit")
    assert ask("SELECT periode FROM publikasi ORDER BY 1") == [(FIRST,), (SECOND,)]


def test_a_blocked_period_leaves_the_one_before(story: Story) -> None:
    """Exit code 3, the rule in words, no publication."""
    assert story.blocked.returncode == 3 and story.blocked.stdout == ""
    assert "Pemeriksaan gerbang:kelayakan tidak lolos." in story.blocked.stderr
    assert "turun tajam" in story.blocked.stderr
    assert re.findall(r"^  gerbang +(.*)$", story.blocked.stderr, re.MULTILINE) == ["GAGAL"]
    assert story.blocked.stderr.endswith(f"Periode {SECOND} tidak diterbitkan: ditahan oleh pemeriksaan.\n")
    assert story.between == [(FIRST,)]


@pytest.mark.usefixtures("story")
def test_a_text_named_xlsx_is_read(ask: Ask) -> None:
    """By what it is, not by its name."""
    ((read, loaded),) = ask(f"SELECT dibaca, dimuat FROM neraca_baris WHERE berkas LIKE '%/{AS_TEXT}'")  # noqa: S608
    assert isinstance(read, int) and isinstance(loaded, int) and read > loaded > 0


@pytest.mark.usefixtures("story")
def test_a_desa_that_does_not_exist_is_quarantined(ask: Ask) -> None:
    """The row, not the run."""
    found = ask(f"SELECT DISTINCT baris FROM karantina WHERE berkas LIKE '%/{NOWHERE}'")  # noqa: S608
    assert found == [(2,)]


@pytest.mark.parametrize("name", SAID)
def test_an_unreadable_file_is_named_with_what_to_do(story: Story, name: str) -> None:
    """One sentence for each, in one run."""
    (line,) = [line for line in story.broken.stderr.splitlines() if name in line]
    assert line.startswith(f"{BROKEN}/blt_dd/{name}") and SAID[name] in line


def test_what_cannot_be_read_is_not_published_by_half(story: Story, ask: Ask) -> None:
    """Exit code 1, no trace of the program, no row of the period."""
    assert story.broken.returncode == 1 and story.broken.stdout == ""
    assert f"{len(SAID)} berkas Bantuan Langsung Tunai Dana Desa tidak dapat dibaca:" in story.broken.stderr
    assert f"taruh berkasnya di {BROKEN}/dtks/" in story.broken.stderr
    assert story.broken.stderr.endswith(f"Periode {BROKEN} tidak diterbitkan.\n")
    assert "Traceback" not in story.broken.stderr
    assert ask("SELECT DISTINCT periode FROM jejak_baris ORDER BY 1") == [(FIRST,), (SECOND,)]


def test_a_period_without_a_folder_is_an_error(story: Story) -> None:
    """One sentence, which says where to put the files."""
    assert story.absent.returncode == 1 and story.absent.stdout == ""
    assert f"tidak memuat periode {ABSENT}; taruh berkas di {ABSENT}/<sumber>/." in story.absent.stderr


@pytest.mark.usefixtures("story")
def test_one_run_at_a_time(call: Call, office_folder: Settings) -> None:
    """Exit code 75 while another holds the office."""
    with sole_run(State(office_folder.rumah)):
        told = call("pemutakhiran", "--periode", FIRST, process=True)
    assert (told.returncode, told.stdout) == (75, "")
    assert told.stderr == "Pemutakhiran lain sedang berjalan; tunggu sampai selesai.\n"


@pytest.mark.usefixtures("story")
def test_a_failed_run_can_be_taken_up_in_dagster(office_folder: Settings) -> None:
    """Each is kept with the place that its job is loaded from."""
    with DagsterInstance.from_config(str(State(office_folder.rumah).dagster)) as instance:
        runs = instance.get_runs()
    origins = [run.remote_job_origin for run in runs]
    assert sum(run.is_failure for run in runs) == 2
    assert {o.job_name for o in origins if o} == {"pemutakhiran"} and all(origins)
    assert {o.location_name for o in origins if o} == {"perlinsos"}


@pytest.mark.usefixtures("story")
def test_a_desa_is_shown(call: Call) -> None:
    """The latest period, or the one asked for."""
    for words, periode in (((), SECOND), (("--periode", FIRST), FIRST)):
        told = call("desa", "21.04.07.2005", *words)
        assert told.returncode == 0, told.stderr
        assert told.stdout.startswith(
            f"Desa Sungai Pinang, Kecamatan Lingga Timur (21.04.07.2005), periode {periode}\n\nprogram "
        )
        assert re.findall(r"^ *([A-Z_]+) +(?:orang|keluarga) ", told.stdout, re.MULTILINE) == [
            "BLT_DD", "DTKS", "PKH",
        ]  # fmt: skip
        assert re.search(r"^Temuan: \d+$", told.stdout, re.MULTILINE)
        why = re.findall(r"^ +(\d+)  [A-Z_]+: (\w+), sebab [A-Z_]+$", told.stdout, re.MULTILINE)
        if periode == FIRST:
            assert re.search(r"^ *program +satuan +jumlah$", told.stdout, re.MULTILINE) and why == []
            assert "\nPeriode pertama, belum ada pembanding: " in told.stdout and "Perubahan" not in told.stdout
            continue
        assert f"Perubahan sejak periode sebelumnya ({FIRST}): {sum(int(n) for n, _ in why)}\n" in told.stdout
        came = re.findall(r" (?:orang|keluarga) +\d+ +\d+ +(\d+) ", told.stdout)
        assert sum(int(n) for n, kind in why if kind == "masuk") == sum(int(n) for n in came)


@pytest.mark.usefixtures("story")
def test_a_desa_is_shown_by_its_name(call: Call) -> None:
    """As lists write it; and who is in no desa has a heading that says so."""
    by_code = call("desa", "21.04.07.2005").stdout
    assert {call("desa", name).stdout for name in ("Sungai Pinang", "desa sei. pinang", "2104072005")} == {by_code}
    told = call("desa", "21.04.00.0000")
    assert told.returncode == 0 and told.stdout.startswith("Desa belum diketahui (21.04.00.0000): orang dan keluarga ")


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["21.04.99.2999"], 'Desa "21.04.99.2999" tidak ada di gudang; tulis kode dengan titik'),
        (["21.05.00.0000"], 'Desa "21.05.00.0000" tidak ada di gudang; tulis kode dengan titik'),
        (["Sungai Pinangg"], 'Desa "Sungai Pinangg" tidak ada di gudang; mungkin maksudnya: Sungai Pinang, Kecamatan'),
        (["21.04.07.2005", "--periode", BROKEN], f"Periode {BROKEN} belum terbit."),
    ],
)
def test_what_the_warehouse_lacks_is_said(call: Call, words: list[str], sentence: str) -> None:
    """One sentence, exit code 1."""
    told = call("desa", *words)
    assert (told.returncode, told.stdout) == (1, "") and told.stderr.startswith(sentence)


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO publikasi (periode) VALUES ('2024-09')",
        "DELETE FROM publikasi",
        "SELECT * FROM terbitan.jejak_baris",
        "INSERT INTO terbitan.publikasi DEFAULT VALUES",
        "CREATE TABLE public.catatan (isi text)",
    ],
)
def test_the_printed_address_only_reads(ask: Ask, statement: str) -> None:
    """Published views, never the tables under them."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(statement)


@pytest.mark.usefixtures("story")
def test_a_stopped_warehouse_starts_with_its_data(call: Call, ask: Ask, office_folder: Settings) -> None:
    """The next command starts it."""
    before = ask("SELECT * FROM publikasi ORDER BY periode")
    assert call("gudang", "--berhenti").stdout == "Server gudang bawaan dihentikan.\n"
    assert not EmbeddedPostgres(State(office_folder.rumah).postgres).is_running()
    assert ask("SELECT * FROM publikasi ORDER BY periode") == before


@pytest.mark.usefixtures("story")
def test_the_reader_s_password_is_shown_only_where_asked(call: Call, office_folder: Settings) -> None:
    """A screen may be photographed: the place of the password is said, and `--url` shows it."""
    file = EmbeddedPostgres(State(office_folder.rumah).postgres).password_file
    told, url = call("gudang").stdout, call("gudang", "--url").stdout
    assert file.read_text() in url and file.read_text() not in told
    assert f"Kata sandinya ada di berkas {file};" in told and "perlinsos gudang --url" in told
    assert re.search(r"127\.0\.0\.1, port \d+, basis data perlinsos, pengguna pembaca", told)


def test_nobody_is_named(story: Story, call: Call, leaks: Leaks) -> None:
    """Neither on stdout nor on stderr, whatever happened."""
    told = [story.first, story.blocked, story.second, story.again, story.broken, story.absent]
    told += [call("desa", "21.04.07.2005"), call("desa", "21.04.99.2999"), call("gudang")]
    text = "\n".join(t.stdout + t.stderr for t in told)
    assert leaks(text) == set()
    assert not any(of_person in text for of_person in PERSON)
