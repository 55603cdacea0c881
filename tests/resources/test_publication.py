"""Publishing: a publication is whole or absent, and readers see one at a time."""

import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from pipelines.tables import VERSIONED, arrow_schema_of
from resources.warehouse import Warehouse, WarehouseError

Deliver = Callable[..., Mapping[str, Path]]
NIK = "2104077112909001"


def member(periode: str, orang_id: str, kode_desa: str = "21.04.07.2005") -> dict[str, object]:
    """One invented membership."""
    return {
        "periode": periode,
        "program": "PBI_JK",
        "orang_id": orang_id,
        "kode_desa": kode_desa,
        "nominal": 42_000,
    }


def members(warehouse: Warehouse, periode: str) -> list[str]:
    """Who is a member in the period, as a reader sees it."""
    found = warehouse.query(
        "SELECT orang_id FROM fakta_kepesertaan WHERE periode = :periode ORDER BY 1", periode=periode
    )
    return found["orang_id"].to_list()


def physical_rows(warehouse: Warehouse) -> dict[str, int]:
    """Rows of every stored table, of all publications."""
    counts = [sa.select(sa.literal(n).label("tabel"), sa.func.count()).select_from(t) for n, t in VERSIONED.items()]
    return dict(warehouse.query(sa.union_all(*counts)).itertuples(index=False))


def test_the_same_content_is_not_published_twice(warehouse: Warehouse, deliver: Deliver) -> None:
    files = deliver(fakta_kepesertaan=[member("2024-06", "O1")])
    first = warehouse.publish("2024-06", "run-1", "sama", files)
    again = warehouse.publish("2024-06", "run-2", "sama", {})
    assert (again.publikasi_id, again.new) == (first.publikasi_id, False)
    assert physical_rows(warehouse)["fakta_kepesertaan"] == 1
    assert warehouse.query("SELECT run_id FROM publikasi")["run_id"].to_list() == ["run-1"]


def test_of_two_publishers_at_once_one_publishes(warehouse: Warehouse, deliver: Deliver) -> None:
    files = deliver(fakta_kepesertaan=[member("2024-06", "O1")])
    with ThreadPoolExecutor(2) as pool:
        both = pool.map(lambda run: warehouse.publish("2024-06", run, "sama", files), ("run-1", "run-2"))
        assert sorted(made.new for made in both) == [False, True]
    assert members(warehouse, "2024-06") == ["O1"]


def test_a_period_published_again_replaces_what_readers_see(warehouse: Warehouse, deliver: Deliver) -> None:
    warehouse.publish("2024-05", "r", "mei", deliver(fakta_kepesertaan=[member("2024-05", "O9")]))
    former = warehouse.publish("2024-06", "r", "lama", deliver(fakta_kepesertaan=[member("2024-06", "O1")]))
    later = warehouse.publish("2024-06", "r", "baru", deliver(fakta_kepesertaan=[member("2024-06", "O2")]))
    assert members(warehouse, "2024-06") == ["O2"]
    assert members(warehouse, "2024-05") == ["O9"]
    stored = warehouse.query(
        "SELECT orang_id FROM terbitan.fakta_kepesertaan WHERE publikasi_id = :id", id=former.publikasi_id
    )
    assert stored["orang_id"].to_list() == ["O1"]
    current = warehouse.query("SELECT publikasi_id, berlaku FROM publikasi WHERE periode = '2024-06'")
    assert dict(current.itertuples(index=False)) == {former.publikasi_id: False, later.publikasi_id: True}


def test_a_period_published_again_withdraws_the_later_ones(warehouse: Warehouse, deliver: Deliver) -> None:
    for periode in ("2024-05", "2024-06", "2024-07"):
        warehouse.publish(periode, "r", "lama", deliver(fakta_kepesertaan=[member(periode, "O1")]))
    restated = warehouse.publish("2024-05", "r", "baru", deliver(fakta_kepesertaan=[member("2024-05", "O2")]))
    assert restated.withdrawn == ("2024-06", "2024-07")
    assert [members(warehouse, periode) for periode in ("2024-05", "2024-06", "2024-07")] == [["O2"], [], []]


def test_a_run_built_on_a_replaced_period_is_refused(warehouse: Warehouse, deliver: Deliver) -> None:
    warehouse.publish("2024-05", "r", "lama", deliver())
    base = warehouse.base_before("2024-06")
    warehouse.publish("2024-05", "r", "baru", deliver())
    with pytest.raises(WarehouseError, match="jalankan ulang 2024-06 dari awal"):
        warehouse.publish("2024-06", "r", "s", deliver(), base)
    assert warehouse.publish("2024-06", "r", "s", deliver(), warehouse.base_before("2024-06")).new


def cut_short(path: Path) -> None:
    """A file whose end is missing."""
    path.write_bytes(path.read_bytes()[:-20])


def of_other_period(path: Path) -> None:
    """A row that belongs to another period."""
    _last_table(path, periode="2024-05", sumber="dtks", ukuran="baris")


def without_source(path: Path) -> None:
    """A row without a value that the table requires; its other cell holds a number that must not be shown."""
    _last_table(path, periode="2024-06", sumber=None, ukuran=NIK)


def with_foreign_column(path: Path) -> None:
    """A column that nobody declared."""
    pq.write_table(pa.table({"periode": ["2024-06"], "tak_dikenal": ["x"]}), path)


def with_text_as_number(path: Path) -> None:
    """A measure delivered as text."""
    columns = {"periode": ["2024-06"], "sumber": ["dtks"], "ukuran": ["baris"], "nilai": ["12"]}
    pq.write_table(pa.table(columns), path)


def _last_table(path: Path, **cells: str | None) -> None:
    pq.write_table(pa.Table.from_pylist([cells], schema=arrow_schema_of("ukuran_kiriman")), path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cut_short, "bukan Parquet"),
        (of_other_period, "kolom periode memuat selain periode 2024-06"),
        (without_source, "ukuran_kiriman, sumber"),
        (with_foreign_column, "kolom tidak dikenal: tak_dikenal"),
        (with_text_as_number, "kolom nilai berjenis string, seharusnya double"),
        (Path.unlink, "tidak ada"),
    ],
)
def test_a_failed_publication_leaves_the_former(
    warehouse: Warehouse, deliver: Deliver, spoil: Callable[[Path], None], said: str
) -> None:
    warehouse.publish("2024-06", "r", "baik", deliver(fakta_kepesertaan=[member("2024-06", "O1")]))
    before, stored = warehouse.query("SELECT * FROM publikasi"), physical_rows(warehouse)
    files = deliver(fakta_kepesertaan=[member("2024-06", "O2")])
    assert list(files)[-1] == "ukuran_kiriman"
    spoil(files["ukuran_kiriman"])
    with pytest.raises(WarehouseError, match=said) as failed:
        warehouse.publish("2024-06", "r", "buruk", files)
    assert "ukuran_kiriman" in str(failed.value)
    assert NIK not in "".join(traceback.format_exception(failed.value))
    assert members(warehouse, "2024-06") == ["O1"]
    assert warehouse.query("SELECT * FROM publikasi").equals(before)
    assert physical_rows(warehouse) == stored


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda files: files.pop("karantina"), "Tabel belum ada dalam terbitan: karantina"),
        (lambda files: files.update(asing=files["temuan"]), "Tabel tidak dikenal dalam terbitan: asing"),
    ],
)
def test_every_filled_table_is_delivered(
    warehouse: Warehouse, deliver: Deliver, change: Callable[[dict[str, Path]], object], said: str
) -> None:
    files = dict(deliver())
    change(files)
    with pytest.raises(WarehouseError, match=said):
        warehouse.publish("2024-06", "r", "s", files)
    assert warehouse.active("2024-06") is None


def test_narrower_numbers_and_empty_columns_are_widened(warehouse: Warehouse, deliver: Deliver) -> None:
    files = deliver()
    found = pa.table(
        {
            "baris": pa.array([7], pa.int32()),
            "sumber": pa.array(["dtks"], pa.large_string()),
            "pesan": pa.nulls(1),
            **{word: ["2024-06"] for word in ("periode", "berkas", "lembar", "kolom", "alasan", "kode_desa")},
        }
    )
    pq.write_table(found, files["karantina"])
    warehouse.publish("2024-06", "r", "s", files)
    assert warehouse.query("SELECT baris, sumber, pesan FROM karantina").iloc[0].to_list() == [
        7,
        "dtks",
        None,
    ]


def test_a_repeatable_reader_sees_one_publication(warehouse: Warehouse, url: sa.URL, deliver: Deliver) -> None:
    def look(connection: sa.Connection) -> tuple[object, ...]:
        shown = "SELECT count(*), min(publikasi_id), max(publikasi_id) FROM "
        rows = [connection.exec_driver_sql(shown + t).one() for t in ("fakta_kepesertaan", "pengenal")]
        return tuple(tuple(row) for row in rows)

    def delivery(persons: int) -> Mapping[str, Path]:
        ids = [f"O{number}" for number in range(persons)]
        return deliver(
            fakta_kepesertaan=[member("2024-06", orang_id) for orang_id in ids],
            pengenal=[{"periode": "2024-06", "orang_id": orang_id, "nik": NIK} for orang_id in ids],
        )

    first = warehouse.publish("2024-06", "r", "satu", delivery(3)).publikasi_id
    engine = sa.create_engine(url, isolation_level="REPEATABLE READ", poolclass=sa.NullPool)
    with engine.connect() as reader:
        seen = look(reader)
        second = warehouse.publish("2024-06", "r", "dua", delivery(5)).publikasi_id
        assert look(reader) == seen == ((3, first, first),) * 2
        reader.rollback()
        assert look(reader) == ((5, second, second),) * 2


def test_a_warehouse_is_bound_to_one_key(url: sa.URL, warehouse: Warehouse, deliver: Deliver) -> None:
    """From the first publication on; before it, the warehouse may change hands."""
    warehouse.bind("kunci lama")
    warehouse.bind("kunci kantor")
    warehouse.publish("2024-05", "run-1", "sidik", deliver())
    warehouse.bind("kunci kantor")
    with pytest.raises(WarehouseError, match="kunci kantor yang lain"):
        warehouse.bind("kunci lain")
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        assert connection.exec_driver_sql("SELECT sidik_kunci FROM terbitan.kantor").all() == [("kunci kantor",)]
