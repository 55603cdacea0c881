"""A list that says it is of another programme than the folder that it lies in.

The lists of two programmes may have the same columns; what they call themselves is then all that tells them apart.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import PurePosixPath

from pipelines.declaration import Source
from pipelines.reading.answers import is_answered_title, title_answer
from pipelines.reading.errors import Refused
from pipelines.sources import REGISTER

# What is named behind these is whence the list was drawn, who is not on it, or somebody's office.
_BESIDE = re.compile(
    r"\b(?:sesuai|berdasarkan|sumber|menurut|dari|terdaftar|masuk|dalam|padan|non|bukan|tidak|belum|selain|luar|"
    r"pendamping|petugas|koordinator|operator)\b[^.;]*$",
    re.I,
)


def check_programme(titles: Iterable[Sequence[str]], berkas: str, source: Source, lembar: str = "") -> None:
    """Refuse a list whose titles, or the name of whose file or sheet, name another programme and not its own."""
    if not source.program:
        return
    said = (PurePosixPath(berkas).stem, lembar, " ".join(" ".join(row) for row in titles))
    for text in (" ".join(re.sub(r"[\W_]+", " ", part).split()) for part in said):
        if _words_of(source).search(text):
            continue
        for other in REGISTER:
            found = _words_of(other).search(text) if other.program not in ("", source.program) else None
            if found and not _BESIDE.search(text[: found.start()]) and not is_answered_title(found[0], source):
                raise Refused(
                    f"daftar ini menyebut dirinya {other.title} ({found[0]}), bukan {source.title}; pindahkan ke "
                    f"folder {other.name}{title_answer(found[0].lower(), source, berkas, lembar)}"
                )


def _words_of(source: Source) -> re.Pattern[str]:
    """The names of a programme: those that lists use, the key and the title."""
    segments = (segment for segment in source.segments if " " in segment)  # `APBN` alone pays for much
    return _any_of(source.name, source.program, source.title.split(" (")[0], *source.programs, *segments)


@cache
def _any_of(*names: str) -> re.Pattern[str]:
    words = sorted((re.sub(r"[\W_]+", " ", name) for name in names if name), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.I)
