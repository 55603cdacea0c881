"""One published month that is asked why: rows, a person, addresses as people type them, and what is gone."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.pair_decisions import COLUMNS, FILE
from resources.settings import Settings
from resources.state import State

Told = subprocess.CompletedProcess[str]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
Leaks = Callable[[str], set[str]]
WriteRows = Callable[[str, list[dict[str, object]]], None]
MAY = "2024-05"
LISTS = ("dtks", "pbi_jk", "pkh", "blt_dd")
ROW = "SELECT berkas, lembar, baris, orang_id FROM jejak_baris WHERE "
NUMBER = re.compile(r"(?<![0-9A-F])\d{13,16}(?![0-9A-F])")  # a key is longer, and may hold as many digits
ISO_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
NOTHING = "\nTinjauan dan keputusan:\n  tidak ada\n"


@pytest.fixture(scope="module")
def registry(office_folder: Settings) -> Path:
    """The list of the registry, a text."""
    return next(path for path in sorted((office_folder.sumber / MAY / "dtks").iterdir()) if b"|" in path.read_bytes())


@pytest.fixture(scope="module")
def carded(office_folder: Settings, registry: Path) -> str:
    """The address of a row whose No KK stands in the row above alone, of a sender who writes so."""
    lines = registry.read_text(encoding="utf-8").splitlines(keepends=True)
    column = lines[0].split("|").index('"nomor_kk"')
    cards = [line.split("|")[column] for line in lines]
    at = next(at for at in range(2, len(cards)) if cards[at].strip('"') and cards[at] == cards[at - 1])
    lines[at] = lines[at].replace(cards[at], "", 1)
    registry.write_text("".join(lines), encoding="utf-8", newline="")
    answers = office_folder.sumber / "pemetaan"
    answers.mkdir()
    (answers / "dtks.csv").write_text("kolom,arti\nkosong:no_kk,isi ke bawah\n")
    return f"{registry.relative_to(office_folder.sumber)}::{at + 1}"


@pytest.fixture(scope="module")
def unreadable(office_folder: Settings, registry: Path) -> str:
    """The address of a row of a text whose birth date nobody can read."""
    lines = registry.read_text(encoding="utf-8").splitlines(keepends=True)
    at, old = next((at, found[0]) for at, line in enumerate(lines) if (found := ISO_DATE.search(line)))
    lines[at] = lines[at].replace(old, "31 Februari 1980")
    registry.write_text("".join(lines), encoding="utf-8", newline="")
    return f"{registry.relative_to(office_folder.sumber)}::{at + 1}"


@pytest.fixture(scope="module", autouse=True)
def published(call: Call, unreadable: str, carded: str) -> None:
    """The month."""
    assert call("pemutakhiran", "--periode", MAY).returncode == 0


@pytest.fixture(scope="module")
def one(ask: Ask) -> Callable[[str], tuple[str, str]]:
    """The address and the person of the first row that a condition holds for."""

    def first(condition: str) -> tuple[str, str]:
        berkas, lembar, baris, orang_id = ask(f"{ROW}{condition} ORDER BY berkas, baris LIMIT 1")[0]
        return f"{berkas}:{lembar}:{baris}", str(orang_id)

    return first


@pytest.fixture
def why(call: Call) -> Callable[..., str]:
    """What is told of an address, with no whole number in it."""

    def told(*words: str) -> str:
        found = call("mengapa", *words)
        assert (found.returncode, found.stderr) == (0, "")
        assert NUMBER.findall(found.stdout) == []
        return found.stdout

    return told


One, Why = Callable[[str], tuple[str, str]], Callable[..., str]


def test_a_repaired_row_says_by_what_it_was_linked(one: One, why: Why, ask: Ask) -> None:
    """Its own number was cut: the first digits agree, and the name."""
    address, orang_id = one("cara_padan = 'nik_15_angka'")
    told = why(address)
    assert told.startswith(f"Baris: {address.partition(':')[0]}, lembar ")
    assert (
        "  nasib: diperbaiki\n  ditautkan: 15 angka pertama NIK sama dan nama mirip (nik_15_angka, skor 0,95)\n" in told
    )
    assert re.search(r"\n  isi: [A-Z ]+, .*NIK tertulis \d{6}\*{6}\d{4}", told)
    assert f"\nOrang: {orang_id}, keluarga K" in told
    assert re.search(r"\n  sama: nama sama, 15 angka pertama NIK sama", told)
    ((rows,),) = ask(f"SELECT count(*) FROM jejak_baris WHERE orang_id = '{orang_id}'")  # noqa: S608
    beyond = told.split("Baris lain orang ini:\n")[1].split("\n\n")[0]
    assert len(re.findall(rf"^  {MAY}  ", beyond, re.MULTILINE)) == int(str(rows)) - 1
    assert told.endswith(f"\nPerubahan kunci:\n  tidak ada\n{NOTHING}")


def test_a_birth_date_that_nobody_can_read_is_told(why: Why, unreadable: str) -> None:
    """Of its row alone: it counts as blank."""
    file, line = unreadable.rsplit(":", 1)
    unread = "\n  tanggal lahir: terisi tetapi tidak terbaca, dianggap kosong\n"
    assert unread in why(unreadable)
    assert unread not in why(f"{file}:{int(line) + 1}")


def test_a_number_from_the_row_above_is_told(why: Why, carded: str) -> None:
    """Of the row that lacks it alone."""
    file, line = carded.rsplit(":", 1)
    filled = "\n  No KK: kosong di berkasnya, diisi dari baris di atasnya menurut jawaban kosong:no_kk di pemetaan\n"
    assert filled in why(carded)
    assert filled not in why(f"{file}:{int(line) - 1}")


@pytest.mark.parametrize(
    ("condition", "lines"),
    [
        ("nasib = 'dikarantina' AND sumber = 'dtks'", ["  nasib: dikarantina", "(desa_tak_dikenal)", "  isi: "]),
        (
            "nasib = 'dikarantina' AND sumber = 'blt_dd'",
            ["  nasib: dikarantina", "  alasan: NIK rusak", "NIK tertulis"],
        ),
        ("nasib = 'duplikat'", ["  nasib: duplikat\n", "  ditautkan: "]),
        ("jenis = 'tanda_tangan'", ["  nasib: diabaikan (tanda tangan)\n"]),
        ("jenis = 'judul'", ["  nasib: diabaikan (judul)\n"]),
    ],
)
def test_every_fate_is_told(one: One, why: Why, condition: str, lines: list[str]) -> None:
    address, orang_id = one(condition)
    told = why(address)
    assert [line for line in lines if line not in told] == []
    assert ("Orang: " in told) == (orang_id != "None")


def test_an_address_may_be_a_path_of_any_kind(one: One, why: Why, office_folder: Settings) -> None:
    address, _ = one("sumber = 'blt_dd' AND jenis = 'data'")
    text, _ = one("lembar = '' AND jenis = 'data'")
    for known in (address, text):
        told = why(known)
        assert why(f"{office_folder.sumber}/{known}") == told
        assert why("D:\\kiriman\\" + known.replace("/", "\\")) == told
        assert why(known, "--periode", MAY) == told
    assert why(text.replace("::", ":")) == why(text)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["entah"], 2, "Nilai untuk ALAMAT tidak sah: tulis BERKAS:LEMBAR:BARIS seperti pada karantina"),
        (["2104084101900001"], 2, "Nilai untuk ALAMAT tidak sah: tulis BERKAS:LEMBAR:BARIS"),
        (["{address}", "--periode", "Mei"], 2, "Nilai untuk --periode tidak sah: tulis tahun dan bulan"),
        (["{address}", "--periode", "2024-06"], 1, "Baris itu tidak ada pada periode 2024-06; ada pada 2024-05."),
        (["{address}000"], 1, "Baris "),
        (["{file}:Lain:1"], 1, "Lembar itu tidak ada pada berkasnya; yang ada: "),
        (["{file}x:Lain:1"], 1, "Berkas itu tidak ada pada periode yang terbit; salin alamatnya"),
        (["O00000000000000000000"], 1, "Kunci orang itu tidak ada di gudang; salin dari jejak_baris"),
    ],
)  # fmt: skip
def test_a_wrong_address_is_a_sentence(call: Call, one: One, words: list[str], code: int, sentence: str) -> None:
    address, _ = one("sumber = 'blt_dd' AND jenis = 'data'")
    file = address.partition(":")[0]
    told = call("mengapa", *(word.format(address=address, file=file) for word in words))
    assert (told.returncode, told.stdout) == (code, "") and told.stderr.startswith(sentence)
    assert NUMBER.findall(told.stderr) == []


def test_a_person_is_told_with_all_that_stands_under_the_key(
    call: Call, one: One, why: Why, write_rows: WriteRows, office_folder: Settings
) -> None:
    """Versions, families, rows, changes of the key, pairs and what was said of them."""
    address, key = one("cara_padan = 'kk_nama_lahir'")
    other = "O" + "A" * 20
    write_rows("log_kunci", [{
        "jenis": "gabung", "unit": "orang", "kunci_lama": other, "kunci_baru": key, "bukti": "nama mirip, NIK beda",
        "cara": "padanan", "skor": 0.97,
    }])  # fmt: skip
    pair = {"tinjauan_id": "T1", "orang_id_a": key, "orang_id_b": other, "sidik": "s"}
    write_rows("tinjauan", [pair | {"skor": 0.875, "bukti": "nama mirip"}])
    said = [("T1", "sama", "satu rumah", "petugas", "2024-06-20T01:02:03Z", "s"),
            ("T1", "cabut", "", "petugas", "2024-06-21T01:02:03Z", "s")]  # fmt: skip
    lines = [",".join(row) for row in (COLUMNS, *said)]
    (office_folder.sumber / MAY / FILE).write_text("\n".join(lines), "utf-8")
    told = why(key)
    assert re.search(rf"^Orang: {key}\n  sejak {MAY}: [A-Z ]+, NIK \d{{6}}\*{{6}}\d{{4}}, desa .*, AKTIF\n", told)
    assert re.search(rf"\nKeluarga dari waktu ke waktu:\n  {MAY}: K[0-9A-F]{{20}}\n", told)
    assert "No KK, nama, dan tanggal lahir sama" in told
    assert f"\nPerubahan kunci:\n  {MAY}  gabung (orang): {other} -> {key}; nama mirip, NIK beda\n" in told
    assert told.endswith(
        f"\nTinjauan dan keputusan:\n  {MAY}  T1: {key} dan {other}, skor 0,88; nama mirip\n"
        "    sama, oleh petugas, 2024-06-20T01:02:03Z: satu rumah\n    cabut, oleh petugas, 2024-06-21T01:02:03Z\n"
        "    pada terbitan: belum diputus\n"
    )
    assert why(address).endswith(told[told.index("\nPerubahan kunci:") :])
    nowhere = why(key, "--periode", "2024-07")
    assert "\nBaris:\n  tidak ada\n" in nowhere


def test_cells_that_are_gone_are_said(one: One, why: Why, office_folder: Settings) -> None:
    """The state folder may have been cleared, or hold the rows of another file."""
    address, _ = one("sumber = 'pkh' AND nasib = 'diperbaiki'")
    read: Path = State(office_folder.rumah).work(MAY) / "baris_pkh.parquet"
    read.rename(read.with_suffix(".disimpan"))
    told = why(address)
    read.with_suffix(".disimpan").rename(read)
    assert "  isi: tidak ada lagi di folder keadaan; buka berkasnya pada baris itu\n" in told
    assert "  sama: " not in told and "\nOrang: O" in told
    assert "  sama: " in why(address)


def test_nobody_is_named_where_it_did_not_help(call: Call, leaks: Leaks) -> None:
    told = [call("mengapa", "entah"), call("mengapa", f"{MAY}/pkh/tiada.csv::1"), call("mengapa", "--help")]
    assert leaks("".join(t.stdout + t.stderr for t in told)) == set()
