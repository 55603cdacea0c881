"""The shape of `mentah_<source>` and the writing of rows into it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.declaration import Source
from pipelines.reading.grid import Header
from pipelines.reading.rows import IDENTIFIER_KINDS, RowKind, Walk

_BATCH = 20_000

# Blanks around a cell carry nothing; U+00A0 is what web pages and Dukcapil's workbooks put there.
BLANKS = " \t\r\n\u00a0"

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Place:
    """What every row of one sheet (or text file) has in common."""

    berkas: str
    lembar: str = ""
    judul_desa: str | None = None
    judul_kecamatan: str | None = None

    def row(
        self, baris: int, jenis: RowKind, fields: Sequence[str | None], alasan: str | None = None, sel_angka: str = ""
    ) -> Row:
        """One row of `mentah_<source>`, in the order of `schema`."""
        titles = (self.judul_desa, self.judul_kecamatan)
        return (self.berkas, self.lembar, baris, jenis, alasan, sel_angka, *titles, *fields)


def schema(source: Source) -> pa.Schema:
    """Columns and types of `mentah_<source>`: text, save `baris`, the physical row from 1."""
    names = ["berkas", "lembar", "baris", "jenis", "alasan_baca", "sel_angka", "judul_desa", "judul_kecamatan"]
    return pa.schema(
        [(name, pa.int64() if name == "baris" else pa.string()) for name in (*names, *source.kinds())]
    )


def as_tables(rows: Iterable[Row], source: Source) -> Iterator[pa.Table]:
    """Gather rows into Arrow tables of bounded size; one empty table when there is no row."""
    shape, rows = schema(source), iter(rows)
    batch = list(islice(rows, _BATCH))
    while True:
        columns = zip(*batch, strict=True) if batch else [()] * len(shape)
        yield pa.table([pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape)
        if not (batch := list(islice(rows, _BATCH))):
            return


def write_rows(rows: Iterable[Row], source: Source, part: Path) -> None:
    """Write rows to one Parquet file."""
    with pq.ParquetWriter(part, schema(source)) as writer:
        for table in as_tables(rows, source):
            writer.write_table(table)


def read_below(
    records: Iterable[tuple[int, Sequence[str], Sequence[bool]]],
    header: Header,
    header_rows: range,
    source: Source,
    place: Place,
    ragged: bool = False,
) -> Iterator[Row]:
    """Turn the records of one table, its title and header rows included, into rows; blank records are none.

    A record: its physical row, its clean cells, and which of them were stored as numbers. `header_rows` are the
    header's physical rows. With `ragged`, a data record with more or fewer cells than the header says so in
    `alasan_baca`.
    """
    walk = Walk(header, source)
    columns = [header.columns.get(name) for name in source.kinds()]
    identifiers = [(f, header.columns[f]) for f, k in source.kinds().items()
                   if k in IDENTIFIER_KINDS and f in header.columns]  # fmt: skip
    nothing = [None] * len(columns)
    for baris, cells, numeric in records:
        if not any(cells):
            continue
        if baris < header_rows.stop:
            yield place.row(baris, "judul" if baris < header_rows.start else "kepala", nothing)
            continue
        jenis = walk.kind(cells)
        if jenis != "data":
            yield place.row(baris, jenis, nothing)
            continue
        size = len(cells)
        fields = [None if c is None else cells[c] if c < size else "" for c in columns]
        numbers = " ".join(f for f, c in identifiers if numeric[c]) if numeric else ""
        alasan = "jumlah_kolom" if ragged and not _fits(cells, header.width) else None
        yield place.row(baris, jenis, fields, alasan, numbers)


def _fits(cells: Sequence[str], width: int) -> bool:
    # Blank cells past the header hold nothing that could be lost: some exports close each line with a separator.
    return len(cells) >= width and not any(cells[width:])
