"""Reading: what the views show of the publications, and what is said when the warehouse cannot serve."""

import datetime as dt
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import sqlalchemy as sa

from resources.warehouse import Publication, Warehouse, WarehouseError

Deliver = Callable[..., Mapping[str, Path]]
NIK = "2104077112909001"


def test_a_publication_is_read_through_the_views(warehouse: Warehouse, deliver: Deliver) -> None:
    born = dt.date(1990, 12, 31)
    person = {"orang_id": "O1", "nik": NIK, "nama": "Anu bin Ñoño 🐟", "tanggal_lahir": born}
    files = deliver(
        dim_orang=[{**person, "berlaku_dari": "2024-06"}],
        fakta_kepesertaan=[
            {"periode": "2024-06", "program": "PBI_JK", "orang_id": key, "nominal": nominal}
            for key, nominal in (("O1", 42_000), ("O2", None))
        ],
        jejak_baris=[
            {
                "periode": "2024-06",
                "sumber": "dtks",
                "berkas": "2024-06/dtks/a.csv",
                "lembar": "",
                "baris": 2,
                "nasib": "dimuat",
                "skor_padan": 0.1 + 0.2,
            }
        ],
    )
    made = warehouse.publish("2024-06", "run-1", "sidik-1", files)
    assert made == Publication(made.publikasi_id, "2024-06", "sidik-1", new=True)
    assert warehouse.active("2024-06") == Publication(made.publikasi_id, "2024-06", "sidik-1", new=False)

    read = warehouse.query("SELECT * FROM dim_orang").iloc[0]
    assert {**read} | person | {"publikasi_id": made.publikasi_id} == {**read}
    facts = warehouse.query("SELECT nominal, publikasi_id FROM fakta_kepesertaan ORDER BY orang_id")
    assert facts["nominal"].iloc[0] == 42_000
    assert facts["nominal"].isna().to_list() == [False, True]
    assert warehouse.query("SELECT skor_padan FROM jejak_baris").iloc[0, 0] == 0.1 + 0.2
    published = warehouse.query("SELECT * FROM publikasi").iloc[0]
    assert (published["run_id"], published["berlaku"]) == ("run-1", True)
    assert published["terbit_pada"].tzinfo is not None


def test_a_version_ends_where_the_next_begins(warehouse: Warehouse, deliver: Deliver) -> None:
    def version(periode: str, orang_id: str, kode_desa: str) -> dict[str, str]:
        return {"orang_id": orang_id, "kode_desa": kode_desa, "berlaku_dari": periode}

    warehouse.publish(
        "2024-04", "r", "a", deliver(dim_orang=[version("2024-04", "O1", "a"), version("2024-04", "O2", "a")])
    )
    warehouse.publish("2024-05", "r", "b", deliver(dim_orang=[version("2024-05", "O3", "a")]))
    warehouse.publish("2024-06", "r", "salah", deliver(dim_orang=[version("2024-06", "O2", "z")]))
    warehouse.publish("2024-06", "r", "c", deliver(dim_orang=[version("2024-06", "O1", "b")]))
    columns = "orang_id, kode_desa, berlaku_dari, berlaku_sampai"
    shown = warehouse.query(f"SELECT {columns} FROM dim_orang ORDER BY 1, 3")  # noqa: S608
    assert [tuple(row) for row in shown.astype(object).where(shown.notna(), None).to_numpy()] == [
        ("O1", "a", "2024-04", "2024-06"),
        ("O1", "b", "2024-06", None),
        ("O2", "a", "2024-04", None),
        ("O3", "a", "2024-05", None),
    ]


def test_reference_tables_show_the_latest_period(warehouse: Warehouse, deliver: Deliver) -> None:
    for periode, name in (("2024-05", "Lama"), ("2024-06", "Baru")):
        desa = {"kode_desa": "21.04.07.2005", "nama_desa": name}
        warehouse.publish(periode, "r", periode, deliver(dim_wilayah=[desa], dim_program=[{"program": "PKH"}]))
    assert warehouse.query("SELECT nama_desa FROM dim_wilayah")["nama_desa"].to_list() == ["Baru"]
    assert warehouse.query("SELECT count(*) FROM dim_program").iloc[0, 0] == 1


def test_the_latest_period_of_a_table_may_be_an_earlier_one(warehouse: Warehouse, deliver: Deliver) -> None:
    """None where nothing was published of it."""
    row = {"kode_desa": "21.04.07.2005", "program": "PKH", "satuan": "keluarga"}
    counts = dict.fromkeys(("jumlah", "masuk", "keluar", "pindah_masuk", "pindah_keluar", "tetap"), 0)
    assert warehouse.latest_period("snapshot_desa") is None
    warehouse.publish("2024-05", "r", "a", deliver(snapshot_desa=[{"periode": "2024-05", **row, **counts}]))
    warehouse.publish("2024-06", "r", "b", deliver())
    assert warehouse.latest_period("snapshot_desa") == "2024-05"
    with pytest.raises(WarehouseError, match="Tabel tidak dikenal: asing"):
        warehouse.latest_period("asing")


def test_a_query_may_be_a_select_and_cannot_write(warehouse: Warehouse) -> None:
    assert warehouse.query(sa.select(sa.literal(1).label("satu")))["satu"].to_list() == [1]
    with pytest.raises(WarehouseError, match="read-only"):
        warehouse.query("DELETE FROM terbitan.penunjuk RETURNING 1")


@pytest.mark.parametrize("periode", ["2024-13", "2024-6", "Juni 2024", "2024-06-01"])
def test_a_period_is_a_month(warehouse: Warehouse, periode: str) -> None:
    with pytest.raises(WarehouseError, match="YYYY-MM"):
        warehouse.publish(periode, "r", "s", {})


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:///gudang.db", "harus PostgreSQL"),
        ("postgresql://u:rahasia@h:salah/x", "tidak dapat dibaca"),
        ("bukan alamat rahasia", "tidak dapat dibaca"),
    ],
)
def test_an_address_that_cannot_serve_is_refused_at_once(address: str, said: str) -> None:
    with pytest.raises(WarehouseError, match=said) as refused:
        Warehouse(address)
    assert "rahasia" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_absent_server_is_said_without_the_password(scheme: str) -> None:
    warehouse = Warehouse(f"{scheme}://perlinsos:rahasia@127.0.0.1:1/gudang")
    with pytest.raises(WarehouseError, match="server tidak menjawab") as failed:
        warehouse.prepare()
    assert "rahasia" not in "".join(traceback.format_exception(failed.value))


def test_an_old_server_is_refused(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resources.warehouse._OLDEST", 99)
    with pytest.raises(WarehouseError, match="memerlukan 99"):
        warehouse.prepare()
