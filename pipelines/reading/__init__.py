"""A file becomes text rows: from the files of one source to one table `mentah_<source>`.

Belongs here: what a file really is, where its header stands, which rows are data, the text of a cell.
Does not belong here: what a value means (the stages), which files there are (the drop folder).

`read_source` is the way in. `grid` finds a `header`, `agreement` asks whether its columns hold what it says, `rows`
names kinds of rows, `bands` and `titles` what holds for several: they know cells only. `workbook` and `text` bring
files to them, `lines` is the fast way for large text, `table` holds the shape of what comes out, and `answers` what
an operator said about a sender's words.
"""

import errno
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from pipelines.declaration import Source
from pipelines.reading.answers import answered
from pipelines.reading.content import TRUNCATED, sniff, sole_member
from pipelines.reading.errors import Refused, UnreadableFile
from pipelines.reading.lines import copy_lines
from pipelines.reading.records import as_utf8
from pipelines.reading.table import write_rows
from pipelines.reading.text import open_text_table
from pipelines.reading.workbook import read_workbook

__all__ = ["DropFile", "Reading", "UnreadableFile", "read_source"]

# What the system says of a file, or of the disk that it is unpacked to; any other fault is the file's own.
_SYSTEM = {
    errno.EACCES: "berkas tidak dapat dibuka; periksa izinnya, lalu ulangi",
    errno.EPERM: "berkas tidak dapat dibuka; periksa izinnya, lalu ulangi",
    errno.ENOENT: "berkas tidak dapat dibuka karena sudah tidak ada; taruh lagi, lalu ulangi",
    errno.EISDIR: "berkas tidak dapat dibuka karena ini folder; keluarkan isinya, lalu ulangi",
    errno.EIO: "berkas tidak dapat dibuka karena medianya rusak; salin dari sumber lain, lalu ulangi",
    errno.ENOSPC: "penyimpanan komputer ini penuh; kosongkan tempat, lalu ulangi",
}


@dataclass(frozen=True)
class DropFile:
    """One file of the drop folder. `berkas`: its path below that folder, `2024-06/dtks/DTKS Juni.txt`.

    `answers`: what the operator said that header words of this file mean (folded word -> field, '' = nothing).
    """

    path: Path
    berkas: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What came of reading a source's files.

    `files`: `berkas_<source>`, one row a file that was read: `berkas`, `sidik_berkas` (sha256 of the bytes,
    hex), `dibaca` (its rows in `mentah_<source>`). `failures`: the other files, in the order given.
    """

    files: pd.DataFrame
    failures: tuple[UnreadableFile, ...]


def read_source(
    source: Source, files: Sequence[DropFile], con: duckdb.DuckDBPyConnection, target: Path, work: Path
) -> Reading:
    """Read every file of one source into one Parquet file `target` (table `mentah_<source>`).

    One bad file does not stop the others. `work` is a folder for what is needed on the way, left empty.
    """
    failures, parts, read = list[UnreadableFile](), list[Path](), list[tuple[str, str, int]]()
    with TemporaryDirectory(dir=work, prefix=f"{source.name}-") as folder:
        for number, file in enumerate(files):
            try:
                part, digest = _read_file(file, source, con, Path(folder) / f"{number:05d}")
            except UnreadableFile as failure:
                failures.append(failure)
                continue
            parts.append(part)
            read.append((file.berkas, digest, pq.read_metadata(part).num_rows))
        _gather(parts, source, con, target, Path(folder))
    columns = {"berkas": "str", "sidik_berkas": "str", "dibaca": "int64"}
    return Reading(pd.DataFrame(read, columns=list(columns)).astype(columns), tuple(failures))


def _read_file(file: DropFile, source: Source, con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Path, str]:
    """Read one file into a Parquet file in `folder`, made here; return it and the file's sha256."""
    source = answered(source, file.answers)
    try:
        with file.path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        folder.mkdir()
        with TemporaryDirectory(dir=folder) as scratch:
            path = sole_member(file.path, Path(scratch))
            if sniff(path) == "buku_kerja":
                part = write_rows(read_workbook(path, source, file.berkas), source, folder)
            else:
                text = open_text_table(as_utf8(path, Path(scratch)), source, file.berkas)
                part = copy_lines(text, con, folder) or write_rows(text.rows(), source, folder)
        # a desa may well have nobody on its list (NIHIL); a list of the whole kabupaten has not
        empty = not con.read_parquet(escape(str(part))).filter("jenis = 'data'").limit(1).fetchall()
        if empty and not source.one_file_per_desa:
            raise Refused("tidak ada baris data di bawah kepala tabel; minta pengirim mengirim ulang")
    except Refused as refused:
        raise UnreadableFile(file.berkas, refused.pesan, refused.lembar, refused.baris) from None
    except OSError as error:
        pesan = _SYSTEM.get(error.errno or 0, TRUNCATED)
        raise UnreadableFile(file.berkas, pesan) from error
    return part, digest


def _gather(parts: Sequence[Path], source: Source, con: duckdb.DuckDBPyConnection, target: Path, folder: Path) -> None:
    """Make one Parquet file of the parts, in their order."""
    whole = folder / "mentah.parquet"
    if len(parts) > 1:
        con.read_parquet([escape(str(part)) for part in parts]).to_parquet(str(whole))
    else:
        whole = parts[0] if parts else write_rows((), source, folder)
    shutil.move(whole, target)
