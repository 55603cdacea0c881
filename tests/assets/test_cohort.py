"""The story that the project grew from, told from the files of one desa with the dirt of real ones (domain.md 5).

27 June 2024, Dusun Bentai: 55 people in 50 families who had worked at three charcoal kilns.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from click.testing import CliRunner
from dagster import DagsterInstance
from python_calamine import CalamineWorkbook

from commands import perlinsos
from pipelines.contoh import write_contoh
from resources.cohort import refused_of
from resources.office import open_warehouse
from resources.postgres import EmbeddedPostgres
from resources.settings import Settings
from resources.state import State
from resources.warehouse import Warehouse

RunJob = Callable[..., Any]
KOHORT, JUNE, JULY = "eks_dapur_arang", "2024-06", "2024-07"
# ukuran, program, satuan, sebab -> how many
FIGURES = {
    ("dinilai", "ASESMEN", "orang", None): 55,
    ("dinilai", "ASESMEN", "keluarga", None): 50,
    ("peserta", "DTKS", "orang", None): 51,
    ("dikeluarkan", "ASESMEN", "orang", "ADA_ANGGOTA_ASN_TNI_POLRI_GURU"): 2,
    ("dikeluarkan", "ASESMEN", "orang", "MAMPU"): 2,
    ("bansos", "ASESMEN", "keluarga", None): 30,
    ("peserta", "PKH", "keluarga", None): 20,
    ("peserta", "BPNT", "keluarga", None): 22,
    ("peserta", "BLT_DD", "keluarga", None): 14,
    ("bantuan_keluarga", "PKH", "keluarga", None): 8,
    ("bantuan_keluarga", "BPNT", "keluarga", None): 10,
    ("bantuan_keluarga", "BPNT+PKH", "keluarga", None): 12,
    ("bantuan_keluarga", "BLT_DD", "keluarga", None): 14,
    ("bantuan_keluarga", "TANPA_BANTUAN", "keluarga", None): 6,
    ("belum_tersentuh", "ASESMEN", "keluarga", None): 6,
    ("peserta", "PBI_JK", "orang", None): 50,
    ("peserta", "RTLH", "keluarga", None): 47,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of the office."""
    return tmp_path_factory.mktemp("kohort") / "rumah"


@pytest.fixture(scope="module")
def warehouse(home: Path, run_job: RunJob) -> Iterator[Warehouse]:
    """What is published of three months: before the assessment, with it, and after it, without a list of the cohort."""
    folder = home.parent
    write_contoh(folder, orang=600, benih=5, periode=("2024-05", JUNE), kohort=True)
    settings = Settings(folder / "rumah", folder / "sumber")
    with_a_stranger(next((folder / "sumber" / JUNE / "asesmen").glob("*.xlsx")))
    later = folder / "sumber" / JULY
    for path in (folder / "sumber" / JUNE).rglob("*.*"):
        if path.parent.name not in ("asesmen", "rtlh", "sanitasi"):
            target = later / path.parent.name / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    answers = folder / "sumber" / "pemetaan"
    answers.mkdir()
    for name in ("dtks", "pbi_jk", "pkh", "bpnt", "blt_dd"):  # June's lists say so, and are to stand for July
        said = ("juni 2024", "juni tahun 2024", "2024-06", "06-2024", "062024")
        (answers / f"{name}.csv").write_text("kolom,arti\n" + "".join(f"judul:{word},abaikan\n" for word in said))
    with DagsterInstance.ephemeral() as instance:
        for periode in ("2024-05", JUNE, JULY):
            assert run_job(settings, periode, instance).success
    opened = open_warehouse(settings)
    yield opened
    opened.close()
    EmbeddedPostgres(State(settings.rumah).postgres).stop()


def with_a_stranger(book: Path) -> None:
    """One more line on the list of the cohort, whom nothing identifies."""
    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python(skip_empty_area=False)
    end = next(at for at, row in enumerate(rows) if row[0] == "JUMLAH")
    rows.insert(end, [56, "TOKOH REKAAN TIADA", "21", "", "KUALA", "", ""])
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("Sheet1")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)


def figures(warehouse: Warehouse, periode: str) -> dict[tuple[Any, ...], int]:
    """The measures of the whole cohort."""
    rows = warehouse.query(
        "select ukuran, program, satuan, sebab, jumlah from asesmen_kohort"
        " where periode = :periode and kohort = :kohort and lokasi is null",
        periode=periode, kohort=KOHORT,
    )  # fmt: skip
    rows = rows.replace({np.nan: None})
    return {(r.ukuran, r.program, r.satuan, r.sebab): int(r.jumlah) for r in rows.itertuples()}


def test_exactly_the_figures_of_the_story_come_out(warehouse: Warehouse) -> None:
    """Nothing else either: no member outside the registry, none under two programmes that exclude each other."""
    assert figures(warehouse, JUNE) == FIGURES


@pytest.mark.parametrize("periode", [JUNE, JULY])
def test_who_is_in_quarantine_is_told_beside_the_figures(warehouse: Warehouse, periode: str) -> None:
    """With the place of the row and why, in the month of the list and after it; nobody is named."""
    assert refused_of(warehouse, KOHORT, "2024-05").periode is None
    refused = refused_of(warehouse, KOHORT, periode)
    assert refused.periode == JUNE
    assert refused.rows[["berkas", "lembar", "baris"]].to_numpy().tolist() == [
        [f"{JUNE}/asesmen/Eks dapur arang.xlsx", "Sheet1", 61]
    ]
    assert "nik_" in refused.rows.alasan[0] and "REKAAN" not in refused.rows.alasan[0]


def test_the_screen_says_what_untouched_means(warehouse: Warehouse, home: Path) -> None:
    told = CliRunner().invoke(
        perlinsos, ["asesmen", KOHORT], env={"PERLINSOS_RUMAH": str(home), "PERLINSOS_GUDANG": ""}
    )
    assert told.exit_code == 0, told.output
    assert f"Karantina pada daftarnya ({JUNE}): 1 baris, tidak dihitung di atas\n  {JUNE}/asesmen/" in told.output
    assert "tidak menerima satu pun dari BLT_DD, BPNT, PKH." in told.output


def test_each_kiln_is_counted(warehouse: Warehouse) -> None:
    """The three sites add up to the cohort."""
    rows = warehouse.query(
        "select lokasi, jumlah from asesmen_kohort where periode = :p and satuan = 'orang' and lokasi is not null",
        p=JUNE,
    )
    assert sorted(rows.lokasi) == ["AYONG", "KUALA", "MELALAU"]
    assert rows.jumlah.sum() == 55


def test_the_dirt_is_handled_as_it_should(warehouse: Warehouse) -> None:
    """Numbers that Excel cut are repaired by witnesses, masked ones linked, the old name of the desa is known."""
    rows = warehouse.query(
        "select sumber, nasib, cara_padan, berkas from jejak_baris where periode = :p and jenis = 'data'", p=JUNE
    )
    own = rows[rows.berkas.str.contains("Pinang|arang")]
    assert set(own.nasib) == {"dimuat", "diperbaiki", "dikarantina"}
    assert own[own.nasib == "dikarantina"].sumber.tolist() == ["asesmen"]  # the stranger
    assert own[own.nasib == "diperbaiki"].cara_padan.tolist() == ["nik_15_angka"] * 3
    masked = own[own.sumber == "pkh"]
    assert not masked.cara_padan.str.startswith("orang_baru").any()
    places = warehouse.query("select distinct kode_desa from anggota_kohort where periode = :p", p=JUNE)
    assert places.kode_desa.tolist() == ["21.04.07.2005"]


def test_a_shared_toilet_is_nobodys_membership(warehouse: Warehouse) -> None:
    """It stands in its own table, its row is loaded, and no family counts under SANITASI."""
    facility = warehouse.query("select dusun, jenis, jumlah, pengguna from fasilitas where periode = :p", p=JUNE)
    assert facility.to_numpy().tolist() == [["BENTAI", "WC KOMUNAL", 1, 50]]
    counted = warehouse.query(
        "select sum(jumlah) n from snapshot_desa where periode = :p and program = 'SANITASI'", p=JUNE
    )
    assert counted.n[0] == 0


def test_findings_of_the_story(warehouse: Warehouse) -> None:
    """A family with BLT-DD and PKH, a dead person still insured, the families of teachers that still draw aid."""
    rows = warehouse.query(
        "select aturan, count(*) n from temuan where periode = :p and kode_desa = '21.04.07.2005' group by aturan",
        p=JUNE,
    )
    found = dict(zip(rows.aturan, rows.n, strict=True))
    assert found["BLT_DD_DAN_PKH"] >= 1
    assert found["MENINGGAL_MASIH_PESERTA"] >= 1
    assert found["TIDAK_LAYAK_MASIH_PESERTA"] >= 2


def test_a_cohort_is_followed_after_its_list(warehouse: Warehouse) -> None:
    """A month later nobody assessed anew: the members are the same, and what they receive is that month's."""
    assert figures(warehouse, JULY) == FIGURES
    members = warehouse.query("select periode, count(*) n from anggota_kohort group by periode order by periode")
    assert isinstance(members, pd.DataFrame)
    assert dict(zip(members.periode, members.n, strict=True)) == {JUNE: 55, JULY: 55}
