"""Text as records, each with the line it starts on: encodings, line counts, quotes that go astray."""

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipelines.reading.content import looks_utf16
from pipelines.reading.errors import Refused

_CHUNK = 1 << 20
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Declared by pages that mean windows-1252, or by those that are wrong: what is UTF-8 was recognised before.
_UNDECLARED = dict.fromkeys(("", "utf-8", "utf8", "iso-8859-1", "latin1", "us-ascii", "ascii"), "cp1252")
# A line in quotes: each quote in it is doubled, and there is something to part it by.
_WRAPPED = re.compile(r'"((?=[^"]*[|;,\t])(?:[^"]|"")*)"')
_LOOKED_AT = 20  # lines


@dataclass(frozen=True)
class Survey:
    """What is cheaply known of a UTF-8 file.

    `plain`: no NUL, no line that ends in a lone carriage return.
    """

    lines: int
    plain: bool


def as_utf8(path: Path, work: Path, declared: str = "") -> tuple[Path, str]:
    """Return `path` if it is UTF-8 throughout, else a UTF-8 copy of it below `work`; and the encoding that it has.

    `declared`: the encoding that the file says it has, for one that is no UTF-8.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    encoding = next((name for mark, name in _BOMS.items() if head.startswith(mark)), looks_utf16(head))
    if encoding in ("", "utf-8-sig"):
        if _is_utf8(path):
            return path, "UTF-8"
        encoding = ""
    target = work / "teks_utf8"
    # cp1252 lacks five bytes, latin-1 none.
    for attempt in [encoding] if encoding else [_UNDECLARED.get(declared.lower(), declared), "cp1252", "latin-1"]:
        try:
            _transcode(path, attempt, target)
            return target, attempt.upper()
        except (UnicodeError, LookupError):
            continue
    raise Refused("teks terpotong atau rusak (UTF-16 yang tidak utuh); minta pengirim mengirim ulang")


def unwrapped(path: Path, work: Path) -> Path:
    """Return a UTF-8 file, or where its every line is one quoted cell with a list's line in it, a copy without that."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        head = [line.rstrip("\r\n") for line in islice(file, _LOOKED_AT) if line.strip()]
    if not head or not all(map(_WRAPPED.fullmatch, head)):
        return path
    target = work / "teks_tanpa_kutip"
    with path.open(encoding="utf-8-sig", newline="") as file, target.open("w", encoding="utf-8", newline="") as out:
        for line in file:
            bare = line.rstrip("\r\n")
            whole = _WRAPPED.fullmatch(bare)
            out.write((whole[1].replace('""', '"') if whole else bare) + "\n")
    return target


def survey(path: Path) -> Survey:
    """Count the lines of a UTF-8 file, bytes at a time."""
    feeds = returns = pairs = 0
    last, plain = b"", True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            feeds += chunk.count(b"\n")
            if b"\r" in chunk or last == b"\r":
                returns += chunk.count(b"\r")
                pairs += chunk.count(b"\r\n") + (last == b"\r" and chunk.startswith(b"\n"))
            plain = plain and b"\0" not in chunk
            last = chunk[-1:]
    return Survey(feeds + (last not in (b"\n", b"")), plain and returns == pairs)


def open_text(path: Path) -> Iterator[str]:
    """Lines of a UTF-8 file with their ends as they are, without byte-order mark and NUL."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for line in file:
            yield line.replace("\0", "") if "\0" in line else line


def read_records(lines: Iterable[str], delimiter: str, width: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line, from 1, on which it starts; a blank line is an empty record.

    A quote that is opened and never closed would swallow the lines after it: a record of several lines that
    has not `width` cells (0: any), or whose quotes are odd, is taken to be its first line alone.
    """
    source, again, taken = iter(lines), deque[str](), list[str]()

    def feed() -> Iterator[str]:
        while line := again.popleft() if again else next(source, ""):
            taken.append(line)
            yield line

    start, reader = 1, _reader(feed(), delimiter)
    while True:
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than any real one
            cells = None
        if cells is None or (len(taken) > 1 and not (cells and _is_whole(cells, taken, width))):
            again.extendleft(reversed(taken[1:]))
            del taken[1:]
            cells = [cell.strip(' "') for cell in taken[0].rstrip("\r\n").split(delimiter)]
            reader = _reader(feed(), delimiter)
        yield start, cells
        start += len(taken)
        taken.clear()


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def _is_whole(cells: list[str], taken: list[str], width: int) -> bool:
    return width in (0, len(cells)) and sum(line.count('"') for line in taken) % 2 == 0


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _transcode(path: Path, encoding: str, target: Path) -> None:
    with path.open(encoding=encoding, newline="") as text, target.open("wb") as out:
        while chunk := text.read(_CHUNK):
            out.write(chunk.encode())
