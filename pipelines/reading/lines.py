"""The fast way for text whose records are its lines: DuckDB parses, and no Python object is made of a row.

DuckDB numbers records, not lines: it skips blank lines, and a quoted line end joins two. Both make records
fewer, never more; so where there are as many of one as of the other, a record's number is its line.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from glob import escape
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from duckdb import ConstantExpression as Constant
from duckdb import SQLExpression as Sql

from pipelines.reading.outside import check_outside
from pipelines.reading.period_columns import PeriodColumns
from pipelines.reading.records import Survey, open_text, read_records
from pipelines.reading.remarks import remark_columns, sql_of
from pipelines.reading.rows import IDENTIFIER_KINDS, SURE_LENGTH, Walk
from pipelines.reading.table import BLANKS, OWN_COLUMNS, Row, as_batches, schema
from pipelines.reading.text import TextTable, clean

_BATCH = 100_000
_PERIOD = "menyebut_periode"
_KIND = OWN_COLUMNS.index("jenis")


def copy_lines(
    text: TextTable, known: Survey, con: duckdb.DuckDBPyConnection, folder: Path,
    told: Callable[[int], None] = lambda rows: None,
) -> Path | None:  # fmt: skip
    """Write the rows of `mentah_<source>` to a Parquet file in `folder`, an empty one; tell how many are done.

    None where the file must be read record by record.
    """
    source = text.table.source
    above = text.table.header_rows.stop - 1
    if not known.plain or known.lines <= above or text.table.header.banded or source.filled_down:
        return None
    part = folder / "baris.parquet"
    periods = PeriodColumns(text.table.header, source, text.table.place.berkas)
    heading = next(as_batches(text.table.rows(islice(text.records(), above)), source))
    try:
        with _one_thread(con), pq.ParquetWriter(part, schema(source), compression="none") as writer:
            writer.write_table(heading)
            done = heading.num_rows
            for batch in _parsed(_body(text, con, above, periods)):
                if periods:
                    periods.add_texts(batch[_PERIOD])
                writer.write_batch(batch.select(schema(source).names))
                told(done := done + batch.num_rows)
    except _Unparsed:
        return None
    rows = con.read_parquet(escape(str(part)))
    if rows.max("baris").fetchall()[0][0] != known.lines:
        return None
    others = _others(text, rows)
    if any(row and row[_KIND] == "catatan" for row in others.values()):  # `###`: what follows it is no data either
        return None
    periods.check(text.table.header_rows.start)
    return _name_others(text, con, part, others) if others else part


class _Unparsed(Exception):
    """DuckDB does not take every line for a record: one has too few cells, say."""


def _parsed(lines: duckdb.DuckDBPyRelation) -> Iterator[pa.RecordBatch]:
    try:
        yield from lines.to_arrow_reader(_BATCH)
    except (duckdb.Error, pa.ArrowException, OSError):  # the message quotes a person's row and goes nowhere
        raise _Unparsed from None


@contextmanager
def _one_thread(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Lines are numbered by one thread; a second would only wait for it, awake, at the price of a core."""
    (threads,) = con.execute("SELECT current_setting('threads')").fetchall()[0]
    con.execute("SET threads = 1")
    try:
        yield
    finally:
        con.execute(f"SET threads = {threads}")


def _body(
    text: TextTable, con: duckdb.DuckDBPyConnection, above: int, periods: PeriodColumns
) -> duckdb.DuckDBPyRelation:
    """The lines below the header, every one as a data row, and what they say of their period in a column beside."""
    header, source = text.table.header, text.table.source
    names = {f"c{n}": "VARCHAR" for n in range(header.width)}
    lines = con.read_csv(
        escape(str(text.path)), columns=names, auto_detect=False, header=False, skiprows=above,
        delimiter=text.delimiter, quotechar='"', escapechar='"', null_padding=False, ignore_errors=False,
        strict_mode=True, compression="none", force_not_null=list(names),
    )  # fmt: skip
    nowhere = Constant(None).cast("VARCHAR")
    same = text.table.place.row(0, "data", [])
    own = [Constant(value).cast("VARCHAR") for value in same]
    own[OWN_COLUMNS.index("baris")] = Sql(f"row_number() over () + {above}")
    own[OWN_COLUMNS.index("perhatian")] = Sql(sql_of(*remark_columns(header)))
    cells = [header.columns.get(name) for name in source.kinds()]
    columns = [*own, *(nowhere if c is None else Sql(_trimmed(f"c{c}")) for c in cells)]
    named = [c.alias(name) for c, name in zip(columns, schema(source).names, strict=True)]
    return lines.select(*named, *((Sql(periods.sql()).alias(_PERIOD),) if periods else ()))


def _trimmed(column: str) -> str:
    """SQL of a cell without the blanks around it; to look at its ends first costs a third of trimming it."""
    ends = " or ".join(f"suffix({column}, '{blank}')" for blank in " \t\u00a0")
    blank = f"{column} < '!' or {column} >= '\u007f' or {ends}"
    return f"case when {blank} then trim({column}, '{BLANKS}') else {column} end"


def _others(text: TextTable, rows: duckdb.DuckDBPyRelation) -> dict[int, Row | None]:
    """Lines that are no data and their rows (None: blank), asked of lines without a sure identifier."""
    names = [f for f, kind in text.table.source.kinds().items() if kind in IDENTIFIER_KINDS]
    number = f"length({{0}}) >= {SURE_LENGTH} and {{0}} between '0' and '9~'"
    plain = "not contains({0}, '.') and not contains({0}, ',')"
    sure = [f"coalesce({number} and {plain}, false)".format(name) for name in names]
    doubtful = rows.filter(f"jenis = 'data' and not ({' or '.join(['false', *sure])})").select("baris")
    wanted = set(doubtful.fetchnumpy()["baris"].tolist())
    walk, others, before = Walk(text.table.header, text.table.source), dict[int, Row | None](), 0
    for baris, line in enumerate(open_text(text.path) if wanted else (), 1):
        if baris in wanted:
            if baris != before + 1:
                walk.pass_data()
            before = baris
            cells = clean(next(read_records([line], text.delimiter))[1])
            jenis = text.table.kind(walk, baris, cells) if any(cells) else None
            if jenis == "tanda_tangan":
                check_outside(cells, baris, text.table.source, text.table.place.berkas)
            if jenis != "data":
                others[baris] = text.table.other(baris, jenis, cells) if jenis else None
    return others


def _name_others(text: TextTable, con: duckdb.DuckDBPyConnection, part: Path, others: dict[int, Row | None]) -> Path:
    """Copy `part`: blank lines left out, the other lines under their kind and without fields."""
    named = (row for row in others.values() if row)
    others_named = con.from_arrow(pa.concat_tables(as_batches(named, text.table.source)))
    gone = con.from_arrow(pa.table({"baris": pa.array(others, pa.int64())}))
    data = con.read_parquet(escape(str(part))).join(gone, "baris", how="anti")
    # A name of its own: DuckDB may answer from its cache for a path whose file was replaced.
    copy = part.with_name("baris_bernama.parquet")
    data.union(others_named).to_parquet(str(copy))
    return copy
