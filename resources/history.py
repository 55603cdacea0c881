"""What earlier publications know, as a stage of a later period needs it: queries and their Parquet."""

from collections.abc import Mapping
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from pipelines.publications import PENUNJUK
from pipelines.tables import CUMULATIVE, HISTORY_KEY, VERSIONED, arrow_schema_of, columns_of
from resources.views import published


def latest_period_before(periode: str) -> sa.Select:
    """Select the latest published period before `periode`: one row, NULL where there is none."""
    return sa.select(sa.func.max(PENUNJUK.c.periode)).where(PENUNJUK.c.periode < periode)


def known_before(name: str, periode: str) -> sa.Select:
    """Select what was published of a table before `periode`, in the columns a stage delivers.

    Cumulative tables: every row. Versions: the one valid just before. Others: the previous period.
    """
    table = VERSIONED[name]
    columns = [table.c[word] for word in columns_of(name)]
    if name in CUMULATIVE:
        return published(table).where(table.c.periode < periode).with_only_columns(*columns)
    if name in HISTORY_KEY:
        key, start = table.c[HISTORY_KEY[name]], table.c.berlaku_dari
        versions = published(table).where(start < periode).with_only_columns(*columns)
        return versions.ext(postgresql.distinct_on(key)).order_by(key, start.desc())
    former = sa.select(PENUNJUK.c.publikasi_id).where(
        PENUNJUK.c.periode == latest_period_before(periode).scalar_subquery()
    )
    return sa.select(*columns).where(table.c.publikasi_id == former.scalar_subquery())


def write_parquet(conninfo: str, selects: Mapping[str, sa.Select], targets: Mapping[str, Path]) -> None:
    """Stream the rows of each table into a Parquet file of the declared schema, over one connection; a file appears
    whole or not at all."""
    with adbc.connect(conninfo, autocommit=True) as connection:
        for name, select in selects.items():
            statement = select.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
            schema, part = arrow_schema_of(name), targets[name].with_name(f"{targets[name].name}.part")
            with connection.cursor() as cursor, pq.ParquetWriter(part, schema) as writer:
                cursor.execute(str(statement))
                for batch in cursor.fetch_record_batch():
                    writer.write_batch(batch.cast(schema))
            part.replace(targets[name])
