"""A source that the product does not know: declared here, and everything else follows."""

import ast
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from dagster import DagsterInstance, ExecuteInProcessResult

from pipelines import fields as f
from pipelines.declaration import Source
from pipelines.sources import REGISTER
from resources.drop import Drop
from resources.postgres import EmbeddedPostgres
from resources.settings import Settings
from resources.state import State
from resources.warehouse import Warehouse

RunJob = Callable[..., ExecuteInProcessResult]
ROOT = Path(__file__).parents[2]
PERIODE, JUNE = "2024-05", "2024-06"
SUNGAI_PINANG = "21.04.07.2005"
# Where a source may be named: its own declaration, the laws about programmes, and the invented offices.
MAY_NAME = ("pipelines/sources/", "pipelines/contoh/", "pipelines/findings.py")
TOY = Source(
    name="mainan",
    program="MAINAN",
    title="Bantuan Mainan",
    satuan="keluarga",
    publisher="Dinas Mainan",
    legal_basis="Perda Mainan 1/2024",
    code_system="",
    fields=(*f.PERSON, f.TANGGAL_LAHIR, *f.REGION),
    required=(("nik",), ("nama",), ("desa",)),
    ignored=f.COMMON_IGNORED,
)
ROWS = """\
No;Nama KPM;NIK;No. KK;Tanggal Lahir;Kecamatan;Desa
1;Siti Rahmah;2104076012770003;2104072701190003;20-12-1977;Lingga Timur;Sungai Pinang
2;Hamdan Saputra;2104070503800004;2104072701190004;05-03-1980;Lingga Timur;Sungai Pinang
3;Zubaidah Murni;2104074107850005;2104072701190005;01-07-1985;Lingga Timur;Atlantis
4;Siti Rahmah;2104076012770003;2104072701190003;20-12-1977;Lingga Timur;Sungai Pinang
"""


@dataclass(frozen=True)
class Ran:
    """A run with the toy, and the warehouse that it published to."""

    settings: Settings
    result: ExecuteInProcessResult
    warehouse: Warehouse


@pytest.fixture(scope="module")
def ran(office_folder: Settings, run_job: RunJob, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    """The five sources and the toy, run into a warehouse that the office names by a URL."""
    folder = office_folder.sumber / PERIODE / TOY.name
    folder.mkdir()
    (folder / "mainan.csv").write_text(ROWS)
    server = EmbeddedPostgres(office_folder.rumah / "server_lain")
    server.start()
    settings = Settings(office_folder.rumah, office_folder.sumber, server.url())
    with DagsterInstance.ephemeral() as instance, closing(Warehouse(server.url())) as warehouse:
        yield Ran(settings, run_job(settings, PERIODE, instance, (*REGISTER, TOY)), warehouse)
    server.stop()


def test_it_has_its_assets_and_its_check(ran: Ran) -> None:
    """Two assets and the gate `skema`, and the whole run passes."""
    assert ran.result.success
    (read,) = ran.result.asset_materializations_for_node("mentah_mainan")
    (rows,) = ran.result.asset_materializations_for_node("baris_mainan")
    assert (read.metadata["berkas"].value, read.metadata["dagster/row_count"].value) == (1, 5)
    assert [rows.metadata[name].value for name in ("baris", "sah", "ditolak")] == [4, 3, 1]
    checks = [c for c in ran.result.get_asset_check_evaluations() if c.asset_key.to_user_string() == "baris_mainan"]
    assert [(c.check_name, c.passed) for c in checks] == [("skema", True)]


def test_its_warehouse_is_the_one_that_the_office_names(ran: Ran) -> None:
    """The URL reached the run, so no server of the office's own was made."""
    assert ran.warehouse.active(PERIODE) is not None
    assert list(State(ran.settings.rumah).postgres.glob("*")) == []


def test_it_is_a_programme(ran: Ran) -> None:
    """Its row in `dim_program` is its declaration."""
    rows = ran.warehouse.query("select * from dim_program where program = 'MAINAN'").drop(columns="publikasi_id")
    assert rows.to_dict("records") == [
        {"program": "MAINAN", "nama": TOY.title, "satuan": TOY.satuan, "penyelenggara": TOY.publisher,
         "dasar_hukum": TOY.legal_basis}
    ]  # fmt: skip


def test_its_rows_meet_their_fate(ran: Ran) -> None:
    """The header is passed over, two rows count, one names no desa, one is a copy; the balance says so."""
    fates = ran.warehouse.query("select baris, nasib from jejak_baris where sumber = 'mainan' order by baris")
    assert list(fates.nasib) == ["diabaikan", "dimuat", "dimuat", "dikarantina", "duplikat"]
    refused = ran.warehouse.query("select berkas, baris, kolom, alasan, pesan from karantina where sumber = 'mainan'")
    assert refused[["berkas", "baris", "kolom", "alasan"]].to_dict("records") == [
        {"berkas": f"{PERIODE}/mainan/mainan.csv", "baris": 4, "kolom": "desa", "alasan": "desa_tak_dikenal"}
    ]
    assert "tabel wilayah" in refused.pesan[0]
    balance = ran.warehouse.query("select * from neraca_baris where sumber = 'mainan'").iloc[0]
    assert (balance.dibaca, balance.dimuat, balance.dikarantina, balance.duplikat) == (5, 2, 1, 1)


def test_its_families_are_facts(ran: Ran) -> None:
    """Two families in their desa, by the rows that name them."""
    facts = ran.warehouse.query("select * from fakta_kepesertaan where program = 'MAINAN' order by baris")
    assert list(facts.baris) == [2, 3]
    assert set(facts.kode_desa) == {SUNGAI_PINANG}
    assert facts.keluarga_id.nunique() == facts.orang_id.nunique() == len(facts)


def test_every_desa_has_its_snapshot(ran: Ran) -> None:
    """Zeros included."""
    shown = ran.warehouse.query("select kode_desa, jumlah from snapshot_desa where program = 'MAINAN'")
    desa = Drop(ran.settings.sumber).regions().kode_desa
    assert shown.kode_desa.is_unique and set(desa) <= set(shown.kode_desa)
    assert shown[shown.jumlah > 0].to_dict("records") == [{"kode_desa": SUNGAI_PINANG, "jumlah": 2}]


def test_a_missing_mandatory_list_is_asked_for(ran: Ran, run_job: RunJob, tmp_path: Path) -> None:
    """The failure says which list, and where to put it."""
    settings = Settings(ran.settings.rumah, tmp_path, ran.settings.gudang)
    with DagsterInstance.ephemeral() as instance:
        result = run_job(settings, PERIODE, instance, (*REGISTER, TOY), assets=["mentah_mainan"])
        failure = result.failure_data_for_node("mentah_mainan")
    assert failure is not None and failure.error is not None
    assert f"Tidak ada berkas {TOY.title}" in failure.error.message and f"{PERIODE}/mainan/" in failure.error.message


TIMES = (
    # the toy's time, and of which period the files of June are
    ({"cadence_months": 3}, PERIODE, 5),
    ({"berlaku_sampai": JUNE}, "-", 0),
    ({"mandatory": False}, "-", 0),
)


@pytest.mark.parametrize(("time", "delivered", "rows"), TIMES, ids=str)
def test_a_list_that_is_not_due_is_not_asked_for(
    ran: Ran, run_job: RunJob, time: dict[str, Any], delivered: str, rows: int
) -> None:
    """Its last delivery stands where it comes every three months; else it is empty, and that is said."""
    toy = replace(TOY, **time)
    with DagsterInstance.ephemeral() as instance:
        result = run_job(ran.settings, JUNE, instance, (*REGISTER, toy), assets=["mentah_mainan"])
        (read,) = result.asset_materializations_for_node("mentah_mainan")
    told = [read.metadata[name].value for name in ("periode_kiriman", "dagster/row_count")]
    assert told == [delivered, rows]


def product_files() -> list[Path]:
    """Every file of shared code."""
    files = [
        path for package in ("pipelines", "assets", "resources", "commands") for path in (ROOT / package).rglob("*.py")
    ]
    return [
        path for path in [*files, ROOT / "definitions.py"] if not path.relative_to(ROOT).as_posix().startswith(MAY_NAME)
    ]


@pytest.mark.parametrize("path", product_files(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_shared_code_asks_for_a_source_by_name(path: Path) -> None:
    """No text constant is the name of a source or of its programme."""
    names = {name for source in REGISTER for name in (source.name, source.program) if name}
    tree = ast.parse(path.read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert texts & names == set()
