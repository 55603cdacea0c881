"""What stands outside the table of a sheet: titles, notes, sheets without a header. A person's row has no place there.

A second table above the one that is read, a list that goes on in a sheet without a header: their people would be named
titles and notes, and nobody would miss them. A NIK or No KK out there is a question.
"""

import re
from collections.abc import Sequence

from pipelines.declaration import Source, fold_header
from pipelines.reading.answers import IGNORE, answer_places
from pipelines.reading.errors import Refused

# A whole number, or a masked one; offices part it by blanks, dots or strokes.
_PARTED = re.compile(r"(?<=\d)[ .'-](?=[\d*xX#])")
_NUMBER = re.compile(r"(?<![\d*])(?:\d{16}|\d{6,14}[*xX#]{2,10}\d{0,8})(?![\d*])")
_LENGTH = len("PPKKCCDDMMYYSSSS")


def check_outside(cells: Sequence[str], baris: int, source: Source, berkas: str, lembar: str = "") -> None:
    """Refuse a row that is no part of the table and holds a whole NIK or No KK."""
    if any(len(cell) >= _LENGTH and _holds_number(cell) for cell in cells):
        raise Refused(
            "baris ini memuat nomor orang tetapi berada di luar tabel; beri kepala tabel di atasnya, atau pisahkan "
            f"tabelnya ke lembar atau berkas sendiri{how_to_put_aside(source, berkas) if lembar else ''}",
            baris,
            lembar,
        )


def _holds_number(cell: str) -> bool:
    found = _NUMBER.search(_PARTED.sub("", cell))
    return found is not None and len(found[0]) == _LENGTH


def how_to_put_aside(source: Source, berkas: str) -> str:
    """What the operator may answer of a sheet that holds no list."""
    return (
        f" (bila lembar ini hanya petunjuk, jawab di {answer_places(source, berkas)}: kolom lembar:<nama lembar>, "
        f"arti {IGNORE})"
    )


def is_put_aside(lembar: str, source: Source) -> bool:
    """Whether the operator answered that a sheet holds no list."""
    return fold_header(f"lembar{lembar}") in source.ignored_words()
