"""Unpacking with limits: what comes out is counted; what an archive says of itself is not believed.

The limits are argued in docs/adr/0007-berkas.md.
"""

import copy
import lzma
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

from pipelines.reading.errors import Refused

TRUNCATED = "berkas terpotong atau rusak; minta pengirim mengirim ulang"
BOMB = "isi arsip mengembang tidak wajar (bom zip); jangan dibuka, tanyakan kepada pengirim"
LOCKED_ARCHIVE = "arsip zip memakai kata sandi; buka arsip itu dan letakkan isinya"

# Sheets are packed 1:10 to 1:20, lists of a repeated line up to 1:120, DEFLATE ends at 1:1032.
RATIO = 200
FREE = 64 << 20  # up to here any ratio is harmless
LARGEST = 4 << 30  # 1 GB of text, or the largest sheet that Excel can hold, with room
# An entry of the directory takes 46 bytes and its name: 4 MiB hold more entries than any limit allows.
_DIRECTORY = 4 << 20
_END_OF_DIRECTORY, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_LOCKED = 0x1
_CHUNK = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of the others one read may unpack gigabytes


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip whose entries are of bounded number and lie side by side; whatever is wrong with it is refused."""
    try:
        if _directory_size(path) > _DIRECTORY:
            raise Refused("arsip zip berisi terlalu banyak berkas; buka arsip itu dan letakkan daftarnya saja")
        with zipfile.ZipFile(path) as archive:
            entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
            if any(a.header_offset + a.compress_size > b.header_offset for a, b in pairwise(entries)):
                raise Refused(BOMB)
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, lzma.LZMAError, ValueError, OverflowError):
        raise Refused(TRUNCATED) from None
    except RuntimeError:  # zipfile's word for a password that is missing
        raise Refused(LOCKED_ARCHIVE) from None


def is_locked(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is under a password."""
    return bool(entry.flag_bits & _LOCKED)


def inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, largest: int = LARGEST) -> Generator[bytes, None, None]:
    """The content of an entry in pieces of at most 1 MiB; refused as soon as it grows beyond every measure."""
    if is_locked(entry):
        raise Refused(LOCKED_ARCHIVE)
    if entry.compress_type not in _METHODS:
        raise Refused("arsip zip dimampatkan dengan cara yang tidak dikenal; buat ulang sebagai zip biasa")
    _judge(entry.file_size, entry.compress_size, largest)
    counted = copy.copy(entry)
    counted.file_size = largest + 1  # what is declared would end the reading early
    size = 0
    with archive.open(counted) as content:
        while piece := content.read(_CHUNK):
            size += len(piece)
            _judge(size, entry.compress_size, largest)
            yield piece
    if size != entry.file_size:
        raise Refused(TRUNCATED)


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Write the content of an entry to `target`, a name of our own: the archive's names lead nowhere."""
    with target.open("wb") as out:
        out.writelines(inflate(archive, entry))


def _judge(size: int, packed: int, largest: int) -> None:
    if size > largest or (size > FREE and size > RATIO * packed):
        raise Refused(BOMB)


def _directory_size(path: Path) -> int:
    """What the end of a zip says of the size of its directory, which zipfile will hold in memory; 0 if none."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
