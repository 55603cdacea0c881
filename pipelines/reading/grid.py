"""Where the header of a grid of text cells stands, and what its words mean."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.declaration import Source, fold_header
from pipelines.handover import PLAIN, recognise
from pipelines.reading.bands import fields_of_bands
from pipelines.reading.header import IGNORED, UNKNOWN, Header, digits, has_number
from pipelines.reading.rows import identifier_columns
from pipelines.reading.titles import titles_of

SEARCHED_ROWS = 30
_MIN_KNOWN, _GROUPS = 2, 3
_LOOKED_AT = 5  # rows below a header that tell whether it heads a table
# `NIK (16 digit)`, `Nama (sesuai KTP)`: what changes no meaning. `Nama (Ibu)` does.
_REMARK = re.compile(
    r"[(\[] *(?:sesuai +(?:e-?)?(?:ktp|kk)|(?:e-?)?ktp|\d* *(?:digit|angka)|d{1,2}[-/ ]m{1,2}[-/ ]y{2,4}|"
    r"tgl[-/ ]bln[-/ ]th?n?|hh[-/ ]bb[-/ ]tttt|rp\.?|"
    r"l */ *p|lk */ *pr?|wajib(?: diisi)?|huruf (?:kapital|besar)) *[)\]]",
    re.I,
)

# Groups of header words that say of nobody else that what stands below them is his.
_NEUTRAL = frozenset((
    "alamat", "bantuan", "besaran", "biodata", "blt", "bulan", "daftar", "dan", "dana", "data", "dd", "desa",
    "di", "diri", "dokumen", "domisili", "dusun", "identitas", "individu", "induk", "jumlah", "kartu",
    "kecamatan", "kelahiran", "kelurahan", "kependudukan", "ket", "keterangan", "kpm", "lahir", "lokasi",
    "manfaat", "nama", "no", "nomor", "nominal", "orang", "penduduk", "penerima", "peserta", "pm", "pribadi",
    "program", "rt", "rw", "tanggal", "tempat", "tgl", "tinggal", "tahun", "umum", "warga", "wilayah",
))  # fmt: skip

_SEX = frozenset(("jeniskelamin", "jk", "kelamin", "lp"))
_TICKED = frozenset(("l", "p", "lk", "pr", "lakilaki", "perempuan"))

Grid = Sequence[Sequence[str]]


def locate(grid: Grid, source: Source, berkas: str = "") -> Header | None:
    """Find the row, or pair of rows, that is most like a header of `source`; None when nothing is.

    `berkas`: the file's path below the drop folder. What is found may still be refused: `accept` says so.
    """
    lexicon = _lexicon(source)
    best: Header | None = None
    lower = -1  # the lower row of a pair is no header by itself: it leaves out what only the upper row names
    for first in range(min(len(grid), SEARCHED_ROWS)):
        single = _single(grid[first], first, lexicon, source)
        below = grid[first + 1] if first + 1 < len(grid) else ()
        if first == lower or (single.known < _MIN_KNOWN and not _may_head(single.words, below)):
            continue
        pair = _pair(single, below, lexicon)
        candidate, lower = pair or single, first + 1 if pair else lower
        if candidate.known < _MIN_KNOWN:
            continue
        if candidate.columns and (best is None or candidate.score > best.score):
            best = candidate
    if best is None:
        return None
    best = _without_others(_laid_out(best, source), source)
    body = grid[best.last + 1 :]
    banded = fields_of_bands(body, best.columns.keys())
    titles = titles_of(grid[: best.first], berkas, source, best.columns.keys() | banded, best.required)
    return replace(best, banded=banded, titles=titles, heads_numbers=_heads_numbers(best, body, source))


def _heads_numbers(header: Header, body: Grid, source: Source) -> bool:
    """Whether numbers, and no words, stand below the identifiers' words: it heads a table, and is no row of a form."""
    identifiers = identifier_columns(header, source).values()
    cells = [row[c] for row in body[:_LOOKED_AT] for c in identifiers if c < len(row)]
    return any(map(has_number, cells)) and not any(any(map(str.isalpha, cell)) for cell in cells)


def _lexicon(source: Source) -> dict[str, str]:
    """Folded word -> field name, or '' for a word known and unused."""
    return {"": IGNORED, **dict.fromkeys(source.ignored_words(), IGNORED), **source.header()}


def _look_up(word: str, lexicon: dict[str, str]) -> str:
    """The meaning of a header word: as it stands, else without a remark on how to fill it in."""
    plain = lexicon.get(fold_header(word))
    return plain if plain is not None else lexicon.get(fold_header(_REMARK.sub("", word)), UNKNOWN)


def _laid_out(header: Header, source: Source) -> Header:
    """The header as the form that its words are marks of reads them."""
    layout, kinds = recognise(source, header.words), source.kinds()
    if layout is PLAIN:
        return header
    reads = {fold_header(word): name if name in kinds else IGNORED for word, name in layout.reads.items()}
    pairs = zip(header.words, header.meanings, strict=True)
    meanings = tuple(reads.get(fold_header(word), meaning) for word, meaning in pairs)
    return replace(header, meanings=meanings, required=layout.required or header.required, layout=layout)


def _without_others(header: Header, source: Source) -> Header:
    """The header without the columns that tell of somebody else, where the one listed has his own."""
    others = {fold_header(word) for word, name in source.beside.items() if name in header.columns}
    pairs = zip(header.words, header.meanings, strict=True)
    meanings = tuple(IGNORED if m == UNKNOWN and fold_header(w) in others else m for w, m in pairs)
    return replace(header, meanings=meanings)


def _single(cells: Sequence[str], first: int, lexicon: dict[str, str], source: Source) -> Header:
    words = tuple(cells)
    meanings = tuple(_look_up(word, lexicon) for word in words)
    return Header(first, (words,), words, meanings, source.required)


def _may_head(upper: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row of few known words may be the upper of two header rows: it names what the lower leaves blank."""
    alone = [word for at, word in enumerate(upper) if word and not (at < len(below) and below[at])]
    return sum(map(bool, upper)) >= _GROUPS and bool(alone)


def _pair(top: Header, below: Sequence[str], lexicon: dict[str, str]) -> Header | None:
    """The header that `top` makes with the row below it, None when that row is no row of sub-headings."""
    subs = [*below, *[""] * (top.width - len(below))]
    if len(subs) > top.width or not any(subs):
        return None
    words, meanings, groups, strange, first = [], [], Counter[int](), dict[int, int](), 0
    for at, (upper, sub) in enumerate(zip(top.words, subs, strict=True)):
        # A merged cell holds its word in its first column only: the columns after it belong to that group.
        first = first if sub and not upper else at
        word, meaning = _meaning(top.words[first], sub, lexicon) if sub else _meaning("", upper, lexicon)
        if sub and fold_header(sub) == fold_header(upper):
            return None
        if sub and meaning == UNKNOWN and _look_up(sub, lexicon) == UNKNOWN:
            strange[at] = first
        groups[first] += bool(fold_header(sub))
        words.append(word)
        meanings.append(meaning)
    if strange and not _are_sub_headings(strange, top.words, subs, groups):
        return None
    return Header(top.first, (top.rows[0], tuple(subs)), tuple(words), tuple(meanings), top.required)


def _are_sub_headings(
    strange: Mapping[int, int], upper: Sequence[str], subs: Sequence[str], groups: Counter[int]
) -> bool:
    """Whether a row with unknown words is one of sub-headings all the same, and no row of data: each of them stands in
    a group that is merged over several, without a digit, and no fewer of the row's words are known.

    `strange`: the column of each -> that in which its group begins; `groups`: how many sub-headings each group has.
    """
    grouped = all(upper[first] and subs[first] and groups[first] > 1 for first in strange.values())
    return grouped and not any(digits(subs[at]) for at in strange) and 2 * len(strange) <= groups.total()


def _meaning(group: str, sub: str, lexicon: dict[str, str]) -> tuple[str, str]:
    """The word and meaning of a sub-heading: together with its group (`No.` + `KK`), else by itself under a group that
    says nothing of whose it is; the name under `Ibu` is not the person's."""
    together = f"{group} {sub}".strip()
    if fold_header(together) in lexicon:
        return together, lexicon[fold_header(together)]
    if fold_header(group) in _SEX and fold_header(sub) in _TICKED:  # a tick under one of two: told, and not read
        return together, IGNORED
    meaning = _look_up(sub, lexicon)
    if group and meaning != IGNORED and not _NEUTRAL.issuperset(_words(group)):
        return together, UNKNOWN
    return sub, meaning


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))
