"""What a stage delivers for a table: a Parquet file, checked against the declaration and read in batches."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.tables import VERSIONED, arrow_schema_of, period_column
from resources.failure import WarehouseError

_ROWS = 65_536


def check_deliveries(tables: Mapping[str, Path]) -> None:
    """Raise `WarehouseError` unless each table to be filled has a file of its columns and types."""
    missing = VERSIONED.keys() - tables.keys()
    unknown = tables.keys() - VERSIONED.keys()
    for what, names in (("Tabel belum ada", missing), ("Tabel tidak dikenal", unknown)):
        if names:
            raise WarehouseError(f"{what} dalam terbitan: {', '.join(sorted(names))}.")
    for name, path in tables.items():
        _check_columns(name, _open(name, path).schema_arrow)


def read_batches(name: str, path: Path, periode: str) -> Iterator[pa.RecordBatch]:
    """Batches of at most 65,536 rows with exactly the declared schema, every row of `periode`."""
    schema, column = arrow_schema_of(name), period_column(name)
    try:
        for batch in _open(name, path).iter_batches(_ROWS, columns=schema.names):
            ordered = batch.select(schema.names).cast(schema)
            if column and not pc.all(pc.fill_null(pc.equal(ordered[column], periode), False)).as_py():
                raise WarehouseError(f"Tabel {name}: kolom {column} memuat selain periode {periode}.")
            yield ordered
    except (pa.ArrowException, OSError):
        raise WarehouseError(f"Tabel {name}: berkas {path.name} rusak, tidak dapat dibaca.") from None


def _open(name: str, path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        raise WarehouseError(
            f"Tabel {name}: berkas {path.name} tidak ada atau bukan Parquet; ulangi langkah yang membuatnya."
        ) from None


def _check_columns(name: str, found: pa.Schema) -> None:
    declared = arrow_schema_of(name)
    lost, foreign = set(declared.names) - set(found.names), set(found.names) - set(declared.names)
    if lost or foreign:
        raise WarehouseError(
            f"Tabel {name}: kolom kurang: {', '.join(sorted(lost)) or '-'};"
            f" kolom tidak dikenal: {', '.join(sorted(foreign)) or '-'}."
        )
    for field in declared:
        kind = found.field(field.name).type
        if not _fits(kind, field.type):
            raise WarehouseError(f"Tabel {name}: kolom {field.name} berjenis {kind}, seharusnya {field.type}.")


def _fits(found: pa.DataType, declared: pa.DataType) -> bool:
    """Only widths may differ: a number read as text, or text as a number, is a stage's mistake."""
    same_family = (
        pa.types.is_integer(found) and pa.types.is_integer(declared),
        pa.types.is_large_string(found) and pa.types.is_string(declared),
    )
    return found == declared or pa.types.is_null(found) or any(same_family)
