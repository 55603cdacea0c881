"""The month or year that a list says it is of, in its titles or its sheet's name.

A list of another month has the right columns and the wrong people. What a title says besides is lawful: the date of a
decree, of a survey or of the printing, a span of months that has the period in it, the months of the source's cadence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.declaration import Source
from pipelines.period import MONTHS, is_month
from pipelines.reading.answers import is_answered_title, title_answer
from pipelines.reading.errors import Refused

NUMBER = {name: at for at, name in enumerate(MONTHS, 1)} | {"pebruari": 2, "nopember": 11}
SHORT = {name[:3]: at for name, at in NUMBER.items()} | {"agt": 8, "ags": 8, "sept": 9}
FROM_MONTH, _YEAR = re.compile(r"\b(?:per|posisi|keadaan)\W*$", re.I), r"(20\d\d)\b"
# `31 Mei 2024` is a date, `Kecamatan Juli` a place.
_MONTH = re.compile(
    rf"(?<!\d )(?<!\d)(?<!\d-)(?<!\bdesa )(?<!\bkec )(?<!\bkecamatan )(?<!\bkelurahan )"
    rf"\b({'|'.join(NUMBER)})\b(?:[\W_]*(?:tahun|thn|th)?[\W_]*{_YEAR})?",
    re.I,
)
_DIGITS = re.compile(rf"\b(?:bulan|periode|bln)\b[\W_]*(0?[1-9]|1[0-2])[-/. ]+{_YEAR}", re.I)
_ONLY_YEAR = re.compile(rf"\b(?:tahun|thn|th|t\.? ?a|periode)\b\.?[ :]*(?:anggaran[ :]*)?{_YEAR}(?! *[-/]\d)", re.I)
_SHEET = re.compile(rf"(?:bulan|bln)?[\W_]*({'|'.join(SHORT)})[\W_]*(?:(20)?(\d\d))?", re.I)
_SHEET_DIGITS = re.compile(rf"(0?[1-9]|1[0-2])[-_. ]+{_YEAR}|{_YEAR}[-_. ]+(0[1-9]|1[0-2])", re.I)
_SHEET_YEAR = re.compile(rf"(?:tahun|thn|th|ta)?[\W_]*{_YEAR}", re.I)
# `TAHAP 2 MEI 2023`: the second part, and no day.
_PART_NUMBER = re.compile(r"\b(tahap|gelombang|termin|triwulan|tw)(\W{0,2}(?:ke\W{0,2})?\d{1,2})(?=\W)", re.I)
_YEAR_ALONE = re.compile(rf"(?:tahun|thn|th|t\.? ?a)?\b[ .:]*(?:anggaran[ :]*)?{_YEAR}", re.I)
# What stands behind these, up to a TENTANG, is the date of something else than the list.
OF_ANOTHER = re.compile(
    r"\b(?:sk|no|nomor|keputusan|peraturan|perkades|perdes|perbup|pmk|permen\w*|kepmen\w*|undang|uu|apbdes|apbd|apbn|"
    r"sesuai|berdasarkan|dtks|regsosek|sumber|pendataan|survei|survey|musdes|musdesus|musyawarah|dicetak|cetak|dibuat|"
    r"ditetapkan|diunduh|unduh|tanggal|tgl|data awal|sejak|mulai|lahir)\b",
    re.I,
)


@dataclass(frozen=True)
class Stated:
    """Months (counted from year 0) that a text says, and the words that say so; `late`: it may be a month old."""

    first: int
    last: int
    words: str
    late: bool = False

    def fits(self, allowed: range) -> bool:
        """Whether one of its months is allowed."""
        return self.first < allowed.stop and self.last + self.late >= allowed.start

    @property
    def is_year(self) -> bool:
        """Whether it says no month."""
        return self.last - self.first == len(MONTHS) - 1


def check_period(titles: Iterable[Sequence[str]], berkas: str, source: Source, lembar: str = "") -> None:
    """Refuse a list whose titles, or whose sheet's name, say another month or year than its folder, and not its own."""
    allowed = allowed_months(berkas, source)
    if allowed is None:
        return
    for said in (of_sheet(lembar, allowed.stop - 1), of_titles(titles, allowed.stop - 1)):
        if wrong := _contradicting(said, allowed, source):
            raise another_period(wrong[0], source, berkas, lembar)


def is_of_another_month(lembar: str, berkas: str, source: Source) -> bool | None:
    """Whether a sheet's name says a month that is not the period's; None: it says none."""
    allowed = allowed_months(berkas, source)
    said = of_sheet(lembar, allowed.stop - 1) if allowed else []
    return not any(s.fits(allowed) for s in said) if allowed and said else None


def of_titles(titles: Iterable[Sequence[str]], month: int) -> list[Stated]:
    """What the rows above a header say. `month`: the period's, for the year that they leave out."""
    rows = [" ".join(" ".join(row).split()) for row in titles]
    return [said for row, below in pairwise([*rows, ""]) for said in _of_title(row, below, month)]


def of_sheet(lembar: str, month: int) -> list[Stated]:
    """What a sheet's name says. `month`: the period's, for the year that it leaves out."""
    name = lembar.strip()
    if found := _SHEET.fullmatch(name):
        year = int(f"20{found[3]}") if found[3] else month // 12
        return [of_month(year, SHORT[found[1].lower()], name)]
    if found := _SHEET_DIGITS.fullmatch(name):
        return [of_month(int(found[2] or found[3]), int(found[1] or found[4]), name)]
    if found := _SHEET_YEAR.fullmatch(name):
        return [of_year(int(found[1]), name)]
    return of_row(name, month)


def _contradicting(said: Sequence[Stated], allowed: range, source: Source) -> list[Stated]:
    """What says another period: a year where nothing says the right one, a month where no month does."""
    fits = [s for s in said if s.fits(allowed)]
    monthly = any(not s.is_year for s in fits)
    wrong = (s for s in said if not s.fits(allowed) and not monthly and not (s.is_year and fits))
    return [s for s in wrong if not is_answered_title(s.words, source)]


def another_period(stated: Stated, source: Source, berkas: str, lembar: str, baris: int | None = None) -> Refused:
    """The question about a list that says another period than its folder."""
    return Refused(
        f"daftar ini menyebut dirinya {stated.words}, bukan periode {berkas[:7]}; taruh daftar periode ini, atau "
        f"pindahkan berkasnya ke folder periodenya{title_answer(stated.words, source, berkas, lembar)}",
        baris,
    )


def allowed_months(berkas: str, source: Source) -> range | None:
    """The months that a delivery of this path may be of: the period's, and those that its source's lists stand for."""
    if not is_month(berkas[:7]):
        return None
    month = int(berkas[:4]) * 12 + int(berkas[5:7]) - 1
    return range(month - source.cadence_months + 1, month + 1)


def _of_title(row: str, below: str, month: int) -> list[Stated]:
    """What a row of titles says, with the year, where it is another, that stands alone on the row below its month."""
    year = _YEAR_ALONE.fullmatch(below)
    if year is None or re.search(_YEAR, row) or int(year[1]) == month // len(MONTHS):
        return of_row(row, month)
    return [replace(s, words=f"{s.words} {year[1]}") for s in of_row(row, int(year[1]) * len(MONTHS))]


def of_row(row: str, month: int) -> list[Stated]:
    """What one row of titles says: its months as one span, else its year."""
    plain = _PART_NUMBER.sub(lambda part: part[1] + "-" * len(part[2]), row)
    named = [(m, NUMBER[m[1].lower()]) for m in _MONTH.finditer(plain)]
    found = [*named, *((m, int(m[1])) for m in _DIGITS.finditer(row))]
    found = sorted((pair for pair in found if _is_its_own(row, pair[0])), key=lambda pair: pair[0].start())
    if not found:
        return [of_year(int(m[1]), m[0]) for m in _ONLY_YEAR.finditer(row) if _is_its_own(row, m)]
    months, year = list[int](), month // 12
    for match, number in reversed(found):  # `April - Juni 2024`: the year stands behind the last
        year = int(match[2] or year)
        months.append(year * 12 + number - 1)
    start, end = found[0][0].start(), found[-1][0].end()
    return [Stated(min(months), max(months), row[start:end].lower(), bool(FROM_MONTH.search(row[:start])))]


def _is_its_own(row: str, found: re.Match[str]) -> bool:
    before = re.split(r"\btentang\b", row[: found.start()], flags=re.I)[-1]
    return not OF_ANOTHER.search(before)


def of_month(year: int, number: int, words: str) -> Stated:
    """One month, as these words say."""
    return Stated(year * 12 + number - 1, year * 12 + number - 1, " ".join(words.lower().split()))


def of_year(year: int, words: str) -> Stated:
    """A whole year, as these words say."""
    return Stated(year * 12, year * 12 + 11, " ".join(words.lower().split()))
