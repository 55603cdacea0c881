"""One table within a file, and the shape `mentah_<source>` that its rows take."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.declaration import Source
from pipelines.handover import PLAIN
from pipelines.reading.agreement import check_agreement
from pipelines.reading.errors import Refused
from pipelines.reading.filled_down import FilledDown
from pipelines.reading.header import Header, has_number
from pipelines.reading.merged import Merged, Span
from pipelines.reading.outside import check_outside
from pipelines.reading.period_columns import PeriodColumns
from pipelines.reading.remarks import beside, found_in, remark_columns
from pipelines.reading.rows import RowKind, Walk, identifier_columns

_BATCH = 20_000
# Of every row, beside its cells.
OWN_COLUMNS = (
    "berkas", "lembar", "baris", "jenis", "alasan_baca", "sel_angka", "judul_desa", "judul_kecamatan", "tata_letak",
    "perhatian", "kode_sistem", "diisi",
)  # fmt: skip

_MAY_HIDE: frozenset[RowKind] = frozenset(("total", "tanda_tangan", "catatan"))
_REMARK = OWN_COLUMNS.index("perhatian")

# Blanks around a cell carry nothing; U+00A0 is what web pages and Dukcapil's workbooks put there.
BLANKS = " \t\r\n\u00a0"

Row = tuple[Any, ...]
# Its physical row, its clean cells, and which of them were stored as numbers (empty for text).
Record = tuple[int, list[str], Sequence[bool]]


@dataclass(frozen=True)
class Place:
    """What every row of one sheet (or text file) has in common."""

    berkas: str
    lembar: str = ""
    judul_desa: str | None = None
    judul_kecamatan: str | None = None
    tata_letak: str = ""
    kode_sistem: str = ""

    def row(  # noqa: PLR0913, PLR0917 - what one row has of its own
        self, baris: int, jenis: RowKind, fields: Sequence[str | None], alasan: str | None = None,
        angka: str = "", samping: str | None = None, diisi: str | None = None,
    ) -> Row:  # fmt: skip
        """One row of `mentah_<source>`, in the order of `schema`; `samping`: what stands beside its data; `diisi`: the
        fields that it has from the row above, as the operator answered."""
        own = (self.berkas, self.lembar, baris, jenis, alasan, angka)
        return (*own, self.judul_desa, self.judul_kecamatan, self.tata_letak, samping, self.kode_sistem, diisi, *fields)


@dataclass(frozen=True)
class Table:
    """A table whose header is accepted. `header_rows`: the header's physical rows.

    `ragged`: a record may have more or fewer cells than the header, and `alasan_baca` says so. `spans`: its cells that
    are merged over several rows.
    """

    source: Source
    header: Header
    header_rows: range
    place: Place
    ragged: bool = False
    spans: Sequence[Span] = ()

    def rows(self, records: Iterable[Record]) -> Iterator[Row]:
        """Name and shape the records, from the first of the sheet on; a blank record is none."""
        walk, kinds = Walk(self.header, self.source), self.source.kinds()
        columns = [self.header.columns.get(name) for name in kinds]
        banded = [(at, name) for at, name in enumerate(kinds) if name in self.header.banded]
        identifiers = identifier_columns(self.header, self.source).items()
        aside, width = remark_columns(self.header), self.header.width
        merged = Merged(self.spans, self.header, self.header_rows.stop, self.place.lembar)
        down = FilledDown(self.source, self.header)
        periods = PeriodColumns(self.header, self.source, self.place.berkas)
        form = self.header.layout != PLAIN  # OpenSID's shows below its end mark how to fill it in
        for baris, cells, numeric in records:
            if not any(cells):
                continue
            jenis = self._above(baris) or self.kind(walk, baris, cells)
            if baris < self.header_rows.start or jenis == "tanda_tangan" or (jenis == "catatan" and not form):
                check_outside(cells, baris, self.source, self.place.berkas, self.place.lembar)
            if jenis != "data":
                down.pass_over(jenis)
                yield self.other(baris, jenis, cells)
                continue
            if periods:
                periods.add(cells)
            numbers = merged.fill(baris, cells, numeric) if merged else numeric
            size = len(cells)
            fields = [None if c is None else cells[c] if c < size else "" for c in columns]
            for at, name in banded:
                fields[at] = walk.band.get(name, "")
            alasan = "jumlah_kolom" if self.ragged and not self._fits(cells) else None
            angka = " ".join(f for f, c in identifiers if numbers[c]) if numbers else ""
            angka, diisi = down.fill(fields, angka, sure=alasan is None) if down else (angka, None)
            yield self.place.row(baris, jenis, fields, alasan, angka, beside(cells, *aside, width), diisi)
        periods.check(self.header_rows.start, self.place.lembar)

    def other(self, baris: int, jenis: RowKind, cells: Sequence[str]) -> Row:
        """A row that is no data; below the header it is told where it holds a number, or something under a name."""
        named = self.header.columns.get("nama", -1)
        told = [c for at, c in enumerate(cells) if at == named or has_number(c)] if jenis in _MAY_HIDE else []
        return self.place.row(baris, jenis, [None] * len(self.source.kinds()), samping=" ".join(told))

    def check(self, records: Iterable[Record]) -> None:
        """Refuse the table where its cells say otherwise than its header."""
        walk, stop = Walk(self.header, self.source), self.header_rows.stop
        below = ((baris, cells) for baris, cells, _ in records if baris >= stop and any(cells))
        data = (cells for baris, cells in below if self.kind(walk, baris, cells) == "data")
        check_agreement(self.header, self.source, data, self.header_rows.start, self.place.berkas)

    def kind(self, walk: Walk, baris: int, cells: Sequence[str]) -> RowKind:
        """The kind of the row, below the header; a refusal says where."""
        try:
            return walk.kind(cells)
        except Refused as refused:
            raise Refused(refused.pesan, baris, self.place.lembar) from None

    def _above(self, baris: int) -> RowKind | None:
        if baris >= self.header_rows.stop:
            return None
        return "kepala" if baris >= self.header_rows.start else "judul"

    def _fits(self, cells: Sequence[str]) -> bool:
        # Blank cells past the header lose nothing: some exports close every line with a separator.
        return len(cells) >= self.header.width and not any(cells[self.header.width :])


def schema(source: Source) -> pa.Schema:
    """Columns and types of `mentah_<source>`: text, save `baris`, the physical row from 1."""
    names = (*OWN_COLUMNS, *source.kinds())
    return pa.schema([(name, pa.int64() if name == "baris" else pa.string()) for name in names])


def as_batches(rows: Iterable[Row], source: Source) -> Iterator[pa.Table]:
    """Gather rows into Arrow tables of bounded size; one empty table when there is no row."""
    shape, rows = schema(source), iter(rows)
    batch = list(islice(rows, _BATCH))
    while True:
        columns = zip(*batch, strict=True) if batch else [()] * len(shape)
        table = pa.table([pa.array(c, f.type) for c, f in zip(columns, shape, strict=True)], schema=shape)
        yield table.set_column(_REMARK, shape.field(_REMARK), found_in(table["perhatian"]))
        if not (batch := list(islice(rows, _BATCH))):
            return


def write_rows(
    rows: Iterable[Row], source: Source, folder: Path, told: Callable[[int], None] = lambda rows: None
) -> Path:
    """Write rows to a Parquet file in `folder`; tell after each batch how many are done."""
    part, done = folder / "rekam.parquet", 0
    with pq.ParquetWriter(part, schema(source)) as writer:
        for batch in as_batches(rows, source):
            writer.write_table(batch)
            told(done := done + batch.num_rows)
    return part
