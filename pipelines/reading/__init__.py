"""A file becomes text rows: from the files of one source to one table `mentah_<source>`.

Belongs here: what a file really is, where its header stands, which rows are data, the text of a cell.
Does not belong here: what a value means (the stages), which files there are (the drop folder).

`read_source` is the way in. `files` looks into archives, `content` says what a file is, `inflate` and `extent` hold the
limits, `locked` opens, and `sheets` gives all formats one face. `grid` finds a `header`, `agreement` asks whether its
columns hold what it says, `rows` names kinds of rows, `bands` and `titles` what holds for several: they know cells
only. `workbook` and `text` bring files to them, `lines` is the fast way for large text, `table` holds the shape of what
comes out, and `answers` what an operator said about a sender's words.
"""

import errno
import gc
import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from pipelines.declaration import Source
from pipelines.reading.answers import Answers, answered
from pipelines.reading.biff import is_locked_xls
from pipelines.reading.content import sniff
from pipelines.reading.errors import Refused, UnreadableFile
from pipelines.reading.files import DropFile, expand, fetch, members
from pipelines.reading.inflate import TRUNCATED
from pipelines.reading.lines import copy_lines
from pipelines.reading.locked import Passwords, unlock
from pipelines.reading.records import as_utf8
from pipelines.reading.table import write_rows
from pipelines.reading.text import open_text_table
from pipelines.reading.workbook import read_workbook

__all__ = ["DropFile", "Operator", "Passwords", "Reading", "UnreadableFile", "expand", "read_source"]

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
class Operator:
    """What the operator's side gives to a reading.

    `tell`: called while a file is read with its `berkas` and how many of its rows are done so far.
    """

    answers: Answers = field(default_factory=Answers)
    passwords: Passwords = field(default_factory=Passwords)
    tell: Callable[[str, int], None] = lambda berkas, rows: None


@dataclass(frozen=True)
class Reading:
    """What came of reading a source's files.

    `files`: `berkas_<source>`, one row a file that was read: `berkas`, `sidik_berkas` (sha256 of the bytes,
    hex), `dibaca` (its rows in `mentah_<source>`). `failures`: the other files, in the order given.
    """

    files: pd.DataFrame
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
    failures, parts, read = list[UnreadableFile](), list[Path](), list[tuple[str, str, int]]()
    reader = _Reader(source, con, operator or Operator())
    with TemporaryDirectory(dir=work, prefix=f"{source.name}-") as folder:
        for number, file in enumerate(expand(files)):
            try:
                part, digest = reader.read(file, Path(folder) / f"{number:05d}")
            except UnreadableFile as failure:
                failures.append(failure)
                continue
            parts.append(part)
            read.append((file.berkas, digest, pq.read_metadata(part).num_rows))
        _gather(parts, source, con, target, Path(folder))
    columns = {"berkas": "str", "sidik_berkas": "str", "dibaca": "int64"}
    return Reading(pd.DataFrame(read, columns=list(columns)).astype(columns), tuple(failures))


@dataclass(frozen=True)
class _Reader:
    """Reads one file after another."""

    source: Source
    con: duckdb.DuckDBPyConnection
    operator: Operator

    def read(self, file: DropFile, folder: Path) -> tuple[Path, str]:
        """Read one file into a Parquet file in `folder`, made here; return it and the sha256 of the file's bytes."""
        try:
            folder.mkdir()
            with TemporaryDirectory(dir=folder) as scratch:
                path = fetch(file, Path(scratch))
                with path.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                part = self._read_content(path, file.berkas, Path(scratch))
            # a desa may well have nobody on its list (NIHIL); a list of the whole kabupaten has not
            empty = not self.con.read_parquet(escape(str(part))).filter("jenis = 'data'").limit(1).fetchall()
            if empty and not self.source.one_file_per_desa:
                raise Refused("tidak ada baris data di bawah kepala tabel; minta pengirim mengirim ulang")
            return part, digest
        except Refused as refused:
            failure = UnreadableFile(file.berkas, refused.pesan, refused.lembar, refused.baris)
        except OSError as error:
            failure = UnreadableFile(file.berkas, _SYSTEM.get(error.errno or 0, TRUNCATED))
        raise failure  # from here: with what went before, open files and rows of persons would live on in it

    def _read_content(self, path: Path, berkas: str, scratch: Path) -> Path:
        """Read what lies at `path` into a Parquet file beside `scratch`."""
        content, folder, told = sniff(path), scratch.parent, partial(self.operator.tell, berkas)
        if content == "terkunci" or (content == "buku_xls" and is_locked_xls(path)):
            path = unlock(path, self.operator.passwords, scratch / "terbuka")
            content = sniff(path)
        if content == "arsip":
            members(path)  # says why it was not looked into
            raise Refused("arsip zip di dalam arsip zip tidak dibaca; keluarkan isinya")
        source = answered(self.source, self.operator.answers.of(berkas))
        if content == "teks":
            text = open_text_table(as_utf8(path, scratch), source, berkas)
            return copy_lines(text, self.con, folder, told) or write_rows(text.rows(), source, folder, told)
        with _no_search_for_cycles():
            return write_rows(read_workbook(path, content, source, berkas, scratch), source, folder, told)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Rows of cells are no cycles: Python, looking for some again and again, adds a tenth to reading them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _gather(parts: Sequence[Path], source: Source, con: duckdb.DuckDBPyConnection, target: Path, folder: Path) -> None:
    """Make one Parquet file of the parts, in their order."""
    whole = folder / "mentah.parquet"
    if len(parts) > 1:
        con.read_parquet([escape(str(part)) for part in parts]).to_parquet(str(whole))
    else:
        whole = parts[0] if parts else write_rows((), source, folder)
    shutil.move(whole, target)
