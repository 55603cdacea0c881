"""Workbooks for senders: every cell is text, whatever it looks like; a file is named by source, desa and period."""

import stat
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from resources.export import ExportError, file_name, file_names, private_folder, write_workbook

CELLS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://contoh.id", "mailto:a@b.id", "0021", "2104E+12",
    "  dua  ", "\u202eterbalik", "a\x00b\x07", "x" * 40_000, "'; DROP TABLE orang; --", "<b>&amp;</b>", "",
]  # fmt: skip


def test_a_cell_is_what_was_delivered(tmp_path: Path) -> None:
    """No formula, no link, no number made of text; what cannot stand in a cell is cut or escaped."""
    path = tmp_path / "a.xlsx"
    lines = [str(line) for line in range(1, len(CELLS) + 1)]
    columns = ["Baris", "NAMA", "NAMA"]  # the sender's own words may be the same twice
    write_workbook(path, pd.DataFrame(zip(lines, CELLS, [None] * len(CELLS), strict=True), columns=columns))
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert header == columns
    plain = {"x" * 40_000: "x" * 32_767}
    for (line, found, nothing), at in zip(rows, range(len(CELLS)), strict=True):
        assert (line, nothing) == (str(at + 1), "")
        if "\x00" not in CELLS[at]:
            assert found == plain.get(CELLS[at], CELLS[at])
    with zipfile.ZipFile(path) as book:
        (sheet,) = (name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        text = book.read(sheet).decode()
        assert "<f>" not in text and "hyperlink" not in text
        assert not [name for name in book.namelist() if name.startswith("xl/worksheets/_rels")]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize(
    ("sumber", "name", "found"),
    [
        ("blt_dd", "Sungai Pinang", "blt_dd Sungai Pinang 2024-06.xlsx"), ("pkh", "", "pkh 2024-06.xlsx"),
        ("pbi_jk", "bpjs/kota", "pbi_jk bpjs kota 2024-06.xlsx"),
        ("dtks", "2104/0701/0180/0001 X", "dtks ... X 2024-06.xlsx"),
        ("dtks", "BNBA 2104070101800001", "dtks BNBA ... 2024-06.xlsx"),
        ("blt_dd", "21.04.07.2005", "blt_dd 21.04.07.2005 2024-06.xlsx"),
        ("blt_dd", "../a:b\\c", "blt_dd .. a b c 2024-06.xlsx"),
    ],
)  # fmt: skip
def test_a_file_is_named_by_source_desa_and_period(sumber: str, name: str, found: str) -> None:
    assert file_name(sumber, name, "2024-06") == found


def test_senders_of_one_name_have_files_of_their_own() -> None:
    """What a file's name cannot hold may be all that tells them apart."""
    assert file_names("pkh", ["Singkep/Barat", "Raya", "Singkep Barat", "Singkep: Barat"], "2024-06") == [
        "pkh Singkep Barat 2024-06.xlsx", "pkh Raya 2024-06.xlsx",
        "pkh Singkep Barat 2024-06 (2).xlsx", "pkh Singkep Barat 2024-06 (3).xlsx",
    ]  # fmt: skip


def test_a_folder_is_made_or_closed_or_refused(tmp_path: Path) -> None:
    """One that lies open and holds something belongs to others."""
    private_folder(tmp_path / "a" / "b")
    (tmp_path / "kosong").mkdir(mode=0o755)
    private_folder(tmp_path / "kosong")
    assert {stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "a" / "b", tmp_path / "kosong")} == {0o700}
    (tmp_path / "terbuka").mkdir(mode=0o755)
    (tmp_path / "terbuka" / "surat.txt").touch()
    (tmp_path / "berkas").touch()
    for wrong in ("terbuka", "berkas"):
        with pytest.raises(ExportError, match=r"pilih folder"):
            private_folder(tmp_path / wrong)
