"""The judge with its real child: what passes, what fails and its name, what the docs hold, how it ends."""

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
import pytest

from pipelines.plausibility import RULES
from resources.verdict import Judge, Verdict

ROOT = Path(__file__).parents[2]
CANARY = "7193846205"  # stands in measures and labels, and must not reach the docs

Frames = dict[str, pd.DataFrame]
Ask = Callable[[Frames], Verdict]


def lawful(first: bool = False) -> Frames:
    """Measures of a delivery in which every rule holds; `first`: there is no earlier period."""
    desa = [f"21.04.07.{n}" for n in range(2001, 2013)]

    def lalu(value: float) -> float | None:
        return None if first else value

    return {
        "kiriman": pd.DataFrame({
            "pengirim": ["dtks", "pkh", "blt_dd"], "ditanya": 1, "baris": [24_000, 3_000, 900],
            "diterima": [23_900, 2_990, 900], "bagian_diterima": 0.99,
            "min_baris": 1, "maks_baris": 100_000,
        }),
        "pergeseran": pd.DataFrame({
            "pengirim": ["dtks", "pkh", "blt_dd"], "baris": [23_900, 2_990, 900], "ditanya": 1,
            "baris_lalu": lalu(3_000), "min_baris": lalu(700), "maks_baris": lalu(31_000),
        }),
        "berkas_ganda": pd.DataFrame({"pengirim": ["dtks", "blt_dd/21.04.07.2005"], "lebih": 0, "ditanya": 1}),
        "cakupan": pd.DataFrame({
            "pengirim": ["dtks/21.04.07.2005", *(f"blt_dd/{kode}" for kode in desa)], "hilang": 0, "ditanya": 1,
            "baris_lalu": lalu(30),
        }),
        "kekosongan": pd.DataFrame({
            "pengirim": ["dtks:nik", "dtks:nama_ibu"], "ditanya": 1, "bagian_kosong": [0.01, 0.4],
            "bagian_lalu": lalu(0.3), "selisih": lalu(0.1),
        }),
        "keutuhan": pd.DataFrame({
            "hubungan": ["fakta_kepesertaan.orang_id -> dim_orang", "dim_orang.keluarga_id -> dim_keluarga"],
            "yatim": 0,
        }),
        "identitas": pd.DataFrame({
            "kode_desa": desa, "program": "PKH", "jumlah": 30, "fakta": 30, "selisih_fakta": 0,
            "jumlah_lalu": lalu(29), "masuk": lalu(2), "keluar": lalu(1), "pindah_masuk": lalu(0),
            "pindah_keluar": lalu(0), "selisih_identitas": lalu(0),
        }),
        "neraca": pd.DataFrame({
            "berkas": ["2024-06/dtks/a.csv", "2024-06/blt_dd/BLT Raya 06-2024.xlsx"], "selisih": 0,
        }),
    }  # fmt: skip


def planted(frame: str, row: int, **values: Any) -> Frames:
    """A lawful delivery with some measures of one row replaced."""
    frames = lawful()
    changed = frames[frame].astype(object)
    changed.loc[row, list(values)] = list(values.values())
    return frames | {frame: changed}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """One child for the module: its start is what costs."""
    with Judge(tmp_path_factory.mktemp("judge") / "log" / "penilai.log") as started:
        yield started


@pytest.fixture
def ask(judge: Judge, tmp_path: Path) -> Ask:
    """The verdict on some frames, its docs in this test's own folder."""
    return lambda frames: judge.judge(frames, tmp_path / "docs")


@pytest.mark.parametrize("first", [False, True], ids=["later period", "first period"])
def test_a_lawful_delivery_passes(ask: Ask, first: bool) -> None:
    """Every rule is judged; where nothing came before, the nulls pass."""
    verdict = ask(lawful(first))
    assert (verdict.success, verdict.failed, verdict.rules) == (True, (), len(RULES))


@pytest.mark.parametrize(("frame", "row", "values", "failure"), [
    ("kiriman", 1, {"diterima": 0, "min_baris": 1}, ("KIRIMAN_TERLALU_SEDIKIT", "pkh")),
    ("kiriman", 0, {"baris": 100_001}, ("KIRIMAN_TERLALU_BANYAK", "dtks")),
    ("kiriman", 1, {"bagian_diterima": 0.79}, ("KIRIMAN_BANYAK_DITOLAK", "pkh")),
    ("kiriman", 1, {"bagian_diterima": None}, ("KIRIMAN_BAGIAN_DITERIMA_TAK_TERUKUR", "pkh")),
    ("pergeseran", 2, {"baris": 699}, ("KIRIMAN_TURUN_TAJAM", "blt_dd")),
    ("pergeseran", 2, {"baris": 31_001}, ("KIRIMAN_NAIK_TAJAM", "blt_dd")),
    ("pergeseran", 2, {"min_baris": None}, ("PERGESERAN_MIN_BARIS_TAK_TERUKUR", "blt_dd")),
    ("pergeseran", 0, {"maks_baris": None}, ("PERGESERAN_MAKS_BARIS_TAK_TERUKUR", "dtks")),
    ("pergeseran", 0, {"ditanya": None}, ("PERGESERAN_DITANYA_TAK_TERUKUR", "dtks")),
    ("berkas_ganda", 1, {"lebih": 1}, ("DUA_BERKAS_SATU_PENGIRIM", "blt_dd/21.04.07.2005")),
    ("cakupan", 0, {"hilang": 1}, ("CAKUPAN_DESA_HILANG", "dtks/21.04.07.2005")),
    ("cakupan", 1, {"hilang": None}, ("CAKUPAN_HILANG_TAK_TERUKUR", "blt_dd/21.04.07.2001")),
    ("kekosongan", 1, {"selisih": 0.201}, ("KEKOSONGAN_BERGESER", "dtks:nama_ibu")),
    ("kekosongan", 0, {"selisih": -0.201}, ("KEKOSONGAN_BERGESER", "dtks:nik")),
    ("kekosongan", 0, {"selisih": None}, ("KEKOSONGAN_SELISIH_TAK_TERUKUR", "dtks:nik")),
    ("keutuhan", 1, {"yatim": 1}, ("KEUTUHAN_YATIM", "dim_orang.keluarga_id -> dim_keluarga")),
    ("keutuhan", 1, {"yatim": None},
     ("KEUTUHAN_YATIM_TAK_TERUKUR", "dim_orang.keluarga_id -> dim_keluarga")),
    ("identitas", 4, {"selisih_identitas": -1}, ("IDENTITAS_PERUBAHAN", "21.04.07.2005 PKH")),
    ("identitas", 4, {"selisih_identitas": None},
     ("IDENTITAS_SELISIH_IDENTITAS_TAK_TERUKUR", "21.04.07.2005 PKH")),
    ("identitas", 4, {"selisih_fakta": 1}, ("IDENTITAS_FAKTA", "21.04.07.2005 PKH")),
    ("identitas", 4, {"selisih_fakta": 1, "kode_desa": None}, ("IDENTITAS_FAKTA", "(kosong) PKH")),
    ("neraca", 1, {"selisih": -2}, ("NERACA_TIMPANG", "2024-06/blt_dd/BLT Raya 06-2024.xlsx")),
])  # fmt: skip
def test_a_violation_fails_its_rule_alone_and_is_named(
    ask: Ask, frame: str, row: int, values: dict[str, Any], failure: tuple[str, str]
) -> None:
    """Wrong in one measure of one row: one rule, one row, its label."""
    verdict = ask(planted(frame, row, **values))
    code, label = failure
    assert not verdict.success
    assert [(f.code, f.frame, f.count, f.labels) for f in verdict.failed] == [(code, frame, 1, (label,))]


@pytest.mark.parametrize(("frame", "row", "values"), [
    ("cakupan", 1, {"hilang": 1, "ditanya": 0}),  # a person has answered
    ("berkas_ganda", 1, {"lebih": 1, "ditanya": 0}),
    ("pergeseran", 2, {"baris": 0, "ditanya": 0}),
    ("kekosongan", 0, {"selisih": 0.9 - 0.7}),  # 0.20000000000000007
    ("kiriman", 1, {"baris": 100_000}),
    ("kiriman", 1, {"baris": 1, "diterima": 1}),
    ("pergeseran", 2, {"baris": 700}),
    ("pergeseran", 2, {"baris": 31_000}),
    ("pergeseran", 2, {"baris_lalu": None, "min_baris": None, "maks_baris": None}),  # nothing to compare with
    ("kiriman", 1, {"ditanya": 0, "bagian_diterima": 0.5}),  # confirmed, or too few to tell
    ("kekosongan", 1, {"ditanya": 0, "selisih": 0.9}),
])  # fmt: skip
def test_what_stands_on_a_bound_passes(ask: Ask, frame: str, row: int, values: dict[str, Any]) -> None:
    """Bounds are inclusive."""
    assert ask(planted(frame, row, **values)).success


def test_an_empty_frame_fails(ask: Ask) -> None:
    """Nothing measured is nothing proven; there is no row to name."""
    frames = lawful()
    verdict = ask(frames | {"identitas": frames["identitas"].head(0)})
    assert [(f.code, f.count, f.labels) for f in verdict.failed] == [("IDENTITAS_KOSONG", 0, ())]


def test_many_failing_rows_are_counted_and_ten_are_named(ask: Ask) -> None:
    """The count is whole, the labels are bounded."""
    frames = lawful()
    (failed,) = ask(frames | {"identitas": frames["identitas"].assign(selisih_fakta=3)}).failed
    assert (failed.count, len(failed.labels)) == (12, 10)


def test_every_missing_desa_is_named_and_counted(ask: Ask) -> None:
    """The operator reads how many desa to ask for, and can answer for each of them."""
    frames = lawful()
    (failed,) = ask(frames | {"cakupan": frames["cakupan"].assign(hilang=1)}).failed
    assert failed.kalimat.endswith("(hilang: 13)")
    assert failed.asks and failed.labels == tuple(frames["cakupan"].pengirim)


def test_a_missing_column_is_refused(ask: Ask) -> None:
    """A measure that was not computed is no measure that holds."""
    frames = lawful()
    with pytest.raises(ValueError, match="Ukuran neraca tidak lengkap, kolom ini belum dihitung: selisih"):
        ask(frames | {"neraca": frames["neraca"].drop(columns="selisih")})


def pages_of(verdict: Verdict) -> dict[str, str]:
    """Every page by its path."""
    return {p.relative_to(verdict.docs).as_posix(): p.read_text() for p in verdict.docs.rglob("*.html")}


def test_docs_hold_no_measure_and_no_number_of_a_person(ask: Ask) -> None:
    """Failing or not; and the pages send nothing."""
    frames = planted("keutuhan", 0, hubungan=f"x{CANARY}", yatim=int(CANARY))
    frames["neraca"]["berkas"] = f"2024-06/{CANARY}.csv"
    frames["kiriman"]["maks_baris"] = int(CANARY)
    pages = pages_of(ask(frames))
    assert "index.html" in pages
    assert {name.split("/")[1] for name in pages if name.startswith("validations/")} == set(frames)
    assert [name for name, page in pages.items() if CANARY in page] == []
    assert all("default-src 'self'" in page for page in pages.values())
    assert not [name for name, page in pages.items() if re.search(r"""(src|<link[^>]*href)=["']?https?:""", page)]
    assert "1 aturan tidak lolos" in pages["index.html"] and "baris yang menunjuk data" in pages["index.html"]
    (keutuhan,) = (page for name, page in pages.items() if name.startswith("validations/keutuhan"))
    assert re.search(r"Keadaan.{0,80}Tidak lolos", keutuhan, re.DOTALL)


def test_a_judgement_names_its_senders(ask: Ask) -> None:
    """Who was judged, and of whom a rule does not hold, with what was found; on its own page and on the first."""
    frames = planted("pergeseran", 2, baris=0)
    found = ["", "", "Sungai Pinang, 0 baris, periode lalu 45"]
    pages = pages_of(ask(frames | {"pergeseran": frames["pergeseran"].assign(keterangan=found)}))
    (own,) = (page for name, page in pages.items() if name.startswith("validations/pergeseran"))
    for page in (own, pages["index.html"]):
        assert "<li>blt_dd: Sungai Pinang, 0 baris, periode lalu 45</li>" in page and "1 aturan tidak lolos" in page
    assert "<p>Yang dinilai: blt_dd, dtks, pkh.</p>" in own
    assert "<h1>Banyaknya baris tiap pengirim terhadap periode lalu</h1>" in own
    (other,) = (page for name, page in pages.items() if name.startswith("validations/neraca"))
    assert "Semua aturan lolos." in other and "blt_dd: Sungai" not in other


# Words that are no Indonesian ones, and no names of ours.
ENGLISH = re.compile(
    r"\b(data|expectations?|suite|validations?|results?|observed|values?|tables?|columns?|show|failed|succeeded|success\w*|"
    r"evaluated?s?|unsuccessful|run|time|batch(?!_data)|contents?|overview|home|notes?|status|statistics|null|unknown)\b",
    re.IGNORECASE,
)


def test_what_people_read_is_indonesian(ask: Ask) -> None:
    """But for the maker's name, and the technical marks that a reader has to unfold."""
    for name, page in pages_of(ask(planted("kiriman", 1, diterima=0, min_baris=1))).items():
        texts = re.findall(r">([^<>]*[A-Za-z][^<>]*)<", re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL))
        ours = {"data", "status"}  # Indonesian as well, in our sentences
        words = {word.lower() for text in texts for word in ENGLISH.findall(text.replace("Great Expectations", ""))}
        assert words <= ours, name


def test_the_parent_does_not_import_great_expectations() -> None:
    """Else the child would save nothing."""
    code = "import sys, resources.verdict; sys.exit('great_expectations' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_dead_child_is_an_error_that_names_the_log(tmp_path: Path) -> None:
    """No answer is never a pass."""
    log = tmp_path / "penilai.log"
    with Judge(log) as judge:
        child = psutil.Process(judge._process.pid)
        child.kill()
        child.wait()
        with pytest.raises(RuntimeError, match="berhenti tanpa putusan") as error:
            judge.judge(lawful(), tmp_path / "docs")
    assert str(log) in str(error.value)


def test_a_child_that_stays_silent_is_ended(tmp_path: Path) -> None:
    """The wait is bounded: this one has no time even for its import."""
    with Judge(tmp_path / "penilai.log", timeout_s=0.01) as judge, pytest.raises(RuntimeError):
        judge.judge(lawful(), tmp_path / "docs")


def test_an_unused_child_ends_with_its_context(tmp_path: Path) -> None:
    """A run that fails early leaves nothing behind."""
    with Judge(tmp_path / "penilai.log") as judge:
        child = psutil.Process(judge._process.pid)
    assert not child.is_running()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process of another parent: Linux only")
def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """Even by a signal that lets the parent do nothing."""
    code = (
        "import pathlib, sys; from resources.verdict import Judge\n"
        "with Judge(pathlib.Path(sys.argv[1])) as judge: print(judge._process.pid, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "penilai.log")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as parent:  # fmt: skip
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        ended, _, _ = select.select([child], [], [], 60)
        os.close(child)
    assert ended
