"""What stands outside the table of a sheet: titles, notes, sheets without a header. A person's row has no place there.

A second table above the one that is read, a list that goes on in a sheet without a header: their people would be named
titles and notes, and nobody would miss them. A NIK or No KK out there is a question.
"""

import re
from collections.abc import Sequence

from pipelines.declaration import Source, fold_header
from pipelines.reading.answers import IGNORE, answer_places
from pipelines.reading.errors import Refused

_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


def check_outside(cells: Sequence[str], baris: int, source: Source, berkas: str, lembar: str = "") -> None:
    """Refuse a row that is no part of the table and holds a whole NIK or No KK."""
    if any(len(cell) >= len("PPKKCCDDMMYYSSSS") and _NUMBER.search(cell) for cell in cells):
        notes = (
            f" (bila lembar ini hanya petunjuk, jawab di {answer_places(source, berkas)}: kolom lembar:<nama lembar>, "
            f"arti {IGNORE})"
        )
        raise Refused(
            "baris ini memuat nomor orang tetapi berada di luar tabel; beri kepala tabel di atasnya, atau pisahkan "
            f"tabelnya ke lembar atau berkas sendiri{notes if lembar else ''}",
            baris,
            lembar,
        )


def is_put_aside(lembar: str, source: Source) -> bool:
    """Whether the operator answered that a sheet holds no list."""
    return fold_header(f"lembar{lembar}") in source.ignored_words()
