"""The header of a grid of text cells: where it stands and what each of its columns means.

Every header word is a declared field, a word the declaration ignores, blank, or the file is refused by name.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from pipelines.declaration import Source, fold_header
from pipelines.reading.answers import FOLDER, IGNORE
from pipelines.reading.bands import fields_of_bands
from pipelines.reading.errors import Refused, without_numbers
from pipelines.reading.titles import Titles, titles_of

SEARCHED_ROWS = 30
_MIN_KNOWN = 2
_SURELY_KNOWN, _NUMBER_LENGTH = 3, 9
_NEARLY = 0.8
_UNKNOWN = "?"
_IGNORED = ""

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Header:
    """A header of one row, or of two: groups above, sub-headings below (`RT/RW` above `RT | RW`).

    `first` is the index of its first row in the grid; `rows` are its rows as written; `words` one word a
    column; `meanings` the field a column means, '' for an ignored or blank one, '?' for an unknown word;
    `banded` the fields that rows between the data state; `titles` the desa and kecamatan that the rows above or the
    file's name state, of a list that has no column for them.
    """

    first: int
    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    meanings: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    banded: frozenset[str] = frozenset()
    titles: Titles = (None, None)

    @property
    def width(self) -> int:
        """How many cells the header has."""
        return len(self.words)

    @property
    def last(self) -> int:
        """Index of the header's last row in the grid."""
        return self.first + len(self.rows) - 1

    @cached_property
    def columns(self) -> dict[str, int]:
        """Field name -> the first column that means it."""
        found: dict[str, int] = {}
        for column, name in enumerate(self.meanings):
            if name not in (_IGNORED, _UNKNOWN):
                found.setdefault(name, column)
        return found

    @property
    def doubled(self) -> dict[str, list[int]]:
        """Field name -> its columns, for a field that more than one column means."""
        places = {name: [c for c, m in enumerate(self.meanings) if m == name] for name in self.columns}
        return {name: columns for name, columns in places.items() if len(columns) > 1}

    @property
    def unknown(self) -> list[str]:
        """Words that no field and no ignored word covers."""
        return [w for w, m in zip(self.words, self.meanings, strict=True) if m == _UNKNOWN]

    @property
    def missing(self) -> list[tuple[str, ...]]:
        """Required alternatives of which the table has none."""
        stated = self.columns.keys() | self.banded | ({"desa"} if self.titles[0] else set())
        return [group for group in self.required if not stated & set(group)]

    @property
    def known(self) -> int:
        """How many columns bear a known word."""
        return sum(bool(fold_header(w)) and m != _UNKNOWN for w, m in zip(self.words, self.meanings, strict=True))

    @property
    def sure(self) -> bool:
        """Whether the row is a header beyond doubt.

        In a form (`Nama | ... | NIK | ...`) or a sheet without a header the words may be those of a person.
        """
        numbers = any(sum(map(str.isdigit, word)) >= _NUMBER_LENGTH for word in self.words)
        return self.known >= _SURELY_KNOWN and self.known > len(self.unknown) and not numbers

    def told(self, columns: Iterable[int]) -> str:
        """These columns for a message: by their word where the row is surely a header, else by their place."""
        return ", ".join(
            quote(self.words[c]) if self.sure or self.meanings[c] != _UNKNOWN else f"ke-{c + 1}" for c in columns
        )

    @property
    def score(self) -> tuple[int, int, int]:
        """The larger, the more it is the header of this source."""
        return len(self.columns), -len(self.unknown), self.known

    def settle(self, filled: Container[int], baris: int) -> "Header":
        """Choose between columns of one meaning: all but one must be blank.

        `filled`: columns that are not; `baris`: the header's physical row, for the refusal.
        """
        meanings = list(self.meanings)
        for name, columns in self.doubled.items():
            used = [c for c in columns if c in filled]
            if len(used) > 1:
                words = ", ".join(quote(self.words[c]) for c in used)
                raise Refused(f"kolom {words} sama-sama berarti {name}; hapus salah satunya", baris)
            for column in columns:
                if column != (used or columns)[0]:
                    meanings[column] = _IGNORED
        return replace(self, meanings=tuple(meanings))


def quote(word: str) -> str:
    """A header word for a message: short, and without a number that might be somebody's."""
    return f'"{without_numbers(" ".join(word.split()))[:40]}"'


def locate(grid: Grid, source: Source, berkas: str = "") -> Header | None:
    """Find the row, or pair of rows, that is most like a header of `source`; None when nothing is.

    `berkas`: the file's path below the drop folder. What is found may still be refused: `accept` says so.
    """
    lexicon = _lexicon(source)
    best: Header | None = None
    for first in range(min(len(grid), SEARCHED_ROWS)):
        single = _single(grid[first], first, lexicon, source)
        if single.known < _MIN_KNOWN:
            continue
        below = grid[first + 1] if first + 1 < len(grid) else ()
        candidate = _pair(single, below, lexicon) or single
        if candidate.columns and (best is None or candidate.score > best.score):
            best = candidate
    if best is None:
        return None
    banded = fields_of_bands(grid[best.last + 1 :], best.columns.keys())
    titles = titles_of(grid[: best.first], berkas, source, best.columns.keys() | banded)
    return replace(best, banded=banded, titles=titles)


def accept(header: Header | None, source: Source, rows: Sequence[int]) -> Header:
    """Return the header if every word is known and nothing required lacks.

    `rows`: the physical row of each index of the grid.
    """
    if header is None:
        wanted = "; ".join(_alternatives(group) for group in source.required)
        raise Refused(
            f"kepala tabel tidak ditemukan dalam {SEARCHED_ROWS} baris pertama; beri baris kepala dengan kolom {wanted}"
        )
    baris = rows[header.first]
    if header.missing:
        wanted = "; ".join(_alternatives(group) for group in header.missing)
        if any("desa" in group for group in header.missing):
            wanted += " (desa boleh juga disebut pada judul, nama berkas, atau nama foldernya)"
        found = header.told(at for at, word in enumerate(header.words) if word)
        ask = f"; bila salah satunya yang dimaksud, {_how_to_answer(source)}" if header.unknown and header.sure else ""
        raise Refused(f"kolom wajib tidak ada: {wanted}; kolom yang ditemukan: {found}{ask}", baris)
    if header.unknown:
        words = header.told(at for at, meaning in enumerate(header.meanings) if meaning == _UNKNOWN)
        raise Refused(
            f"kolom {words} tidak dikenal{_nearest(header.unknown, source)}: ganti namanya dengan nama yang lazim, "
            f"atau {_how_to_answer(source)}",
            baris,
        )
    return header


def _how_to_answer(source: Source) -> str:
    return f"tulis artinya di {FOLDER}/{source.name}.csv (kolom,arti; arti {IGNORE} bila tidak dipakai)"


def _nearest(words: Sequence[str], source: Source) -> str:
    """The declared words that unknown ones are nearly: a hint for who answers, never an answer."""
    known = source.header()
    near = {known[m] for w in words for m in get_close_matches(fold_header(w), known, n=1, cutoff=_NEARLY)}
    return f" (mungkin {', '.join(sorted(near))})" if near else ""


def _alternatives(group: tuple[str, ...]) -> str:
    return " atau ".join(group)


def _lexicon(source: Source) -> dict[str, str]:
    """Folded word -> field name, or '' for a word known and unused."""
    return {"": _IGNORED, **dict.fromkeys(source.ignored_words(), _IGNORED), **source.header()}


def _single(cells: Sequence[str], first: int, lexicon: dict[str, str], source: Source) -> Header:
    words = tuple(cells)
    meanings = tuple(lexicon.get(fold_header(word), _UNKNOWN) for word in words)
    return Header(first, (words,), words, meanings, source.required)


def _pair(top: Header, below: Sequence[str], lexicon: dict[str, str]) -> Header | None:
    """The header that `top` makes with the row below it, None when that row is no row of sub-headings."""
    subs = [*below, *[""] * (top.width - len(below))]
    if len(subs) > top.width or not any(subs):
        return None
    words, meanings, group = [], [], ""
    for upper, sub in zip(top.words, subs, strict=True):
        # A merged cell holds its word in its first column only: the columns after it belong to that group.
        group = upper or (group if sub else "")
        word, meaning = _meaning(group, sub, lexicon) if sub else _meaning("", upper, lexicon)
        if sub and (meaning == _UNKNOWN or fold_header(sub) == fold_header(upper)):
            return None
        words.append(word)
        meanings.append(meaning)
    return Header(top.first, (top.rows[0], tuple(subs)), tuple(words), tuple(meanings), top.required)


def _meaning(group: str, sub: str, lexicon: dict[str, str]) -> tuple[str, str]:
    """The word and meaning of a sub-heading: together with its group (`No.` + `KK`), else by itself."""
    together = f"{group} {sub}".strip()
    if fold_header(together) in lexicon:
        return together, lexicon[fold_header(together)]
    return sub, lexicon.get(fold_header(sub), _UNKNOWN)
