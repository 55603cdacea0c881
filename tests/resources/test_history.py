"""What a later period is given of the earlier ones."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from pipelines.tables import VERSIONED, arrow_schema_of
from resources.warehouse import Warehouse, WarehouseError

NewDatabase = Callable[..., AbstractContextManager[sa.URL]]
PUBLISHED = (("2024-03", "a"), ("2024-04", "a"), ("2024-04", "b"), ("2024-06", "a"))


@pytest.fixture(scope="module")
def filled(new_database: NewDatabase, prepared: str, deliver: Callable[..., Mapping[str, Path]]) -> Iterator[Warehouse]:
    """Three periods; O1 changes in the second, O2 in the third; the second was published twice."""
    with new_database(prepared) as url:
        warehouse = Warehouse(url.render_as_string(hide_password=False))
        _fill(warehouse, deliver)
        yield warehouse


def _fill(warehouse: Warehouse, deliver: Callable[..., Mapping[str, Path]]) -> None:
    versions = {"2024-03": ["O1", "O2"], "2024-04": ["O1", "O3"], "2024-06": ["O2"]}
    for periode, sidik in PUBLISHED:
        warehouse.publish(
            periode,
            "r",
            sidik,
            deliver(
                dim_orang=[{"orang_id": key, "berlaku_dari": periode, "status": sidik} for key in versions[periode]],
                pengenal=[{"periode": periode, "orang_id": f"O{periode}", "kode_desa": sidik}],
                kartu_keluarga=[{"periode": periode, "no_kk": "2104070101240001", "keluarga_id": sidik}],
                ukuran_kiriman=[{"periode": periode, "sumber": "dtks", "ukuran": sidik, "nilai": 1.5}],
            ),
        )


def exported(warehouse: Warehouse, table: str, periode: str, folder: Path) -> list[dict[str, Any]]:
    """The exported rows, after a look at their schema."""
    target = folder / f"{table}.parquet"
    warehouse.export_before({table: target}, periode)
    found = pq.read_table(target)
    assert found.schema.equals(arrow_schema_of(table))
    assert [path.name for path in folder.glob("*.part")] == []
    return found.to_pylist()


@pytest.mark.parametrize(
    ("periode", "previous"),
    [("2024-03", None), ("2024-04", "2024-03"), ("2024-05", "2024-04"), ("2025-01", "2024-06")],
)
def test_the_previous_period_is_the_latest_published(filled: Warehouse, periode: str, previous: str | None) -> None:
    assert filled.previous_period(periode) == previous


@pytest.mark.parametrize(
    ("periode", "known"),
    [
        ("2024-03", set()),
        ("2024-04", {("O1", "2024-03", "a"), ("O2", "2024-03", "a")}),
        ("2024-06", {("O1", "2024-04", "b"), ("O2", "2024-03", "a"), ("O3", "2024-04", "b")}),
        ("2025-01", {("O1", "2024-04", "b"), ("O2", "2024-06", "a"), ("O3", "2024-04", "b")}),
    ],
)
def test_of_each_person_the_version_valid_just_before(
    filled: Warehouse, tmp_path: Path, periode: str, known: set[tuple[str, str, str]]
) -> None:
    rows = exported(filled, "dim_orang", periode, tmp_path)
    assert {(r["orang_id"], r["berlaku_dari"], r["status"]) for r in rows} == known
    assert len(rows) == len(known)


@pytest.mark.parametrize("table", ["pengenal", "kartu_keluarga"])
def test_of_what_grows_everything_known_before(filled: Warehouse, tmp_path: Path, table: str) -> None:
    mark = {"pengenal": "kode_desa", "kartu_keluarga": "keluarga_id"}[table]
    rows = exported(filled, table, "2024-06", tmp_path)
    assert sorted((r["periode"], r[mark]) for r in rows) == [("2024-03", "a"), ("2024-04", "b")]
    assert exported(filled, table, "2024-03", tmp_path) == []


def test_of_other_tables_the_previous_period(filled: Warehouse, tmp_path: Path) -> None:
    (row,) = exported(filled, "ukuran_kiriman", "2024-05", tmp_path)
    assert row == {"periode": "2024-04", "sumber": "dtks", "ukuran": "b", "nilai": 1.5}


@pytest.mark.parametrize("table", VERSIONED)
def test_before_the_first_period_every_file_is_empty(filled: Warehouse, tmp_path: Path, table: str) -> None:
    assert exported(filled, table, "2024-03", tmp_path) == []


def test_an_unknown_table_is_named(filled: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="Tabel tidak dikenal: asing"):
        filled.export_before({"asing": tmp_path / "x.parquet"}, "2024-06")
