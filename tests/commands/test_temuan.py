"""Findings from month to month through the command: counted, decided, closed once, and never asked about again."""

import getpass
import re
import stat
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from resources.settings import Settings

Told = subprocess.CompletedProcess[str]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
Leaks = Callable[[str], set[str]]

LISTS = ("dtks", "pbi_jk", "blt_dd")
MAY, JUNE = "2024-05", "2024-06"
RULE = "PESERTA_DI_LUAR_REGISTRI"
REASON = "Kartu keluarganya sudah dipisah, berita acara 12/2024"


@dataclass(frozen=True)
class Story:
    """May, decisions about four of its findings, May again, June."""

    listed: Told
    decided: list[Told]
    untrue: str
    true: list[str]
    counted: Told
    june: Told


@pytest.fixture(scope="module")
def story(call: Call, office_folder: Settings) -> Story:
    """What happened, in its order; with a key of its own an office would list its findings in another one."""
    office_folder.rumah.mkdir(mode=0o700)
    (office_folder.rumah / "kunci").write_text("0123abcd" * 8)

    def run(periode: str) -> None:
        told = call("pemutakhiran", "--periode", periode)
        assert told.returncode == 0, told.stderr

    run(MAY)
    listed = call("temuan", "--aturan", RULE.lower(), "--daftar")
    untrue, *true = re.findall(r"^  (T\w{20})  ", listed.stdout, re.MULTILINE)[:4]
    with pytest.MonkeyPatch.context() as patch:  # the run read from a folder that it was told; so is it here
        patch.setenv("PERLINSOS_SUMBER", str(office_folder.sumber.parent / "lain"))
        decided = [
            call("temuan", "--periode", MAY, "--kunci", key, "--putusan", word, "--alasan", REASON)
            for key, word in ((untrue, "ditutup"), *((key, "dikonfirmasi") for key in true))
        ]
    run(MAY)
    counted = call("temuan", "--periode", MAY)
    run(JUNE)
    return Story(listed, decided, untrue, true, counted, call("temuan"))


def test_the_findings_are_counted_by_rule_and_status(story: Story, ask: Ask) -> None:
    """Those of the last period; each is listed by its key where that is asked for."""
    found = dict(ask(f"SELECT aturan, count(*) FROM temuan WHERE periode = '{JUNE}' GROUP BY aturan"))  # noqa: S608
    shown = re.findall(r"^ +([\d.]+)  (\w+) \(\w+\): ", story.june.stdout, re.MULTILINE)
    assert {rule: int(many.replace(".", "")) for many, rule in shown} == found
    assert story.june.stdout.startswith(f"Temuan periode {JUNE}\n")
    listed = [line for line in story.listed.stdout.splitlines() if line.startswith("  T")]
    assert len(listed) > 2 and all(f"{RULE}, terbuka sejak {MAY}" in line for line in listed)


def test_a_decision_lies_beside_the_delivery(story: Story, office_folder: Settings) -> None:
    assert {told.returncode for told in story.decided} == {0}
    assert f"Jalankan ulang pemutakhiran periode {MAY}." in story.decided[0].stdout
    head, *rows = (office_folder.sumber / MAY / "PUTUSAN.csv").read_text("utf-8").splitlines()
    assert head == "temuan_id,putusan,alasan,oleh,pada,sidik"
    assert [row.split(",")[:2] for row in rows] == [
        [story.untrue, "ditutup"], *([key, "dikonfirmasi"] for key in story.true)
    ]  # fmt: skip


def test_what_was_decided_is_published_with_its_reason_and_stays(story: Story, ask: Ask) -> None:
    """In May, and in June without another word, where it is found at all."""
    assert re.search(rf"{RULE} \(peringatan\): terbuka \d+, dikonfirmasi 3\n", story.counted.stdout)
    assert f"       1  {RULE}: bukan temuan 1\n" in story.counted.stdout
    rows = ask("SELECT temuan_id, periode, status, status_sejak, alasan, oleh FROM temuan")
    told = {(key, periode): said for key, periode, *said in rows}
    confirmed = {(key, periode): told[key, periode] for key, periode in told if key in story.true}
    assert {periode for _, periode in confirmed} == {MAY, JUNE} and len(confirmed) > len(story.true)
    by = (REASON, getpass.getuser())
    assert {tuple(said) for said in confirmed.values()} == {("dikonfirmasi", MAY, *by)}
    assert story.untrue not in {key for key, _ in told}
    log = f"SELECT periode, status, sebab FROM temuan_riwayat WHERE temuan_id = '{story.untrue}'"  # noqa: S608
    assert ask(log) == [(MAY, "ditutup", "BUKAN_TEMUAN")]


def test_what_is_gone_is_closed_in_the_month_in_which_it_is(story: Story, ask: Ask) -> None:
    gone = ask(
        "SELECT count(*) FROM temuan a WHERE periode = '2024-05' AND NOT EXISTS"
        " (SELECT FROM temuan b WHERE b.temuan_id = a.temuan_id AND b.periode = '2024-06')"
    )
    closed = ask("SELECT count(*) FROM temuan_riwayat WHERE periode = '2024-06' AND sebab = 'TIDAK_DITEMUKAN_LAGI'")
    assert gone == closed and closed != [(0,)]
    assert f"pada periode ini ditutup {closed[0][0]}.\n" in story.june.stdout
    assert ask("SELECT count(*) FROM temuan WHERE status = 'ditutup'") == [(0,)]
    ended = "SELECT temuan_id FROM temuan_riwayat WHERE sebab = 'TIDAK_DITEMUKAN_LAGI' LIMIT 1"
    assert len(ask(ended)) == 1


def desa_with_most(ask: Ask) -> tuple[str, int]:
    """The desa with most findings in June, and how many."""
    ((desa, many),) = ask(
        "SELECT kode_desa, count(*) FROM temuan WHERE periode = '2024-06' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    )
    return str(desa), int(str(many))


def test_a_desa_has_its_own(story: Story, call: Call, ask: Ask) -> None:
    desa, many = desa_with_most(ask)
    told = call("temuan", "--desa", desa)
    assert re.match(rf"Temuan periode {JUNE}, (Desa|Kelurahan) .*, Kecamatan .* \({re.escape(desa)}\)\n", told.stdout)
    assert f"\nJumlah: {many} terbuka; " in told.stdout


@pytest.mark.usefixtures("story")
def test_a_visitor_gets_names_cards_and_the_sentence(call: Call, ask: Ask, tmp_path: Path) -> None:
    """All of the desa's findings, as text, for one reader, and never over what he wrote."""
    desa, many, path = *desa_with_most(ask), tmp_path / "kunjungan.xlsx"
    told = call("temuan", "--desa", desa, "--ekspor", str(path))
    assert told.returncode == 0, told.stderr
    assert f"\nDitulis ke {path}: {many} temuan. " in told.stdout and stat.S_IMODE(path.stat().st_mode) == 0o600
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    found = {row[-1]: dict(zip(head, row, strict=True)) for row in rows}
    known = ask(
        "SELECT temuan_id, keterangan, no_kk FROM temuan JOIN dim_keluarga k USING (keluarga_id)"  # noqa: S608
        f" WHERE periode = '{JUNE}' AND temuan.kode_desa = '{desa}' AND berlaku_sampai IS NULL"
    )
    assert len(rows) == len(found) == many and len(known) > 1
    for key, sentence, card in known:
        assert (found[key]["yang ditemukan"], found[key]["No KK"]) == (sentence, card or "")
    assert all(row["nama"] and re.fullmatch(r"\d{16}|", row["NIK"]) for row in found.values())
    twice = call("temuan", "--desa", desa, "--ekspor", str(path))
    assert twice.returncode == 1 and "kunjungan.xlsx sudah ada dan mungkin berisi catatan" in twice.stderr
    other = call("temuan", "--desa", desa, "--ekspor", "kunjungan.csv")
    assert other.returncode == 2 and "nama berkas harus berakhiran .xlsx." in other.stderr


@pytest.mark.usefixtures("story")
def test_of_one_rule_and_of_none(call: Call, ask: Ask, tmp_path: Path) -> None:
    desa, _ = desa_with_most(ask)
    none = call("temuan", "--desa", desa, "--aturan", "DESIL_BELUM_ADA", "--ekspor", str(tmp_path / "a.xlsx"))
    assert none.returncode == 0 and none.stdout.endswith("Tidak ada temuan yang dapat ditulis.\n")
    assert not (tmp_path / "a.xlsx").exists()
    both = call("temuan", "--kunci", "T0", "--putusan", "ditutup", "--alasan", REASON, "--ekspor", "a.xlsx")
    assert both.returncode == 2 and "Pilih satu saja" in both.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--periode", "2024-07"], "Periode 2024-07 belum terbit."),
        (["--desa", "Antah Berantah"], 'Desa "Antah Berantah" tidak ada di gudang'),
        (["--kunci", "T0", "--putusan", "ditutup", "--alasan", REASON], f"tidak ada pada periode {JUNE}"),
    ],
)
def test_what_is_not_there_is_told(story: Story, call: Call, words: list[str], sentence: str) -> None:
    told = call("temuan", *words)
    assert (told.returncode, told.stdout) == (1, "") and sentence in told.stderr


def test_what_was_called_untrue_can_be_opened_and_what_is_gone_can_not(story: Story, call: Call, ask: Ask) -> None:
    said = ["--alasan", REASON, "--putusan"]
    assert call("temuan", "--kunci", story.untrue, *said, "dibuka").returncode == 0
    ((gone,),) = ask("SELECT temuan_id FROM temuan_riwayat WHERE sebab = 'TIDAK_DITEMUKAN_LAGI' LIMIT 1")
    told = call("temuan", "--kunci", str(gone), *said, "dibuka")
    assert told.returncode == 1 and "atau sudah tidak ditemukan" in told.stderr


def test_nobody_is_named(story: Story, leaks: Leaks) -> None:
    told = [story.listed, *story.decided, story.counted, story.june]
    assert leaks("".join(t.stdout + t.stderr for t in told)) == set()
