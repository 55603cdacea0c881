"""What kind of row a row below the header is: data, or one of the kinds that a list carries besides.

In doubt a row is `data`: then it ends in quarantine with a reason, where a person sees it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from pipelines.declaration import Kind, Source, fold_header
from pipelines.reading.bands import band_of
from pipelines.reading.errors import Refused
from pipelines.reading.header import Header, digits

RowKind = Literal["data", "judul", "kepala", "nomor", "total", "tanda_tangan", "catatan", "nihil"]

IDENTIFIER_KINDS: tuple[Kind, ...] = ("nik", "no_kk", "psnoka")
SURE_LENGTH = 9
_FEW_CELLS, _A_HEADER = 3, 3
_THOUSANDS = 4  # digits
_MIN_ORDINALS, _MIN_MARKED, _LONGEST_ORDINAL = 3, 2, 3

_MONTHS = (
    "jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|juni?|juli?|agu?s?t?(?:us)?|sept?(?:ember)?|"
    "okt(?:ober)?|no[vp](?:ember)?|des(?:ember)?"
)
_TOTAL = re.compile(r"(?:sub|grand)?[\s-]*(?:total|jumlah|jml)\b|terbilang\b|subtotal", re.I)
_TOTAL_WORDS = frozenset((
    "sub", "grand", "total", "subtotal", "jumlah", "jml", "keseluruhan", "seluruhnya", "seluruh", "semua",
    "umum", "akhir", "bulan", "ini", "dana", "bantuan", "blt", "dd", "rp", "kk", "kpm", "orang", "jiwa",
    "keluarga", "penerima", "manfaat", "warga", "peserta", "rupiah", "terbilang", "data", "baris", "nol",
    "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
    "belas", "puluh", "seratus", "ratus", "seribu", "ribu", "sejuta", "juta", "milyar", "miliar",
))  # fmt: skip
_ACTING = r"(?:(?:a\.?n|pj|plt|plh|u\.?b)\b[. ]*)*"
_SIGNATURE = re.compile(
    r"(?:yang )?(?:mengetahui|menyetujui|mengesahkan|menyaksikan)\b.*"
    r"|(?:disahkan|disetujui|diketahui|dibuat|ditetapkan)\b.*"
    r"|(?:pada|di) ?tanggal\b.*"
    rf"|{_ACTING}(?:kepala|sekretaris|bendahara|kaur|kasi|perangkat) (?:desa|kelurahan|dusun|dinas|"
    r"keuangan|pelayanan|kesejahteraan|urusan|seksi|lingkungan)\b.*"
    rf"|{_ACTING}(?:lurah|camat|kades|sekdes|kadus|sekcam|bupati)\b.*"
    r"|(?:ketua (?:bpd|rt|rw|tim|badan)|pendamping (?:desa|pkh|lokal)|petugas|pelaksana kegiatan|tksk)\b.*"
    rf"|[a-z][a-z .'/-]*, *(?:[\d. _…]+ *)?(?:tgl )?(?:{_MONTHS})\b[ \d.…_]*"
    r"|[a-z][a-z .'/-]*, *\d{1,2}[-/]\d{1,2}[-/]\d{2,4}"
    r"|\(? *(?:[._…-] *){3,}\)?"
    r"|\( *[a-z .,'…_]*\)"
    r"|ni(?:p|pd|rp)\b.*"
    r"|ttd\b.*|cap dan .*|tanda tangan\b.*",
    re.I | re.S,
)
_NOTE = re.compile(r"(?:catatan|keterangan|ket|nb|sumber|note|lampiran|tembusan)\b *([:.]?)", re.I)

# Nobody is called so, and nothing else stands in the row: the heading of a part of the list.
_PART = re.compile(r"(?:(?:dusun|dsn|lingkungan|rt|rw)\b[ .:/]*[\w .'/-]{0,30}){1,3}", re.I)
_OTHER_DESA = re.compile(r"(?:desa|kelurahan) *:? *[a-z][a-z .'-]{2,40}", re.I)

# A list of nobody says so in a row; its number may stand before it.
_NIL = re.compile(r"n *i *h *i *l\.?|(?:tidak|tdk) ada(?: data| penerima| kpm| warga)?|kosong|[-\u2013\u2014]+", re.I)
_ROW_NUMBER = re.compile(r"\d{1,3}[.)]?")


def identifier_columns(header: Header, source: Source) -> dict[str, int]:
    """The fields that identify somebody and have a column -> that column."""
    kinds = source.kinds()
    return {field: column for field, column in header.columns.items() if kinds[field] in IDENTIFIER_KINDS}


def is_sure(identifiers: Sequence[str]) -> bool:
    """Tell a row that is data whatever else it holds: one of its identifier cells looks like a number.

    One with points or commas may be the amount of a total: that row is looked at.
    """
    for cell in identifiers:  # of every row: a generator would cost as much again
        if len(cell) >= SURE_LENGTH and "0" <= cell[0] <= "9" and "." not in cell and "," not in cell:
            return True
    return False


class Walk:
    """Names the kind of each row below a header, downwards: `###` or a signature colours what follows.

    `band`: field -> value, what the last bands above the row state.
    """

    def __init__(self, header: Header, source: Source) -> None:
        """`header`: accepted and settled; its identifier fields tell data from everything else."""
        kinds = source.kinds()
        self._identifiers = list(identifier_columns(header, source).values())
        self._nama = [c for f, c in header.columns.items() if kinds[f] == "nama"]
        self._repeats = {_fold(row) for row in (*header.rows, header.words)}
        self._columns, self._words = header.columns, source.header()
        self._banded = header.banded
        self._of_one_desa = header.titles[0] is not None and not {"desa", "kode_wilayah"} & header.columns.keys()
        self.band: dict[str, str] = {}
        self._ended = False
        self._signed = False

    def kind(self, cells: Sequence[str]) -> RowKind:
        """The kind of the next row; `cells` are clean text, at least one of them not blank.

        Raises Refused at a header with the columns in other places: what follows it cannot be read by the first.
        """
        if self._is_band(cells):
            return "judul"
        identifiers = [cells[c] for c in self._identifiers if c < len(cells)]
        if is_sure(identifiers) and not self._ended:
            self.pass_data()
            return "data"
        filled = [cell for cell in cells if cell]
        if self._ended or filled == ["###"]:  # `########` is a number in a column too narrow
            self._ended = True
            return "catatan"
        named = any(cells[c] for c in self._nama if c < len(cells))
        return self._printed(cells, filled) or self._foot(filled, any(identifiers), named)

    def pass_data(self) -> None:
        """Take note of a sure data row: whatever block stood above it is over."""
        self._signed = False

    def _is_band(self, cells: Sequence[str]) -> bool:
        if self._ended or not (stated := band_of(cells, self._banded)):
            return False
        self.band |= [stated]
        return True

    def _printed(self, cells: Sequence[str], filled: Sequence[str]) -> RowKind | None:
        """What a form prints between its rows."""
        if _fold(cells) in self._repeats or self._is_header(cells):
            return "kepala"
        if len(filled) == 1 and _PART.fullmatch(filled[0]):
            return "judul"
        if self._of_one_desa and len(filled) == 1 and _OTHER_DESA.fullmatch(filled[0]):
            raise Refused("judul desa di tengah daftar satu desa; beri kolom desa, atau pisahkan menurut desanya")
        if _is_nil(filled):
            return "nihil"
        if _is_ordinals(filled):
            return "nomor"
        return "total" if self._is_total(cells, filled) else None

    def _is_header(self, cells: Sequence[str]) -> bool:
        said = {c: self._words[word] for c, cell in enumerate(cells) if (word := fold_header(cell)) in self._words}
        if len(set(said.values())) < _A_HEADER:
            return False
        if any(self._columns.get(field) != c for c, field in said.items()):
            raise Refused(
                "ada kepala tabel lain di tengah daftar; pisahkan kedua tabel itu ke lembar atau berkas sendiri"
            )
        return True

    def _is_total(self, cells: Sequence[str], filled: Sequence[str]) -> bool:
        if not _TOTAL.match(filled[0]):
            return False
        # A person may be called JUMLAH: under a name's header only words that a total uses make a total.
        first = next(c for c, cell in enumerate(cells) if cell)
        heads = filled[:1] if first in self._nama else []
        return all(_is_amount(cell) for cell in (*heads, *filled[1:]))

    def _foot(self, filled: Sequence[str], identified: bool, named: bool) -> RowKind:
        if len(filled) <= _FEW_CELLS and (found := _NOTE.match(filled[0])) and (found[1] or not (identified or named)):
            return "catatan"
        if identified and not self._is_signature(filled):
            return "data"
        if self._is_signature(filled):
            self._signed = True
            return "tanda_tangan"
        if (
            self._signed
            and len(filled) <= _FEW_CELLS
            and not filled[0].isdecimal()
            and not (named and _has_amount(filled))
        ):
            return "tanda_tangan"
        return "data"

    @staticmethod
    def _is_signature(filled: Sequence[str]) -> bool:
        return len(filled) <= _FEW_CELLS and all(_SIGNATURE.fullmatch(cell) for cell in filled)


def _fold(cells: Sequence[str]) -> tuple[str, ...]:
    folded = [fold_header(cell) for cell in cells]
    while folded and not folded[-1]:
        folded.pop()
    return tuple(folded)


def _is_nil(filled: Sequence[str]) -> bool:
    """`NIHIL`, `1 | - | - | -`: a row of nobody."""
    said = filled[1:] if _ROW_NUMBER.fullmatch(filled[0]) else filled
    return bool(said) and all(_NIL.fullmatch(cell) for cell in said)


def _is_ordinals(filled: Sequence[str]) -> bool:
    """`(1) (2) (3)`, `1 2 3`, or -1 -2 -3 as Excel reads the first."""
    marked = all(cell[0] in "(-" for cell in filled)
    if len(filled) < (_MIN_MARKED if marked else _MIN_ORDINALS):
        return False
    bare = [cell.strip("()-. ") for cell in filled]
    if not all(cell.isdecimal() and len(cell) <= _LONGEST_ORDINAL for cell in bare):
        return False
    numbers = [int(cell) for cell in bare]
    return numbers[0] in (0, 1) and all(b - a == 1 for a, b in pairwise(numbers))


def _has_amount(filled: Sequence[str]) -> bool:
    """Below a signature somebody was added: a number of thousands, which is none of a signature's (NIP)."""
    return any(digits(cell) >= _THOUSANDS and not _SIGNATURE.fullmatch(cell) for cell in filled)


def _is_amount(cell: str) -> bool:
    words = re.findall(r"[^\W\d_]+", cell.casefold())
    return all(word in _TOTAL_WORDS for word in words)
