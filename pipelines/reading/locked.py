"""Workbooks under a password. The words come from files of the office, and go nowhere but into the lock."""

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from pipelines.reading.errors import Refused
from pipelines.reading.inflate import TRUNCATED

# Excel's own word where a workbook is protected against changes and opens without asking.
_UNASKED = "VelvetSweatshop"
# A word costs a tenth of a second at Excel's 100,000 turns; a file that asks for more turns is none of Excel's.
_MOST_WORDS, _MOST_TURNS = 50, 1_000_000
# What the library raises on a damaged file besides its own; it holds by bare assertions, too.
_DAMAGE = (
    FileFormatError, ParseError, DecryptionError, ExpatError, OSError, ValueError, LookupError, TypeError,
    AssertionError, AttributeError, struct.error,
)  # fmt: skip


@dataclass(frozen=True)
class Passwords:
    """The office's passwords for one source. `place`: where a missing one is to be put, below the drop folder."""

    words: tuple[str, ...] = field(default=(), repr=False)
    place: str = "sandi/sandi.txt"


def unlock(path: Path, passwords: Passwords, target: Path) -> Path:
    """Write the workbook to `target` as it is without its password, and return that."""
    try:
        with path.open("rb") as file:
            for word in dict.fromkeys([_UNASKED, *passwords.words[:_MOST_WORDS]]):
                if _opens(msoffcrypto.OfficeFile(file), word, target):
                    return target
    except _DAMAGE:
        raise Refused(TRUNCATED) from None
    tried = "kata sandi di sana tidak cocok; tambahkan" if passwords.words else "tulis kata sandinya"
    raise Refused(f"buku kerja memakai kata sandi; {tried} di {passwords.place}, satu kata sandi satu baris")


def _opens(book: Any, word: str, target: Path) -> bool:
    try:
        if book.format == "ooxml":
            if book.type == "agile" and book.info["spinValue"] > _MOST_TURNS:
                raise Refused(TRUNCATED)
            book.load_key(password=word, verify_password=True)
        else:
            book.load_key(password=word)
        with target.open("wb") as out:
            book.decrypt(out)
    except InvalidKeyError:
        return False
    return True
