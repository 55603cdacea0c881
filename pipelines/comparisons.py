"""What two records of persons are compared by, as values: the levels of agreement, strongest first.

A record is a row or a piece of evidence in the columns of RECORD; `l` and `r` are the two records of one pair, their
columns carry `_l` and `_r`. `m` is how often two records of one person reach a level, `u` how often those of two
persons do: declared here for an office that has too little data to learn its own (`weights.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from pipelines.identifiers import DEFAULT_BIRTHDAYS, birth_number, without_last
from pipelines.names import ONE_SLIP, edits, similarity

# Who may be whom: numbers as int64, `lahir` the birth date as DDMMYY, missing where it tells nothing; `tahun` its last
# two digits, told also by a birthday that offices write where nobody knows it.
RECORD = (
    "nama_baku", "lahir", "tahun", "nik", "nik15", "nik12", "no_kk", "nama_ibu", "psnoka", "jenis_kelamin",
    "kode_desa", "hubungan_keluarga", "id_registri",
)  # fmt: skip
_CLOSE, _ALIKE = 0.93, 0.85  # Jaro-Winkler
_YEARS_UNSURE = 5
_FAR = 0.75  # of one slip no two names are further apart

Agreement = Callable[[ir.Table], ir.BooleanValue]


@dataclass(frozen=True)
class Level:
    """One level of agreement; `kalimat` says it to a person."""

    kalimat: str
    agrees: Agreement
    m: float
    u: float


@dataclass(frozen=True)
class Comparison:
    """The levels by which one thing is compared; the last one holds for all the rest.

    `compares` names the columns without which there is nothing to compare, and nothing is weighed, but where `despite`
    says that the two are the last level all the same. Comparisons of one
    `group` lean on each other (a NIK carries the birth, a family has one desa): of what agrees in a group only the
    strongest counts, of what differs everything.
    """

    name: str
    group: str
    compares: tuple[str, ...]
    levels: tuple[Level, ...]
    despite: Agreement | None = None

    def missing(self, t: ir.Table) -> ir.BooleanValue:
        """One of the two does not tell."""
        lacking = ibis.literal(False)
        for column in self.compares:
            lacking = lacking | t[f"{column}_l"].isnull() | t[f"{column}_r"].isnull()
        return lacking & ~self.despite(t).fill_null(False) if self.despite else lacking

    def level(self, t: ir.Table) -> ir.IntegerValue:
        """The level that a pair reaches, 1 the strongest; 0 where one side does not tell."""
        *agreeing, _ = self.levels
        reached = [(level.agrees(t).fill_null(False), at) for at, level in enumerate(agreeing, 1)]
        return ibis.cases((self.missing(t), 0), *reached, else_=len(self.levels)).cast("int64")


def _same(column: str) -> Agreement:
    return lambda t: t[f"{column}_l"] == t[f"{column}_r"]


def _slipped(column: str, length: int) -> Agreement:
    """Two numbers that are one digit, or two neighbouring digits swapped, apart.

    Edits are counted only where half of the digits, or the rest beside the middle, are the same: a hundredth of the
    cost.
    """
    half = length // 2

    def agrees(t: ir.Table) -> ir.BooleanValue:
        left, right = t[f"{column}_l"], t[f"{column}_r"]
        one_half = _same_front(left, right, half) | _same_end(left, right, half)
        middle = _same_front(left, right, half + 1) & _same_end(left, right, half - 1)
        texts = (number.cast("string").lpad(length, "0") for number in (left, right))
        return ibis.cases((one_half | middle, edits(*texts) <= ONE_SLIP), else_=False)

    return agrees


def _same_front(left: ir.IntegerValue, right: ir.IntegerValue, without: int) -> ir.BooleanValue:
    return left - left % 10**without == right - right % 10**without


def _same_end(left: ir.IntegerValue, right: ir.IntegerValue, digits: int) -> ir.BooleanValue:
    return left % 10**digits == right % 10**digits


def _alike(column: str, least: float) -> Agreement:
    return lambda t: similarity(t[f"{column}_l"], t[f"{column}_r"]) >= least


def _birth_alike(t: ir.Table) -> ir.BooleanValue:
    """One digit off, or day and month taken for each other."""
    day_first, month_first = t.lahir_l // 100 % 100, t.lahir_l // 10_000
    turned = day_first * 10_000 + month_first * 100 + t.lahir_l % 100
    return _slipped("lahir", 6)(t) | (turned == t.lahir_r)


def _years_apart(t: ir.Table) -> ir.BooleanValue:
    """Who does not know the day knows the year, but for a few."""
    years = (t.tahun_l - t.tahun_r).abs()
    return ibis.least(years, 100 - years) > _YEARS_UNSURE


def _serial_alike(t: ir.Table) -> ir.BooleanValue:
    """Region and birth the same, the serial one digit off, or cut: as one person's, and as two twins', numbers are."""
    cut = t.nik_l.isnull() | t.nik_r.isnull()
    return _same("nik12")(t) & (_slipped("nik", 16)(t) | (cut & _same("nik15")(t)))


def _slipped_beside_serial(t: ir.Table) -> ir.BooleanValue:
    return ~_same("nik12")(t) & _slipped("nik", 16)(t)


def _misspelt(t: ir.Table) -> ir.BooleanValue:
    """A letter too many, missing, or swapped with its neighbour. A letter in the place of another is no slip: RINA and
    RINI are two children of one family as easily as one name misspelt."""
    left, right = t.nama_baku_l, t.nama_baku_r
    slip = (edits(left, right) <= ONE_SLIP) & ((left.length() != right.length()) | (left.levenshtein(right) > ONE_SLIP))
    return ibis.cases((similarity(left, right) >= _FAR, slip), else_=False)


def _rest(t: ir.Table) -> ir.BooleanValue:
    return ibis.literal(True)


COMPARISONS = (
    Comparison("nama", "nama", ("nama_baku",), (
        Level("nama sama", _same("nama_baku"), 0.9, 0.0002),
        Level("nama beda ejaan", _misspelt, 0.04, 0.0001),
        Level("nama hampir sama", _alike("nama_baku", _CLOSE), 0.03, 0.0006),
        Level("nama mirip", _alike("nama_baku", _ALIKE), 0.02, 0.004),
        Level("nama beda", _rest, 0.01, 0.9951),
    )),
    Comparison("nik", "diri", ("nik12",), (
        Level("NIK sama", _same("nik"), 0.95, 1e-6),
        Level("NIK beda satu angka", _slipped_beside_serial, 0.01, 2e-5),
        Level("NIK beda satu angka di nomor urut", _serial_alike, 0.01, 1e-6),
        Level("12 angka pertama NIK sama", _same("nik12"), 0.01, 1e-5),
        Level("NIK beda", _rest, 0.02, 0.999987),
    )),
    Comparison("lahir", "diri", ("lahir",), (
        Level("tanggal lahir sama", _same("lahir"), 0.94, 0.00005),
        Level("tanggal lahir mirip", _birth_alike, 0.02, 0.0015),
        Level("tahun lahir sama", _same("tahun"), 0.01, 0.015),
        Level("tanggal lahir beda", _rest, 0.03, 0.98345),
    ), despite=_years_apart),
    Comparison("psnoka", "diri", ("psnoka",), (
        Level("nomor peserta BPJS sama", _same("psnoka"), 0.98, 1e-6),
        Level("nomor peserta BPJS beda", _rest, 0.02, 0.999999),
    )),
    Comparison("no_kk", "keluarga", ("no_kk",), (
        Level("No KK sama", _same("no_kk"), 0.92, 1e-5),
        Level("No KK beda satu angka", _slipped("no_kk", 16), 0.01, 2e-5),
        Level("No KK beda", _rest, 0.07, 0.99997),
    )),
    Comparison("nama_ibu", "keluarga", ("nama_ibu",), (
        Level("nama ibu sama", _same("nama_ibu"), 0.95, 0.0003),
        Level("nama ibu mirip", _alike("nama_ibu", _CLOSE), 0.03, 0.001),
        Level("nama ibu beda", _rest, 0.02, 0.9987),
    )),
    Comparison("kode_desa", "keluarga", ("kode_desa",), (
        Level("desa sama", _same("kode_desa"), 0.97, 0.02),
        Level("desa beda", _rest, 0.03, 0.98),
    )),
    Comparison("jenis_kelamin", "jenis_kelamin", ("jenis_kelamin",), (
        Level("jenis kelamin sama", _same("jenis_kelamin"), 0.995, 0.5),
        Level("jenis kelamin beda", _rest, 0.005, 0.5),
    )),
    Comparison("hubungan", "hubungan", ("hubungan_keluarga",), (
        Level("hubungan keluarga sama", _same("hubungan_keluarga"), 0.97, 0.35),
        Level("hubungan keluarga beda", _rest, 0.03, 0.65),
    )),
)  # fmt: skip


def as_record(rows: ir.Table, *kept: str, **more: ir.Value) -> ir.Table:
    """Rows in the form in which they are compared: the columns `kept` and `more`, then RECORD.

    A column of RECORD that `rows` lacks tells nothing; what a damaged number still shows counts as its first digits.
    """

    def number(column: str) -> ir.IntegerValue:
        return rows[column].cast("int64") if column in rows.columns else ibis.null("int64")

    nik = number("nik")
    nik15 = without_last(nik, 1).coalesce(number("nik15"))
    nik12 = without_last(nik, 4).coalesce(number("nik12"), without_last(nik15, 3))
    born = rows.tanggal_lahir.day() * 10_000 + rows.tanggal_lahir.month() * 100 + rows.tanggal_lahir.year() % 100
    lahir = born.cast("int64").coalesce(birth_number(nik12 * 10_000))
    made = {
        "lahir": ibis.cases((~(lahir // 100).isin(DEFAULT_BIRTHDAYS), lahir)),
        "tahun": lahir % 100,
        "nik": nik,
        "nik12": nik12,
        "nik15": nik15,
        "no_kk": number("no_kk"),
        "psnoka": number("psnoka"),
    }
    told = {c: rows[c] if c in rows.columns else ibis.null("string") for c in RECORD if c not in made}
    return rows.select(*kept, **more, **{c: (made | told)[c] for c in RECORD})
