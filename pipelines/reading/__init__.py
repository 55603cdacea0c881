"""A file becomes text rows: from the files of one source to one table `mentah_<source>`.

Belongs here: what a file really is, where its header stands, which rows are data, the text of a cell.
Does not belong here: what a value means (the stages), which files there are (the drop folder).

`read_source` is the way in. `files` looks into archives, `content` says what a file is, `inflate` and `extent` hold the
limits, `locked` opens, and `sheets` gives all formats one face. `grid` finds a `header`, `acceptance` asks whether it
is one of the source, `agreement` whether its columns hold what it says, `rows` names kinds of rows, `bands` and
`titles` what holds for several: they know cells only. `workbook` and `text` bring files to them, `lines` is the fast
way for large text, `table` holds the shape of what comes out, `whole` asks whether all came out, and `answers` what an
operator said about a sender's words.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from pipelines.declaration import Source
from pipelines.reading.errors import UnreadableFile
from pipelines.reading.files import DropFile, expand
from pipelines.reading.locked import Passwords
from pipelines.reading.reader import Operator, Reader
from pipelines.reading.table import write_rows

__all__ = ["DropFile", "Operator", "Passwords", "Reading", "UnreadableFile", "expand", "read_source"]

_FILES = {"berkas": "str", "sidik_berkas": "str", "dibaca": "int64", "bentuk": "str", "fisik": "Int64"}
_COLUMNS = {"berkas": "str", "lembar": "str", "baris": "int64", "nomor": "int64", "kolom": "str", "arti": "str"}


@dataclass(frozen=True)
class Reading:
    """What came of reading a source's files.

    `files`: `berkas_<source>`, one row a file that was read: `berkas`, `sidik_berkas` (sha256 of the bytes, hex),
    `dibaca` (its rows in `mentah_<source>`), `bentuk` (what it is, in words), `fisik` (its physical rows, blank ones
    too, by a count that is not the reader's; NULL where the format has none). `columns`: `kolom_<source>`, one row a
    column of a header: `berkas`, `lembar`, `baris` (the header's), `nomor`, `kolom` (its word), `arti` (the field, or
    '' = not used). `failures`: the other files, in the order given.
    """

    files: pd.DataFrame
    columns: pd.DataFrame
    failures: tuple[UnreadableFile, ...]


def read_source(  # noqa: PLR0913, PLR0917 - what is read, with what, and where to
    source: Source,
    files: Sequence[DropFile],
    con: duckdb.DuckDBPyConnection,
    target: Path,
    work: Path,
    operator: Operator | None = None,
) -> Reading:
    """Read every file of one source into one Parquet file `target` (table `mentah_<source>`).

    An archive among the files is read as its lists. One bad file does not stop the others. `work` is a folder
    for what is needed on the way, left empty.
    """
    failures, parts = list[UnreadableFile](), list[Path]()
    read, columns = list[tuple[str, str, int, str, int | None]](), list[tuple[str, str, int, int, str, str]]()
    reader = Reader(source, con, operator or Operator())
    with TemporaryDirectory(dir=work, prefix=f"{source.name}-") as folder:
        for number, file in enumerate(expand(files)):
            try:
                made = reader.read(file, Path(folder) / f"{number:05d}")
            except UnreadableFile as failure:
                failures.append(failure)
                continue
            parts.append(made.part)
            read.append((file.berkas, made.sidik, pq.read_metadata(made.part).num_rows, made.bentuk, made.fisik))
            columns += [(file.berkas, *column) for column in made.columns]
        _gather(parts, source, con, target, Path(folder))
    return Reading(_frame(read, _FILES), _frame(columns, _COLUMNS), tuple(failures))


def _frame(rows: Sequence[tuple[str | int | None, ...]], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def _gather(parts: Sequence[Path], source: Source, con: duckdb.DuckDBPyConnection, target: Path, folder: Path) -> None:
    """Make one Parquet file of the parts, in their order."""
    whole = folder / "mentah.parquet"
    if len(parts) > 1:
        con.read_parquet([escape(str(part)) for part in parts]).to_parquet(str(whole))
    else:
        whole = parts[0] if parts else write_rows((), source, folder)
    shutil.move(whole, target)
