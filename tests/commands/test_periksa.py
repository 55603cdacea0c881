"""The pre-flight at the command line: what it says of a delivery, and that it leaves no trace."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from resources.postgres import EmbeddedPostgres
from resources.state import State

Leaks = Callable[[str], set[str]]
Periksa = Callable[..., tuple[int, str]]
Typed = Callable[..., subprocess.CompletedProcess[str]]
JUNE = "2024-06"


@pytest.fixture(scope="module")
def folder(kabupaten: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A drop of one month, `sumber`, and a state folder that is not there yet."""
    root = tmp_path_factory.mktemp("periksa")
    shutil.copytree(kabupaten / "sumber" / JUNE, root / "sumber" / JUNE)
    yield root
    EmbeddedPostgres(State(root / "rumah").postgres).stop()


@pytest.fixture(scope="module")
def told(folder: Path, typed: Typed) -> Iterator[Typed]:
    """The command over that drop."""
    places = {"PERLINSOS_RUMAH": "rumah", "PERLINSOS_SUMBER": "sumber"}
    with pytest.MonkeyPatch.context() as patch:
        for name, place in places.items():
            patch.setenv(name, str(folder / place))
        yield typed


@pytest.fixture(scope="module")
def periksa(told: Typed) -> Periksa:
    """Run the command; its exit code and all that it says."""

    def run(*words: str) -> tuple[int, str]:
        done = told("periksa", *words)
        return done.returncode, done.stdout + done.stderr

    return run


def tree(folder: Path) -> set[tuple[str, int]]:
    """Every file below a folder, and when it was written."""
    return {(str(p), p.stat().st_mtime_ns) for p in folder.rglob("*")}


def test_a_whole_period_is_told_and_nothing_is_written(folder: Path, periksa: Periksa, leaks: Leaks) -> None:
    """Format, header row, what each column was taken for, what is expected; no number or name of anybody."""
    before = tree(folder)
    code, said = periksa()
    assert code == 0, said
    assert tree(folder) == before
    assert "bentuk: teks UTF-8, pemisah |" in said
    assert "bentuk: buku kerja .xlsx" in said
    assert '"nomor_nik" = nik' in said or '"NIK" = nik' in said
    assert "dibanding: belum ada kiriman pengirim ini yang terbit" in said
    assert "desa_tak_dikenal: Desa atau kelurahan ini, atau kecamatannya, tidak ada di tabel wilayah" in said
    assert said.rstrip().endswith("tidak ada yang ditulis.")
    assert leaks(said) == set()


CSV = "NIK|NAMA_PENERIMA|NOKK|KEC_NAME|KEL_NAME\n"
ROW = "{}|TOKOH REKAAN|2104070101150001|LINGGA TIMUR|{}\n"
TOLD = (
    "DAFTAR KPM BLT DANA DESA DESA RAYA\nNIK;No KK;Nama;Ket;Tgl Lahir\n"
    "2104070505800001;2104070101150001;TOKOH REKAAN;PINDAH;31 Februari 1980\n"
    "2104070505800002;2104070101150001;TOKOH LAIN;;05-05-1980\nCatatan: tambahan;;TOKOH TIGA;;\n"
)
STOPPED = {
    "an unknown word": (
        CSV.replace("KEC_NAME", "ZODIAK") + ROW.format("2104070505800001", "RAYA"), "TIDAK DAPAT DIBACA",
    ),
    "most rows refused": (
        CSV + "".join(ROW.format(f"21040705058000{n:02}", "ENTAH") for n in range(30)), "30 dari 30 baris ditolak",
    ),
}  # fmt: skip


def test_what_is_not_read_is_told(tmp_path: Path, periksa: Periksa) -> None:
    """The desa that a title gives, words of removal in a column that is not used: counts and rows, no cell."""
    (tmp_path / "a.csv").write_text(TOLD)
    code, said = periksa(str(tmp_path / "a.csv"), "--sebagai", "blt_dd", "--periode", JUNE)
    assert code == 0, said
    assert "desa: RAYA (dari judul atau nama berkas)" in said
    assert 'perhatikan: 1 baris menyebut "pindah" di kolom yang tidak dipakai (baris 3)' in said
    assert "perhatikan: 1 baris bukan data berisi nama atau nomor (baris 5)" in said
    assert "perhatikan: 1 baris dengan tanggal_lahir yang tidak terbaca, dianggap kosong (baris 3)" in said
    assert "TOKOH" not in said and "Februari" not in said


@pytest.mark.parametrize(("text", "sentence"), STOPPED.values(), ids=STOPPED)
def test_what_would_be_blocked_ends_with_three(tmp_path: Path, periksa: Periksa, text: str, sentence: str) -> None:
    """Of a file from anywhere, as the source that is named."""
    path = tmp_path / "kiriman.csv"
    path.write_text(text)
    code, said = periksa(str(path), "--sebagai", "pkh")
    assert code == 3, said
    assert sentence in said
    assert "Kiriman ini akan ditahan: 1 berkas bermasalah." in said
    assert "2104070" not in said


def test_one_file_of_the_drop(folder: Path, periksa: Periksa) -> None:
    """By its path: its period and source are those of its folder."""
    path = next((folder / "sumber" / JUNE / "pkh").iterdir())
    code, said = periksa(str(path))
    assert code == 0
    assert f"Periksa {JUNE}: 1 berkas" in said


def test_a_file_that_several_sources_could_read_is_a_question(folder: Path, tmp_path: Path, periksa: Periksa) -> None:
    """Which one it is is not guessed."""
    path = tmp_path / "2104 0705 0580 0001 daftar.csv"
    path.write_text("NIK;NOKK;NAMA;DESA\n2104070505800001;2104070101150001;TOKOH;RAYA\n")
    code, said = periksa(str(path))
    assert code == 1
    assert "... daftar.csv tidak dikenali sebagai tepat satu sumber; sebutkan --sebagai (" in said
    assert "0580" not in said


def test_the_place_of_an_answer_is_one_that_answers(folder: Path, tmp_path: Path, periksa: Periksa) -> None:
    """Of a file from elsewhere, in a folder called like a period: what is to be written stands in the drop folder."""
    path = tmp_path / JUNE / "daftar.csv"
    path.parent.mkdir()
    path.write_text(CSV.replace("KEC_NAME", "ZODIAK") + ROW.format("2104070505800001", "RAYA"))
    code, said = periksa(str(path), "--sebagai", "pkh")
    own = re.search(r"tulis artinya di (.*?\.csv):", said)
    assert code == 3 and own, said
    assert f"{path}: dibaca seakan sudah ditaruh di {folder}/sumber/{JUNE}/pkh/" in said
    answer = Path(own[1])
    assert answer == folder / "sumber" / "pemetaan" / "pkh.csv"
    answer.parent.mkdir()
    answer.write_text("kolom,arti\nZODIAK,abaikan\n")
    code, said = periksa(str(path), "--sebagai", "pkh")
    shutil.rmtree(answer.parent)
    assert code == 0, said


def test_a_blank_card_is_told_with_what_to_write(folder: Path, tmp_path: Path, periksa: Periksa) -> None:
    """The line that is told, at the place that is told, fills it in; and that is told too."""
    path = tmp_path / "DTKS.csv"
    rows = [f"2104070505800{n:03};{kk};TOKOH {'ABC'[n]};RAYA" for n, kk in enumerate(("2104070101150001", "", ""))]
    path.write_text("\n".join(("NIK;NOKK;NAMA;DESA", *rows)))
    code, said = periksa(str(path), "--sebagai", "dtks", "--periode", JUNE)
    asked = re.search(
        r"2 baris tanpa No KK di antara yang ber-No KK, tidak diisi \(baris 3, 4\); "
        r"bila No KK hanya ditulis pada baris pertama tiap keluarga, tulis (.*?) di (.*?\.csv)\b",
        said,
    )
    assert code == 0 and asked, said
    answer = Path(asked[2])
    assert answer == folder / "sumber" / "pemetaan" / "dtks.csv"
    answer.parent.mkdir()
    answer.write_text(f"kolom,arti\n{asked[1]}\n")
    said = periksa(str(path), "--sebagai", "dtks", "--periode", JUNE)[1]
    shutil.rmtree(answer.parent)
    assert "perhatikan: 2 baris memakai No KK di atasnya, menurut jawaban kosong:no_kk (baris 3, 4)" in said
    assert "tanpa No KK" not in said


def test_a_name_in_the_wrong_place_is_said_without_its_number(tmp_path: Path, periksa: Periksa) -> None:
    """What no source reads is named as it may be named."""
    (tmp_path / JUNE / "2104.0705.0580.0001 TOKOH").mkdir(parents=True)
    _, said = periksa("--sumber", str(tmp_path), "--periode", JUNE)
    assert f"Tidak akan dibaca: {JUNE}/... TOKOH (bukan folder sumber yang dikenal)." in said


def test_wrong_words(tmp_path: Path, periksa: Periksa) -> None:
    """A place that is not there, a source that there is not."""
    assert periksa(str(tmp_path / "entah"))[0] == 2
    assert periksa("--sebagai", "zodiak")[0] == 2
    code, said = periksa("--periode", "Juni")
    assert code == 2 and "Nilai untuk --periode tidak sah: tulis tahun dan bulan, misalnya 2024-06." in said


def test_the_next_file_of_a_sender_is_compared_with_the_last(folder: Path, told: Typed, periksa: Periksa) -> None:
    """Columns that came, went, or are called otherwise, and how many rows there were."""
    assert told("pemutakhiran", "--periode", JUNE).returncode == 0
    old = next((folder / "sumber" / JUNE / "pkh").iterdir())
    new = folder / "sumber" / "2024-07" / "pkh" / "PKH Juli.csv"
    new.parent.mkdir(parents=True)
    head, *rows = old.read_text("utf-8-sig").splitlines()
    words = head.replace("NAMA_PENERIMA", "NAMA KPM").replace("kode_batch", "tahap")
    new.write_text("\n".join([words, *rows[:2]]))
    code, said = periksa(str(new))
    assert f"dibanding {JUNE}: 2 baris data dari pengirim ini, waktu itu {len(rows)}" in said
    assert 'kolom berganti nama: "NAMA_PENERIMA" menjadi "NAMA KPM"' in said
    assert 'kolom baru: "tahap"' in said
    assert 'kolom hilang: "kode_batch"' in said
    assert code == (3 if len(rows) > 7 else 0)
    new.write_bytes(old.read_bytes())
    assert f"PERHATIKAN: isinya sama dengan {JUNE}/pkh/{old.name} yang sudah terbit; pastikan" in periksa(str(new))[1]
