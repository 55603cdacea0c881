"""Preparing: the contract's names, comments and grants are in the database, however often it is done."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
import sqlalchemy as sa

from pipelines.tables import METADATA, VERSIONED
from resources.postgres import EmbeddedPostgres
from resources.warehouse import Warehouse, WarehouseError

NewDatabase = Callable[..., AbstractContextManager[sa.URL]]
REPOSITORY = Path(__file__).parents[2]
CONTRACT = {
    "publikasi": "publikasi_id periode terbit_pada sidik run_id",
    "dim_wilayah": "kode_desa nama_desa jenis kode_kecamatan nama_kecamatan kode_kabupaten nama_kabupaten"
    " berlaku_dari berlaku_sampai",
    "dim_program": "program nama satuan penyelenggara dasar_hukum",
    "dim_orang": "orang_id nik nama tanggal_lahir jenis_kelamin keluarga_id kode_desa status berlaku_dari"
    " berlaku_sampai",
    "dim_keluarga": "keluarga_id no_kk kepala_orang_id kode_desa berlaku_dari berlaku_sampai",
    "fakta_kepesertaan": "periode program orang_id keluarga_id kode_desa segmen nominal berkas lembar baris",
    "fakta_perubahan": "periode periode_sebelum program orang_id keluarga_id kode_desa jenis sebab",
    "snapshot_desa": "periode kode_desa program satuan jumlah masuk keluar pindah_masuk pindah_keluar tetap",
    "temuan": "temuan_id periode aturan tingkat orang_id keluarga_id kode_desa keterangan dasar_hukum status",
    "karantina": "periode sumber berkas lembar baris kolom alasan pesan",
    "jejak_baris": "periode sumber berkas lembar baris nasib orang_id keluarga_id cara_padan skor_padan",
    "neraca_baris": "periode sumber berkas sidik_berkas dibaca dimuat diperbaiki dikarantina duplikat diabaikan",
    "tinjauan": "tinjauan_id periode orang_id_a orang_id_b skor bukti keputusan",
    "asesmen_kohort": "periode kohort program satuan jumlah dari",
}


def shape(url: sa.URL) -> dict[str, dict[str, str]]:
    """View -> column -> comment, as the database tells it."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    columns = sa.inspect(engine).get_multi_columns(schema="public", kind=sa.engine.reflection.ObjectKind.VIEW)
    return {name: {c["name"]: c["comment"] for c in found} for (_, name), found in columns.items()}


def test_every_name_of_the_contract_is_readable(warehouse: Warehouse, url: sa.URL) -> None:
    views = shape(url)
    lost = {name: set(words.split()) - views.get(name, {}).keys() for name, words in CONTRACT.items()}
    assert lost == {name: set() for name in CONTRACT}
    assert all("publikasi_id" in columns for columns in views.values())
    assert views.keys() == {"publikasi", *VERSIONED}
    assert all(warehouse.query(f"SELECT * FROM {name}").empty for name in views)  # noqa: S608


def test_every_table_view_and_column_is_explained(warehouse: Warehouse, url: sa.URL) -> None:
    assert [(v, c) for v, columns in shape(url).items() for c, comment in columns.items() if not comment] == []
    silent = warehouse.query(
        """
        SELECT c.relname, a.attname FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname IN ('terbitan', 'public')
        LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relkind IN ('r', 'v') AND coalesce(col_description(c.oid, a.attnum), '') = ''
           OR c.relkind IN ('r', 'v') AND coalesce(obj_description(c.oid, 'pg_class'), '') = ''
        """
    )
    assert silent.empty, silent.to_string()


def test_preparing_again_changes_nothing(warehouse: Warehouse) -> None:
    def views() -> dict[str, int]:
        found = warehouse.query("SELECT relname, oid::bigint FROM pg_class WHERE relkind = 'v' AND oid > 16383")
        return dict(found.itertuples(index=False))

    before = views()
    warehouse.prepare()
    assert views() == before


def test_several_processes_prepare_at_once(new_database: NewDatabase) -> None:
    with new_database() as url:
        _prepare_in_two_processes(url)
        assert shape(url).keys() == {"publikasi", *VERSIONED}


def _prepare_in_two_processes(url: sa.URL) -> None:
    address = url.render_as_string(hide_password=False)
    program = f"from resources.warehouse import Warehouse; Warehouse({address!r}).prepare()"
    running = [
        subprocess.Popen([sys.executable, "-c", program], cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [(process.communicate()[1], process.returncode) for process in running] == [("", 0)] * 2


def test_what_a_newer_declaration_adds_is_added(warehouse: Warehouse, url: sa.URL) -> None:
    whole = shape(url)
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE terbitan.temuan DROP COLUMN dasar_hukum CASCADE")
        connection.exec_driver_sql("DROP TABLE terbitan.ukuran_kiriman CASCADE")
        connection.exec_driver_sql("ALTER TABLE terbitan.tinjauan ALTER COLUMN orang_id_b SET NOT NULL")
        connection.exec_driver_sql("COMMENT ON SCHEMA terbitan IS 'bentuk lama'")
    warehouse.prepare()
    assert shape(url) == whole
    pairs = sa.inspect(engine).get_columns("tinjauan", schema="terbitan")
    assert next(column["nullable"] for column in pairs if column["name"] == "orang_id_b")


def test_the_reader_reads_views_and_nothing_else(warehouse: Warehouse, url: sa.URL, server: EmbeddedPostgres) -> None:
    address = sa.make_url(server.reader_url()).set(database=url.database)
    reader = Warehouse(address.render_as_string(hide_password=False))
    assert reader.query("SELECT * FROM dim_orang").empty
    for refused in (f"{METADATA.schema}.dim_orang", f"{METADATA.schema}.penunjuk"):
        with pytest.raises(WarehouseError, match="permission denied"):
            reader.query(f"SELECT * FROM {refused}")  # noqa: S608
    reader.close()
