"""A pair from its question to one person and back: asked, exported, answered, run, withdrawn, run."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from pipelines.judgement import ANSWER, KEY, SHEET
from resources.settings import Settings

Call = Callable[..., subprocess.CompletedProcess[str]]
Ask = Callable[[str], list[tuple[object, ...]]]
LISTS = ("dtks", "pbi_jk")
MAY = "2024-05"
KK, RINA, RINI = "2104071212990071", "2104075703120061", "2104075703120062"
HEAD = "NIK;No KK;Nama;Tanggal Lahir;Jenis Kelamin;Nama Ibu Kandung;Kecamatan;Desa"
SAME = "17-03-2012;P;MARNI;Lingga Timur;Sungai Pinang"
FILES = {
    f"{MAY}/dtks/susulan.csv": f"Id_DTKS;{HEAD}\nUJI-1;{RINA};{KK};RINA WULANDARI;{SAME}\n",
    f"{MAY}/pbi_jk/susulan.csv": f"PSNOKA;{HEAD}\n1202875185;{RINI};{KK};RINI WULANDARI;{SAME}\n",
}
PERSONS = (
    "SELECT sumber, orang_id FROM jejak_baris WHERE berkas LIKE '%susulan%' AND orang_id IS NOT NULL ORDER BY sumber"
)
PAIR = "SELECT tinjauan_id, keputusan, bukti FROM tinjauan WHERE {a} IN (orang_id_a, orang_id_b)"
LOG = "SELECT jenis, cara, kunci_lama, kunci_baru FROM log_kunci"


@pytest.fixture(scope="module")
def asked(call: Call, ask: Ask, office_folder: Settings) -> dict[str, str]:
    """May as published, with two girls of one birth and one family on two lists: the key of each, by list."""
    for name, text in FILES.items():
        (office_folder.sumber / name).write_text(text, "utf-8")
    told = call("pemutakhiran", "--periode", MAY)
    assert told.returncode == 0, told.stdout + told.stderr
    return dict(ask(PERSONS))  # type: ignore[arg-type]


def pair(ask: Ask, key: str) -> tuple[object, ...]:
    """The one question about a person."""
    (found,) = ask(PAIR.format(a=f"'{key}'"))
    return found


def test_a_pair_is_asked_answered_linked_withdrawn_and_apart(
    call: Call, ask: Ask, asked: dict[str, str], tmp_path: Path
) -> None:
    assert len(set(asked.values())) == 2, "nobody said that they are one"
    question, said, evidence = pair(ask, asked["dtks"])
    assert not said and "No KK sama" in str(evidence)

    book = tmp_path / "pasangan.xlsx"
    assert call("tinjau", "--ekspor", str(book)).returncode == 0
    rows = pd.read_excel(book, sheet_name=SHEET, dtype="str", engine="calamine", keep_default_na=False)
    rows.loc[rows[KEY] == question, ANSWER] = "ya"
    with pd.ExcelWriter(tmp_path / "dijawab.xlsx", engine="xlsxwriter") as writer:
        rows.to_excel(writer, sheet_name=SHEET, index=False)
    told = call("tinjau", "--masuk", str(tmp_path / "dijawab.xlsx"))
    assert told.returncode == 0 and "1 sama" in told.stdout, told.stderr

    assert call("pemutakhiran", "--periode", MAY).returncode == 0
    linked = dict(ask(PERSONS))
    (stays,) = set(linked.values())
    (goes,) = set(asked.values()) - {stays}
    assert pair(ask, str(stays))[:2] == (question, "sama")
    assert ask(LOG) == [("gabung", "padanan", goes, stays)]

    assert call("tinjau", "--cabut", str(question), "--alasan", "kembar").returncode == 0
    assert call("pemutakhiran", "--periode", MAY).returncode == 0
    assert dict(ask(PERSONS)) == asked
    assert not pair(ask, asked["dtks"])[1]
    assert ask(LOG) == [], "withdrawn before any later period, as if it had not been"
