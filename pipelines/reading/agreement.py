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
# Days 41 to 71 stand in the NIK of every woman and in no No KK (domain.md 2.1). Half of a list are women: a column of
# twenty NIK without one has a chance below 1 in 10^6.
_ENOUGH_NUMBERS, _WOMANS_SHARE = 20, 0.10
_WOMAN = re.compile(r"\d{6}[4-7]\d{9}")
_BLANK = frozenset(("", "-", "--", "null", "n/a", "#n/a", "nihil", "0"))
# A row's number, also as the place for its signature (`3. ......`).
_ORDINAL = re.compile(r"\(?\d{1,5}[.)]?[ ._\u2026]*|[ ._\u2026]+")
_A_NUMBER = 6  # digits that no name and no date word has

Against = Callable[[str], bool]


# What speaks against a column: a cell that cannot be of its kind, however damaged.
_AGAINST: dict[Kind, Against] = {
    **{kind: lambda cell: digits(cell) == 0 and any(map(str.isalpha, cell)) for kind in IDENTIFIER_KINDS},
    "nama": lambda cell: digits(cell) >= _A_NUMBER,
    "tanggal": lambda cell: digits(cell) > 2 * _A_NUMBER,
    "rupiah": lambda cell: digits(cell) == 0 or digits(cell) > 2 * _A_NUMBER,
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
    if _womens(no_kk) > _WOMANS_SHARE * len(no_kk) > 0 and len(nik) >= _ENOUGH_NUMBERS and not _womens(nik):
        raise Refused("kolom NIK dan No KK tampaknya tertukar; betulkan kepalanya, lalu ulangi", baris)


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
    bare = (re.sub(r"\D", "", cell) for cell in cells)
    return [cell for cell in bare if len(cell) >= len("PPKKCCDDMMYYSSSS")]


def _womens(numbers: Sequence[str]) -> int:
    return sum(_WOMAN.match(number) is not None for number in numbers)
