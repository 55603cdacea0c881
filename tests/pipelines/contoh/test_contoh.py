"""The invented drop: its key points at the right rows, it repeats itself, and its dirt is all there."""

import csv
import hashlib
from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pipelines.contoh import write_contoh

KINDS = {
    "desa_tak_dikenal", "ganda_persis", "kk_lama", "nik_15_digit", "nik_17_digit", "nik_excel_15",
    "nik_huruf", "nik_kosong", "nik_lama", "nik_nol", "nik_sama", "nik_satu_angka",
    "nik_tersamar", "tanpa_kolom_nik",
}  # fmt: skip
SEPARATOR = {"dtks": "|", "pkh": "|", "bpnt": "|", "pbi_jk": ";"}


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small and dirty kabupaten."""
    folder = tmp_path_factory.mktemp("contoh")
    write_contoh(folder, orang=1_500, benih=11, kotor=3.0)
    return folder


@pytest.fixture(scope="module")
def truth(drop: Path) -> pd.DataFrame:
    """The truth of each row, with its cells as text under `isi`."""
    rows = pd.read_csv(drop / "kunci" / "baris.csv", dtype={"lembar": "str"}, keep_default_na=False)
    files = {
        berkas: read_cells(drop / "sumber" / berkas, source)
        for berkas, source in zip(rows["berkas"], rows["sumber"], strict=True)
    }
    rows["isi"] = [files[b][n - 1] for b, n in zip(rows["berkas"], rows["baris"], strict=True)]
    return rows


_CELLS: dict[Path, list[list[str]]] = {}


def read_cells(path: Path, source: str) -> list[list[str]]:
    """Read every physical row of a file as text."""
    if path not in _CELLS:
        if path.suffix == ".xlsx":
            sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
            rows = sheet.to_python(skip_empty_area=False)
            _CELLS[path] = [[str(int(c)) if isinstance(c, float) else str(c) for c in row] for row in rows]
        else:
            encoding = "latin-1" if source == "pbi_jk" else "utf-8-sig"
            with path.open(newline="", encoding=encoding) as file:
                _CELLS[path] = list(csv.reader(file, delimiter=SEPARATOR[source]))
    return _CELLS[path]


def test_keys_have_the_contract_columns(drop: Path) -> None:
    expected = {
        "baris": "periode,sumber,berkas,lembar,baris,orang,keluarga,kotor,harapan,kembar",
        "kepesertaan": "periode,program,orang,keluarga,kode_desa",
        "temuan": "periode,aturan,orang,keluarga,kode_desa",
    }
    for name, header in expected.items():
        assert (drop / "kunci" / f"{name}.csv").read_text().splitlines()[0] == header


def test_every_kind_of_dirt_occurs(truth: pd.DataFrame) -> None:
    assert set(truth["kotor"]) == KINDS | {""}


def test_expected_fate_follows_the_kind(truth: pd.DataFrame) -> None:
    fates = truth.groupby("kotor")["harapan"].unique().map(list).to_dict()
    assert fates["ganda_persis"] == ["duplikat"]
    assert fates["desa_tak_dikenal"] == ["dikarantina"]
    assert fates["nik_kosong"] == fates["nik_excel_15"] == ["diperbaiki|dikarantina"]
    assert fates[""] == fates["nik_lama"] == fates["nik_tersamar"] == ["dimuat"]


def test_truth_points_at_the_rows_of_its_persons(truth: pd.DataFrame) -> None:
    """A person's clean rows all show one NIK, and no other person's rows show it."""
    clean = truth[truth["kotor"].isin(["", "kk_lama"])]
    cells = clean[["orang", "isi"]].explode("isi")
    niks = cells[cells["isi"].str.fullmatch(r"\d{16}")].drop_duplicates()
    owners = niks.groupby("isi")["orang"].nunique()
    own = niks[niks["isi"].map(owners) == 1]
    registry = clean[clean["sumber"].isin(["dtks", "pbi_jk", "pkh"])]
    assert registry["orang"].isin(own["orang"]).all()


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("nik_15_digit", r"\d{15}"),
        ("nik_17_digit", r"\d{17}"),
        ("nik_huruf", r"\d+O\d+"),
        ("nik_tersamar", r"\d{12}\*{4}"),
        ("nik_nol", "0"),
        ("nik_excel_15", r"\d{15}0"),
        ("desa_tak_dikenal", "DESA TIDAK ADA|NEGERI ENTAH"),
    ],
)
def test_dirt_is_where_the_truth_says(truth: pd.DataFrame, kind: str, pattern: str) -> None:
    cells = truth.loc[truth["kotor"] == kind, "isi"].explode()
    hit = cells.str.fullmatch(pattern).groupby(level=0).any()
    assert len(hit)
    assert hit.all()


def test_exact_duplicates_repeat_a_row(truth: pd.DataFrame) -> None:
    rows = truth.assign(isi=truth["isi"].map(tuple))
    twice = rows[rows["kotor"] == "ganda_persis"]
    first = rows[rows["kotor"] == ""]
    merged = twice.merge(first, on=["berkas", "orang", "isi"], how="left", indicator=True)
    assert (merged["_merge"] == "both").all()


def test_every_data_row_of_a_text_file_is_in_the_truth(drop: Path, truth: pd.DataFrame) -> None:
    for path in (p for p in (drop / "sumber").glob("*/*/*") if p.suffix != ".xlsx"):
        source, berkas = path.parent.name, path.relative_to(drop / "sumber").as_posix()
        assert len(read_cells(path, source)) - 1 == (truth["berkas"] == berkas).sum()


def test_each_period_has_its_layouts(drop: Path) -> None:
    assert (drop / "sumber" / "2024-05" / "dtks" / "DTKS_2104_LINGGA_052024.txt").exists()
    assert (drop / "sumber" / "2024-06" / "dtks" / "BNBA LINGGA Juni 2024.xlsx").exists()
    first = (drop / "sumber" / "2024-05" / "bpnt" / "SEMBAKO_LINGGA_2024-05.csv").read_bytes()
    assert first.endswith(b"\r\n")
    assert b"****" in first


def test_same_seed_gives_same_bytes(tmp_path: Path) -> None:
    def digests(folder: Path) -> dict[str, str]:
        write_contoh(folder, orang=300, benih=5, as_text=True)
        files = [p for p in folder.rglob("*") if p.is_file()]
        return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    once, again = digests(tmp_path / "a"), digests(tmp_path / "b")
    assert once == again
    assert any(name.endswith("DTKS_2104_LINGGA_062024.txt") for name in once)
