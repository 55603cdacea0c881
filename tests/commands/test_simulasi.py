"""What a rule would flag, over one run of an invented kabupaten: counted, compared, and nothing written."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from resources.exclusion import sole_run
from resources.settings import Settings
from resources.state import State

Told = subprocess.CompletedProcess[str]
Call = Callable[..., Told]
Ask = Callable[[str], list[tuple[object, ...]]]
Leaks = Callable[[str], set[str]]

MAY = "2024-05"
OFFICE = '[BLT_DD_DAN_BPNT]\nmenyala = false\n[PESERTA_DI_LUAR_REGISTRI]\ntingkat = "kesalahan"\n'
NEW = """
[BLT_DD_DAN_PBI]
jenis = "dua_program"
program = ["BLT_DD", "PBI_JK"]
tingkat = "informasi"
keterangan = "Keluarga menerima BLT Dana Desa, dan iurannya dibayari."
dasar_hukum = "kebijakan kantor"
"""
BOTH = (
    "SELECT count(DISTINCT a.keluarga_id) FROM fakta_kepesertaan a JOIN fakta_kepesertaan b USING (keluarga_id)"
    " WHERE a.program = 'BLT_DD' AND b.program = '{}'"
)


@pytest.fixture(scope="module")
def run(call: Call, office_folder: Settings) -> Told:
    """May, in an office that does without one rule and takes another for heavier."""
    (office_folder.sumber / "aturan").mkdir()
    (office_folder.sumber / "aturan" / "2024.toml").write_text(OFFICE)
    return call("pemutakhiran", "--periode", MAY)


@pytest.fixture
def simulate(run: Told, call: Call, office_folder: Settings, tmp_path: Path) -> Iterator[Callable[[str], Told]]:
    """The command, with the name of a rule or what a file says; it leaves no trace."""
    assert run.returncode == 0, run.stderr
    work = State(office_folder.rumah).work(MAY)

    def written() -> dict[str, int]:
        return {path.name: path.stat().st_mtime_ns for path in work.iterdir() if path.is_file()}

    def told(what: str) -> Told:
        path = tmp_path / "2024.toml"
        path.write_text(what)
        return call("simulasi", str(path) if "[" in what else what)

    before = written()
    yield told
    assert written() == before


def totals(text: str) -> list[list[int]]:
    """The sums of each rule: ditandai, baru, tidak lagi; every column of its desa adds up to them."""
    sums = []
    for part in text.split("\n\n")[1:]:
        rows = [re.findall(r" +([\d.]+)", line[-36:]) for line in part.splitlines()[2:-1]]
        *desa, total = [[int(cell.replace(".", "")) for cell in row] for row in rows]
        assert [sum(column) for column in zip(*desa, strict=True)] == total or not desa
        sums.append(total)
    return sums


def test_an_office_rules_over_its_findings(run: Told, ask: Ask) -> None:
    assert run.returncode == 0, run.stderr
    found = dict(ask("SELECT DISTINCT aturan, tingkat FROM temuan"))
    assert "BLT_DD_DAN_BPNT" not in found
    assert found["PESERTA_DI_LUAR_REGISTRI"] == "kesalahan"


def test_a_rule_that_is_off_is_counted_by_desa(simulate: Callable[[str], Told], ask: Ask) -> None:
    """All of it would be new."""
    told = simulate("BLT_DD_DAN_BPNT")
    assert told.returncode == 0, told.stderr
    ((many,),) = ask(BOTH.format("BPNT"))
    assert totals(told.stdout) == [[many, many, 0]] and many
    assert f"Simulasi atas proses terakhir periode {MAY}; tidak ada yang diterbitkan.\n" in told.stdout


def test_a_rule_that_is_on_flags_what_it_flags(simulate: Callable[[str], Told], ask: Ask) -> None:
    told = simulate("PESERTA_DI_LUAR_REGISTRI")
    ((many,),) = ask("SELECT count(*) FROM temuan WHERE aturan = 'PESERTA_DI_LUAR_REGISTRI'")
    assert totals(told.stdout) == [[many, 0, 0]]
    assert "Di antaranya 0 keluarga yang belum ditandai aturan mana pun." in told.stdout


def test_a_file_is_tried_rule_by_rule(simulate: Callable[[str], Told], ask: Ask) -> None:
    """A new rule, one that loses half of what it looks at, one that is to be switched off."""
    changed = '[BLT_DD_DAN_PKH]\nprogram = ["BLT_DD", "BPNT"]\n[DTKS_TANPA_BANTUAN]\nmenyala = false\n'
    told = simulate(NEW + changed)
    assert told.returncode == 0, told.stderr
    ((insured,),), ((fed,),) = ask(BOTH.format("PBI_JK")), ask(BOTH.format("BPNT"))
    now = dict(ask("SELECT aturan, count(*) FROM temuan GROUP BY aturan"))
    new, other, off = totals(told.stdout)
    assert new == [insured, insured, 0] and insured
    assert other[0] == fed and other[0] - other[1] + other[2] == now.get("BLT_DD_DAN_PKH", 0)
    assert off == [0, 0, now["DTKS_TANPA_BANTUAN"]]
    assert "DTKS_TANPA_BANTUAN (informasi, dimatikan)" in told.stdout


@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        ("BLT_DAN_APA", 2, "Nilai untuk ATURAN tidak sah: BLT_DAN_APA tidak dikenal; pilih dari BLT_DD_DAN_PKH, "),
        ("tidak-ada.toml", 1, "tidak-ada.toml: berkas aturan itu tidak ada; periksa"),
        ("[BLT_DD_DAN_PKH]\numur = 3", 1, "aturan BLT_DD_DAN_PKH: umur tidak dikenal; yang dikenal: "),
        ("# [kosong]", 1, "2024.toml tidak memuat aturan."),
    ],
)
def test_what_cannot_be_tried_is_told(simulate: Callable[[str], Told], what: str, code: int, sentence: str) -> None:
    told = simulate(what)
    assert (told.returncode, told.stdout) == (code, "") and sentence in told.stderr


def test_tables_of_two_runs_or_of_none_are_no_ground(run: Told, call: Call, office_folder: Settings) -> None:
    """And those of a run under way are not looked at."""
    state = State(office_folder.rumah)
    absent = call("simulasi", "BLT_DD_DAN_PKH", "--periode", "2024-06")
    assert absent.returncode == 1 and "Periode 2024-06 belum pernah dijalankan sampai temuannya" in absent.stderr
    assert not state.work("2024-06").exists()
    with sole_run(state):
        assert call("simulasi", "BLT_DD_DAN_PKH").returncode == 75
    (state.work(MAY) / "orang.parquet").touch()
    stopped = call("simulasi", "BLT_DD_DAN_PKH")
    (state.work(MAY) / "temuan_kini.parquet").touch()
    assert stopped.returncode == 1 and "berhenti sebelum temuannya pada proses terakhir" in stopped.stderr


def test_a_wrong_file_stops_a_run_before_it_begins(run: Told, call: Call, office_folder: Settings, ask: Ask) -> None:
    """With the sentence, and what was published stays."""
    wrong = office_folder.sumber / "aturan" / "2025.toml"
    wrong.write_text('[BLT_DD_DAN_BPNT]\ntingkat = "berat"\n')
    told = call("pemutakhiran", "--periode", MAY)
    wrong.unlink()
    assert told.returncode == 1
    assert "aturan/2025.toml, aturan BLT_DD_DAN_BPNT: tingkat tidak sah; pilih dari kesalahan, " in told.stderr
    assert ask("SELECT count(*) FROM publikasi") == [(1,)]


def test_nobody_is_named(simulate: Callable[[str], Told], leaks: Leaks) -> None:
    assert leaks(simulate("PESERTA_DI_LUAR_REGISTRI").stdout + simulate(NEW).stdout) == set()
