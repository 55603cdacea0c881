"""The month that a file's name says, or that of its archive or folder: `PKH_LINGGA_2024-05.csv` in 2024-06.

Names say much that is no month of the list: when it was made or fetched, the number of a decree, a part, a
neighbourhood. So only one clear month with its year counts, where nothing above the header says the period's own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from pipelines.declaration import Source
from pipelines.reading.answers import is_answered_title, title_answer
from pipelines.reading.errors import Refused
from pipelines.reading.stated_period import (
    FROM_MONTH,
    NUMBER,
    OF_ANOTHER,
    SHORT,
    Stated,
    allowed_months,
    of_sheet,
    of_titles,
)

_NUMBERS = NUMBER | {word: number for word, number in SHORT.items() if word != "des"}  # `BLT DD DES 2024`: the desa
_WORD = rf"(?<![^\W_])(?P<nama>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_YEAR = r"(?P<tahun>20\d\d)(?![^\W_])"
_TWO = r"(?P<angka>0[1-9]|1[0-2])"
_MENTIONED = re.compile(rf"{_WORD}(?![^\W\d_])", re.I)
_SAID = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_WORD}[\W_]*(?:(?:tahun|thn|th|ta)[\W_]*)?{_YEAR}",
        rf"(?<![^\W_])(?P<tahun>20\d\d)[-._ ]+(?P<nama>{'|'.join(NUMBER)})(?![^\W_])(?![-._ ]*\d)",
        # digits apart, or with a blank, a dot or `_` between, are as well a part, a kecamatan, a batch
        rf"(?<![^\W_]){_TWO}(?P<antara>-?){_YEAR}(?!-?\d)",
        rf"(?<![^\W_])(?<!ta[-_ .])(?P<tahun>20\d\d)(?P<antara>-?){_TWO}(?![^\W_])(?!-?(?:\d|of\b))",
        rf"(?<![^\W_])(?:bulan|bln|periode)[\W_]*(?P<angka>0?[1-9]|1[0-2])[\W_]+(?:(?:tahun|thn|th|ta)[\W_]*)?{_YEAR}",
    )
)
_DESA_CODE = re.compile(r"\b\d\d\.\d\d\.\d\d\.\d{4}(?!\d)")
# Before a month: its day, the number of a letter, or the other end of a span; behind it, that.
_DAY = re.compile(r"(?<!\d)\d{1,3}[-._, ]*$")
_TILL = r"(?:s\W?d\b\W?|sampai|hingga)"
_TO = rf"(?:{_TILL}|dan|ke|[,&+])"
_FROM = re.compile(rf"(?:\d\W*{_TO}|\b{_TILL})\W*$", re.I)
_UNTIL = re.compile(rf"^\W*(?:(?:{_TO}|-) *\d|{_TILL})", re.I)
# What is counted or placed by what stands behind it: `RT 05`, `Tahap 02-2024`, `Kec Juli 2024`.
_COUNTED = re.compile(
    r"\b(?:rt|rw|dusun|dsn|lingkungan|desa|ds|kelurahan|kel|kecamatan|kec|tahap|gelombang|gel|batch|termin|triwulan|tw|"
    r"semester|sem|smt|minggu|kelompok|klp|kuota|versi|ver|v|ke|bagian|part|hal|halaman|file|berkas|blok|kode|thp|"
    r"lamp\w*|bap|kampung|kp|nagari|gampong|pekon|negeri|jorong|korong|zona|tps|wil\w*|sungai|sei|tanjung|tj|pulau|"
    r"teluk|bukit|batu|ta)\W*$",
    re.I,
)
# Behind these, or beside those, stands when it was made, fetched or handed over.
_MADE_BEFORE = re.compile(
    r"\b(?:up ?date\w*|revisi|rev|koreksi|perbaikan|(?:di)?(?:kirim|terima|buat|olah|ambil|tarik|salin|verifikasi)\w*|"
    r"perubahan|pemadanan|padan|verval|hasil|terbit|upload|up|edit|tanda|ttd|surat|kpts|kep|ba|bast|sp2d|perpres|inpres|"
    r"pergub|penetapan|berlaku|dari|cut ?off|final\w*|closing|pengganti|usulan)\b",
    re.I,
)
_MADE = re.compile(r"(?<![^\W_])(?:di)?(?:unduh|cetak|download|ekspor|export|back ?up|cadang|scan|pindai)", re.I)


def check_named_period(titles: Iterable[Sequence[str]], berkas: str, source: Source, lembar: str = "") -> None:
    """Refuse a list whose file's name says another month than its folder, unless its titles or sheet say the right."""
    allowed, named = allowed_months(berkas, source), month_of_name(berkas, source)
    if allowed is None or named is None or named.fits(allowed) or is_answered_title(named.words, source):
        return
    month = allowed.stop - 1
    said = (*of_sheet(lembar, month), *of_titles(titles, month))
    if not any(s.fits(allowed) and not s.is_year for s in said):
        raise Refused(
            f"nama berkas atau foldernya menyebut {named.words}, bukan periode {berkas[:7]}; taruh daftar periode ini, "
            "pindahkan berkasnya ke folder periodenya, atau betulkan namanya bila isinya memang periode ini"
            f"{title_answer(named.words, source, berkas)}"
        )


def month_of_name(berkas: str, source: Source) -> Stated | None:
    """The month that the name of a file says, else the nearest of its archive and folders below the source's."""
    path = PurePosixPath(berkas)
    folders = (re.sub(r"\.zip$", "", name, flags=re.I) for name in reversed(path.parent.parts[2:]))
    own = re.compile(rf"\b(?:{'|'.join(map(re.escape, _own_words(source)))})\b", re.I)
    return next((said for name in (path.stem, *folders) if (said := _month_of(name, own))), None)


def _month_of(name: str, own: re.Pattern[str]) -> Stated | None:
    """The one month of a name; None where it says none, several, or one of something else."""
    name = _DESA_CODE.sub("-", name)
    found = {(said.start(), said.end()): said for pattern in _SAID for said in pattern.finditer(name)}
    months = {_month(said) for said in found.values()}
    mentioned = {_NUMBERS[word["nama"].lower()] for word in _MENTIONED.finditer(name)}
    if len(months) != 1 or mentioned - {month % 12 + 1 for month in months} or _MADE.search(name):
        return None
    said, *_ = found.values()
    before = own.sub(" ", name[: said.start()].replace("_", " "))
    after = name[said.end() :].replace("_", " ")
    if any(_is_of_another(before, after)):
        return None
    month, words = months.pop(), " ".join(said[0].lower().split())
    return Stated(month, month, words, bool(FROM_MONTH.search(before)))


def _is_of_another(before: str, after: str) -> Iterator[bool]:
    yield any(pattern.search(before) for pattern in (_DAY, _FROM, _COUNTED, _MADE_BEFORE, OF_ANOTHER))
    yield bool(_UNTIL.search(after))


def _month(said: re.Match[str]) -> int:
    """The month, counted from year 0."""
    parts = said.groupdict()
    number = _NUMBERS[parts["nama"].lower()] if parts.get("nama") else int(parts["angka"])
    return int(parts["tahun"]) * 12 + number - 1


def _own_words(source: Source) -> list[str]:
    words = (source.name.replace("_", " "), source.program, *source.programs)
    return sorted({word for word in words if word}, key=len, reverse=True)
