"""One file, from its bytes to the rows of `mentah_<source>`: what it is, how it is opened, who reads it."""

import errno
import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from glob import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from pipelines.declaration import Source
from pipelines.reading.answers import Answers, answered
from pipelines.reading.biff import is_locked_xls
from pipelines.reading.content import Content, sniff
from pipelines.reading.elsewhere import moved
from pipelines.reading.errors import Refused, UnreadableFile
from pipelines.reading.files import DropFile, fetch, members
from pipelines.reading.header import Header
from pipelines.reading.inflate import TRUNCATED
from pipelines.reading.lines import copy_lines
from pipelines.reading.locked import Passwords, unlock
from pipelines.reading.records import as_utf8, survey, unwrapped
from pipelines.reading.table import write_rows
from pipelines.reading.text import open_text_table
from pipelines.reading.titles import sender_names
from pipelines.reading.whole import End, check_whole
from pipelines.reading.workbook import read_workbook

# What the system says of a file, or of the disk that it is unpacked to; any other fault is the file's own.
_SYSTEM = {
    errno.EACCES: "berkas tidak dapat dibuka; periksa izinnya, lalu ulangi",
    errno.EPERM: "berkas tidak dapat dibuka; periksa izinnya, lalu ulangi",
    errno.ENOENT: "berkas tidak dapat dibuka karena sudah tidak ada; taruh lagi, lalu ulangi",
    errno.EISDIR: "berkas tidak dapat dibuka karena ini folder; keluarkan isinya, lalu ulangi",
    errno.EIO: "berkas tidak dapat dibuka karena medianya rusak; salin dari sumber lain, lalu ulangi",
    errno.ENOSPC: "penyimpanan komputer ini penuh; kosongkan tempat, lalu ulangi",
}


_FORMS: dict[Content, str] = {
    "buku_kerja": "buku kerja .xlsx", "buku_ods": "buku kerja .ods", "buku_xls": "buku kerja .xls",
    "buku_xml": "buku kerja XML 2003", "halaman": "halaman HTML",
}  # fmt: skip
_SEPARATORS = {"\t": "tab"}

Column = tuple[str, int, int, str, str]


@dataclass(frozen=True)
class Operator:
    """What the operator's side gives to a reading.

    `tell`: called while a file is read with its `berkas` and how many of its rows are done so far. `others`: the
    sources in whose folder a file may belong.
    """

    answers: Answers = field(default_factory=Answers)
    passwords: Passwords = field(default_factory=Passwords)
    tell: Callable[[str, int], None] = lambda berkas, rows: None
    others: tuple[Source, ...] = ()


@dataclass(frozen=True)
class FileRead:
    """One file that was read: its rows, the sha256 of its bytes, what it is in words, and the columns of its headers
    (lembar, baris, nomor, kolom, arti). `fisik`: its physical rows, blank ones too; None where it does not say."""

    part: Path
    sidik: str
    bentuk: str
    columns: tuple[Column, ...]
    fisik: int | None = None


class Heard(NamedTuple):
    """Who is told, while a file is read, each header that is accepted and where each sheet ends."""

    note: Callable[[str, int, Header], None]
    ends: Callable[[End], None]


@dataclass(frozen=True)
class Reader:
    """Reads one file after another."""

    source: Source
    con: duckdb.DuckDBPyConnection
    operator: Operator

    def read(self, file: DropFile, folder: Path) -> FileRead:
        """Read one file into a Parquet file in `folder`, made here."""
        try:
            folder.mkdir()
            with TemporaryDirectory(dir=folder) as scratch:
                path = fetch(file, Path(scratch))
                with path.open("rb") as content:
                    digest = hashlib.file_digest(content, "sha256").hexdigest()
                columns, ends = list[Column](), list[End]()
                heard = Heard(partial(_note, columns), ends.append)
                part, bentuk = self._read_content(path, file.berkas, Path(scratch), heard)
                fisik = check_whole(self.con, part, ends) if ends else None
            # a desa may well have nobody on its list (NIHIL); a list of the whole kabupaten has not
            empty = not self.con.read_parquet(escape(str(part))).filter("jenis = 'data'").limit(1).fetchall()
            if empty and not self.source.one_file_per_desa:
                raise Refused("tidak ada baris data di bawah kepala tabel; minta pengirim mengirim ulang")
            return FileRead(part, digest, bentuk, tuple(columns), fisik)
        except Refused as refused:
            failure = UnreadableFile(file.berkas, refused.pesan, refused.lembar, refused.baris)
        except OSError as error:
            failure = UnreadableFile(file.berkas, _SYSTEM.get(error.errno or 0, TRUNCATED))
        raise failure  # from here: with what went before, open files and rows of persons would live on in it

    def _read_content(self, path: Path, berkas: str, scratch: Path, heard: Heard) -> tuple[Path, str]:
        """Read what lies at `path` into a Parquet file beside `scratch`, say what it is."""
        content, key = sniff(path), ""
        if content == "terkunci" or (content == "buku_xls" and is_locked_xls(path)):
            path = unlock(path, self.operator.passwords, scratch / "terbuka")
            content, key = sniff(path), ", berkata sandi"
        if content == "arsip":
            members(path)  # says why it was not looked into
            raise Refused("arsip zip di dalam arsip zip tidak dibaca; keluarkan isinya")
        source = answered(self.source, self.operator.answers.of(sender_names(berkas, self.source)))
        try:
            part, form = self._read_as(source, path, content, berkas, scratch, heard)
            return part, form + key
        except Refused as refused:
            question = moved(refused, DropFile(path, berkas), source, self.operator.others, scratch.parent)
        raise question

    def _read_as(  # noqa: PLR0913, PLR0917 - what is read, as what, and where to
        self, source: Source, path: Path, content: Content, berkas: str, scratch: Path, heard: Heard,
    ) -> tuple[Path, str]:  # fmt: skip
        folder, told = scratch.parent, partial(self.operator.tell, berkas)
        if content == "teks":
            copy, encoding = as_utf8(path, scratch)
            text = open_text_table(unwrapped(copy, scratch), source, berkas)
            heard.note("", text.table.header_rows.start, text.table.header)
            known = survey(text.path)
            part = copy_lines(text, known, self.con, folder, told) or write_rows(text.rows(), source, folder, told)
            if known.plain:
                heard.ends(End("", lambda: known.lines, text.has_people_below))
            separator = _SEPARATORS.get(text.delimiter, text.delimiter)
            return part, f"teks {encoding}, pemisah {separator}"
        with _no_search_for_cycles():
            rows = read_workbook(path, content, source, berkas, scratch, *heard)
            return write_rows(rows, source, folder, told), _FORMS[content]


def _note(columns: list[Column], lembar: str, baris: int, header: Header) -> None:
    pairs = zip(header.words, header.meanings, strict=True)
    columns += [(lembar, baris, at, " ".join(w.split()), m) for at, (w, m) in enumerate(pairs, 1) if w.strip()]


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
