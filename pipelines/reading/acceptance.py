"""Whether the header that was found is one of this source; where it is not, what the operator is asked.

Every header word is a declared field, a word the declaration ignores, blank, or the file is refused by name.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from pipelines.declaration import Source, fold_header
from pipelines.reading.answers import COLUMNS, IGNORE, answer_line, answer_places
from pipelines.reading.errors import Refused
from pipelines.reading.grid import SEARCHED_ROWS
from pipelines.reading.header import UNKNOWN, Header

_NEARLY = 0.8
_LISTED = re.compile(r"\s*(?:penerima|peserta|pengurus|kpm)\b", re.I)  # `Penerima Utama` may be a name


def accept(header: Header | None, source: Source, rows: Sequence[int], berkas: str = "") -> Header:
    """Return the header if every word is known and nothing required lacks.

    `rows`: the physical row of each index of the grid; `berkas`: the file's path below the drop folder.
    """
    if header is None:
        wanted = "; ".join(map(_alternatives, source.required))
        raise Refused(
            f"kepala tabel tidak ditemukan dalam {SEARCHED_ROWS} baris pertama; beri baris kepala dengan kolom {wanted}"
        )
    baris = rows[header.first]
    if header.layout.refusal:
        raise Refused(header.layout.refusal, baris)
    if header.missing:
        pesan = _asked_for_missing(header, source, berkas)
        raise Refused(pesan, baris, strange=len(header.unknown), lacking=len(header.missing))
    if header.unknown:
        raise Refused(
            f"kolom {_unknown(header)} tidak dikenal{_nearest(header.unknown, source)}: ganti namanya dengan nama yang "
            f"lazim, atau {_how_to_answer(source, berkas, header.unknown[0] if header.sure else '', IGNORE)}",
            baris,
            strange=len(header.unknown),
        )
    return header


def _asked_for_missing(header: Header, source: Source, berkas: str) -> str:
    wanted = "; ".join(map(_alternatives, header.missing))
    if any("desa" in group for group in header.missing):
        wanted += " (desa boleh juga disebut pada judul, nama berkas, atau nama foldernya)"
    found = header.told(at for at, word in enumerate(header.words) if word)
    said = f"kolom wajib tidak ada: {wanted}; kolom yang ditemukan: {found}"
    if not (header.unknown and header.sure):
        return said
    answer = _how_to_answer(source, berkas, *_proposal(header, source))
    return f"{said}; yang tidak dikenal: {_unknown(header)}; bila salah satunya yang dimaksud, {answer}"


def _unknown(header: Header) -> str:
    return header.told(at for at, meaning in enumerate(header.meanings) if meaning == UNKNOWN)


def _how_to_answer(source: Source, berkas: str, word: str, meaning: str) -> str:
    return (
        f"tulis artinya di {answer_places(source, berkas)}: baris pertamanya {','.join(COLUMNS)}, lalu satu "
        f"baris satu judul (arti {IGNORE} bila tidak dipakai), misalnya {answer_line(word, meaning)}"
    )


def _proposal(header: Header, source: Source) -> tuple[str, str]:
    """An unknown word and the lacking field that it may well mean, for an example; '' for the word where none does:
    `Zona` is no example of a name, nor is `Nama Suami`."""
    lacking = [name for group in header.missing for name in group]
    near = {_near(word, source): word for word in reversed(header.unknown)}
    listed = [word for word in header.unknown if _LISTED.match(word)]
    name = next((name for name in lacking if name in near), lacking[0])
    return near.get(name) or next(iter(listed if name == "nama" else ()), ""), name


def _nearest(words: Sequence[str], source: Source) -> str:
    """The declared words that unknown ones are nearly: a hint for who answers, never an answer."""
    near = {_near(word, source) for word in words} - {""}
    return f" (mungkin {', '.join(sorted(near))})" if near else ""


def _near(word: str, source: Source) -> str:
    """The field that has a word which is nearly this one."""
    known = source.header()
    return next((known[found] for found in get_close_matches(fold_header(word), known, n=1, cutoff=_NEARLY)), "")


def _alternatives(group: tuple[str, ...]) -> str:
    return " atau ".join(group)
