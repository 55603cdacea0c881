"""Lists of people who are proposed, wait, or are no longer members: no membership, however much they look like one.

They are told by their titles, or by the name of the file or sheet: their columns are those of the list itself
(domain.md 1.1 E, 1.2).
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from pipelines.declaration import Source
from pipelines.reading.answers import is_answered_title, title_answer
from pipelines.reading.errors import Refused

_PROPOSAL = re.compile(
    r"\b(usulan|usul|calon|penggantian|belum ditetapkan|cadangan|daftar tunggu|waiting list|graduasi|"
    r"dikeluarkan(?! (?:oleh|di|tanggal|pada))|tidak layak(?! huni)|dihapus|dicoret|non ?aktif)\b",
    re.I,
)


def check_decided(titles: Iterable[Sequence[str]], berkas: str, source: Source, lembar: str = "") -> None:
    """Refuse a list of a programme whose titles, or the name of whose file or sheet, say that it is not of members."""
    if not source.program:
        return
    names = (re.sub(r"[_.-]+", " ", name) for name in (PurePosixPath(berkas).stem, lembar))
    for text in (*names, *(" ".join(row) for row in titles)):
        found = _PROPOSAL.search(text)
        if found and not is_answered_title(found[1], source):
            raise Refused(
                f"daftar ini menyebut dirinya {found[1].lower()}, jadi bukan daftar peserta; taruh daftar peserta yang "
                f"ditetapkan{title_answer(found[1].lower(), source, berkas, lembar)}"
            )
