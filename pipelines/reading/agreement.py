"""Does what stands below a header agree with what the header says? Where it does not, the file is a question.

A name under `NIK`, or No KK and NIK in each other's place, would be read without a complaint and link the wrong
people; a refused file costs a question.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from pipelines.declaration import Kind, Source
from pipelines.reading.answers import answer_places
from pipelines.reading.errors import Refused
from pipelines.reading.header import IGNORED, Header, digits, quote
from pipelines.reading.rows import IDENTIFIER_KINDS

SAMPLED_ROWS = 300
# Fewer cells than this say nothing about their column; a column agrees while no more than half of them speak against.
_FEW, _MOST = 3, 0.5
# Days 41 to 71 stand in the NIK of every woman and in no No KK; the date in a No KK is that of its issue, none of them
# before SIAK (domain.md 2.1). So two numbers of a born person, a tenth of the column, are no slips under No KK, and ten
# numbers without a woman or a birth before 1995 are no NIK: of ten heads of family nine are older.
_SLIPS, _BORN_SHARE, _ENOUGH_NUMBERS = 1, 0.10, 10
_DATED = re.compile(r"\d{6}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")
_WOMAN = re.compile(r"\d{6}[4-7]\d{9}")
_OLDEST_CARD = 95  # the year, in two digits
_BLANK = frozenset(("", "-", "--", "null", "n/a", "#n/a", "nihil", "0"))
# A row's number, also as the place for its signature (`3. ......`).
_ORDINAL = re.compile(r"\(?\d{1,5}[.)]?[ ._\u2026]*|[ ._\u2026]+")
_A_NUMBER = 6  # digits that no name and no date word has
_THOUSANDS = 4  # digits

Against = Callable[[str], bool]


# What speaks against a column: a cell that cannot be of its kind, however damaged.
_AGAINST: dict[Kind, Against] = {
    **{kind: lambda cell: digits(cell) == 0 and any(map(str.isalpha, cell)) for kind in IDENTIFIER_KINDS},
    "nama": lambda cell: digits(cell) >= _A_NUMBER,
    "tanggal": lambda cell: digits(cell) > 2 * _A_NUMBER,
    # no aid is below a thousand rupiah: a number of persons is
    "rupiah": lambda cell: not _THOUSANDS <= digits(cell) <= 2 * _A_NUMBER,
}


def check_agreement(
    header: Header, source: Source, rows: Iterable[Sequence[str]], baris: int, berkas: str = ""
) -> None:
    """Refuse a table whose cells say otherwise than its header.

    `rows`: the cells of its data rows, of which the first SAMPLED_ROWS are looked at; `baris`: the header's row;
    `berkas`: the file's path below the drop folder.
    """
    kinds = source.kinds()
    sample = list(islice(rows, SAMPLED_ROWS))
    _check_nameless(header, sample, baris)
    cells = {
        field: [row[at] for row in sample if at < len(row) and row[at].casefold() not in _BLANK]
        for field, at in header.columns.items()
    }
    for field, filled in cells.items():
        against = _AGAINST.get(kinds[field])
        if against and len(filled) >= _FEW and sum(map(against, filled)) > _MOST * len(filled):
            word = quote(header.words[header.columns[field]])
            raise Refused(
                f"isi kolom {word} tampaknya bukan {field}: periksa apakah isinya bergeser atau kepalanya tertukar, "
                f"betulkan, atau jawab artinya di {answer_places(source, berkas)}",
                baris,
            )
    nik, no_kk = (_numbers(cells.get(field, [])) for field in ("nik", "no_kk"))
    _check_exchange(nik, no_kk, int(berkas[2:4]) if berkas[:4].isdecimal() else None, baris)


def _check_exchange(nik: Sequence[str], no_kk: Sequence[str], year: int | None, baris: int) -> None:
    """Refuse numbers of persons under No KK, and numbers of cards under NIK. `year`: the list's, in two digits."""
    born = sum(_is_born(number, year) for number in no_kk)
    if born > _SLIPS and born > _BORN_SHARE * len(no_kk):
        raise Refused(
            "kolom No KK tampaknya berisi NIK (ada tanggal lahir perempuan, atau tahun sebelum ada kartu): periksa "
            "apakah NIK dan No KK tertukar, betulkan kepala atau isinya, lalu ulangi",
            baris,
        )
    if year is not None and len(nik) >= _ENOUGH_NUMBERS and not any(_is_born(number, year) for number in nik):
        raise Refused(
            "kolom NIK tampaknya berisi No KK (tidak satu pun tanggal lahir perempuan, atau tahun lahir sebelum 1995): "
            "betulkan kepala atau isinya, lalu ulangi",
            baris,
        )


def _is_born(number: str, year: int | None) -> bool:
    """A woman's number, or one whose year no card was issued in."""
    old = year is not None and year < int(number[10:12]) < _OLDEST_CARD
    return old or _WOMAN.match(number) is not None


def _check_nameless(header: Header, sample: Sequence[Sequence[str]], baris: int) -> None:
    """Refuse a table where most rows say something under no word: what it means nobody said.

    The numbering of rows needs no word; nor does the rest of a merged column that is not used (`RT/RW` over two).
    """
    width = max(map(len, sample), default=0)
    words = [*header.words, *[""] * (width - header.width)]
    for at, word in enumerate(words):
        covered = 0 < at < header.width and words[at - 1] and header.meanings[at - 1] == IGNORED
        if word or covered:
            continue
        cells = [row[at] for row in sample if at < len(row) and row[at].casefold() not in _BLANK]
        telling = [cell for cell in cells if not _ORDINAL.fullmatch(cell)]
        if len(telling) > _MOST * len(sample):
            raise Refused(f"kolom ke-{at + 1} berisi tetapi tidak berjudul; beri judul, atau hapus isinya", baris)


def _numbers(cells: Sequence[str]) -> list[str]:
    """The whole numbers with a date in them."""
    bare = (re.sub(r"\D", "", cell) for cell in cells)
    return [number for number in bare if _DATED.fullmatch(number)]
