"""One publication: every table of one period, copied and pointed at within one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import psycopg
import pyarrow as pa
import sqlalchemy as sa
from pgpq import ArrowToPostgresBinaryEncoder
from psycopg import sql
from sqlalchemy.dialects.postgresql import insert

from pipelines.publications import KANTOR, METADATA, PENUNJUK, PUBLIKASI
from pipelines.tables import VERSIONED, arrow_schema_of
from resources.delivery import check_deliveries, read_batches
from resources.failure import WarehouseError

_LOCK = 7_310_002


@dataclass(frozen=True)
class Publication:
    """A publication of one period.

    `new`: this call made it; False: it was there already. `withdrawn`: later periods that readers no longer see,
    because they were built on what this one replaced; they must be run again.
    """

    publikasi_id: int
    periode: str
    sidik: str
    new: bool
    withdrawn: tuple[str, ...] = ()


def active_publication(connection: sa.Connection, periode: str) -> Publication | None:
    """Give the publication that readers see for the period, or None."""
    pointed = sa.select(PUBLIKASI).join(PENUNJUK, PENUNJUK.c.publikasi_id == PUBLIKASI.c.publikasi_id)
    row = connection.execute(pointed.where(PENUNJUK.c.periode == periode)).one_or_none()
    return Publication(row.publikasi_id, row.periode, row.sidik, new=False) if row else None


def base_before(connection: sa.Connection, periode: str) -> dict[str, int]:
    """The publications that a run of `periode` is built on: period -> publikasi_id."""
    earlier = sa.select(PENUNJUK.c.periode, PENUNJUK.c.publikasi_id).where(PENUNJUK.c.periode < periode)
    return {row.periode: row.publikasi_id for row in connection.execute(earlier.order_by(PENUNJUK.c.periode))}


def bind_office(connection: sa.Connection, fingerprint: str) -> None:
    """Bind the warehouse to the key that its persons' keys follow from; refused where it is bound to another.

    A warehouse in which nothing stands published may change hands.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    bound = connection.execute(sa.select(KANTOR.c.sidik_kunci)).scalar()
    if bound == fingerprint:
        return
    if bound and connection.execute(sa.select(PENUNJUK.c.periode).limit(1)).first():
        raise WarehouseError(
            "Gudang ini disusun dengan kunci kantor yang lain, jadi kunci setiap orang akan berganti: kembalikan "
            "berkas `kunci` dari cadangan folder keadaan, atau pakai gudang yang masih kosong."
        )
    connection.execute(sa.delete(KANTOR))
    connection.execute(sa.insert(KANTOR).values(sidik_kunci=fingerprint))


def publish_tables(  # noqa: PLR0913, PLR0917 - what a publication is
    connection: sa.Connection,
    periode: str,
    run_id: str,
    sidik: str,
    tables: Mapping[str, Path],
    base: Mapping[str, int] | None = None,
) -> Publication:
    """Publish within the caller's transaction, one publisher at a time; nothing if `sidik` is active.

    No DDL: readers of the former publication neither wait nor see part of this one. Refused where earlier periods
    are no longer those (`base`) that the tables were built on; later periods, built on the former one, are withdrawn.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    if base is not None and base_before(connection, periode) != dict(base):
        raise WarehouseError(
            f"Periode sebelum {periode} terbit sejak proses ini membacanya; jalankan ulang {periode} dari awal."
        )
    active = active_publication(connection, periode)
    if active and active.sidik == sidik:
        return active
    check_deliveries(tables)
    made = sa.insert(PUBLIKASI).values(periode=periode, sidik=sidik, run_id=run_id)
    publikasi_id = connection.execute(made.returning(PUBLIKASI.c.publikasi_id)).scalar_one()
    driver = cast(psycopg.Connection, connection.connection.driver_connection)
    for name, path in tables.items():
        _copy(driver, name, path, periode, publikasi_id)
    pointer = insert(PENUNJUK).values(periode=periode, publikasi_id=publikasi_id)
    connection.execute(pointer.on_conflict_do_update(index_elements=["periode"], set_={"publikasi_id": publikasi_id}))
    later = sa.delete(PENUNJUK).where(PENUNJUK.c.periode > periode).returning(PENUNJUK.c.periode)
    withdrawn = tuple(sorted(connection.execute(later).scalars()))
    # Readers may come at once: the planner must not take a new publication for an empty one.
    filled = [PENUNJUK, *(VERSIONED[name] for name in tables)]
    connection.exec_driver_sql("ANALYZE " + ", ".join(table.fullname for table in filled))
    return Publication(publikasi_id, periode, sidik, new=True, withdrawn=withdrawn)


def _copy(driver: psycopg.Connection, name: str, path: Path, periode: str, publikasi_id: int) -> None:
    declared = arrow_schema_of(name)
    schema = pa.schema([pa.field("publikasi_id", pa.int64()), *declared])
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        sql.Identifier(METADATA.schema or "", name),
        sql.SQL(", ").join(map(sql.Identifier, schema.names)),
    )
    encoder = ArrowToPostgresBinaryEncoder(schema)
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(encoder.write_header())
        for batch in read_batches(name, path, periode):
            stamp = pa.repeat(pa.scalar(publikasi_id, pa.int64()), batch.num_rows)
            copy.write(encoder.write_batch(pa.RecordBatch.from_arrays([stamp, *batch.columns], schema=schema)))
        copy.write(encoder.finish())
