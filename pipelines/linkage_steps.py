"""How a row is recognised as a known person: the steps as values, strongest first.

A step proposes every known person whose `keys` equal the row's and with whom it `agrees`; it decides only where
exactly one person is proposed. A name alone is never enough. `r` is the row, `e` a piece of evidence (its columns
carry the prefix `e_`): both stand in one joined table `t`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from pipelines.identifiers import DEFAULT_BIRTHDAYS, birth_number
from pipelines.names import ONE_SLIP, SAME_NAME, edits, similarity
from pipelines.newborns import is_unnamed

Agreement = Callable[[ir.Table], ir.BooleanValue]


@dataclass(frozen=True)
class Step:
    """One way to recognise a person; `skor` ranks the strength of its evidence, 1 is the NIK itself."""

    name: str
    skor: float
    keys: tuple[tuple[str, str], ...]
    agrees: Agreement
    kalimat: str


def _yes(value: ir.BooleanValue) -> ir.BooleanValue:
    return value.fill_null(False)


def _name_like(least: float) -> Agreement:
    return lambda t: (t.nama_baku == t.e_nama_baku) | (similarity(t.nama_baku, t.e_nama_baku) >= least)


def _name_misspelt(least: float) -> Agreement:
    """The same, but for a letter put in the place of another: RINA and RINI, HASIM and HASAN are two children of one
    family as easily as one name misspelt, and nothing else in the row tells them apart."""

    def agrees(t: ir.Table) -> ir.BooleanValue:
        same_length = t.nama_baku.length() == t.e_nama_baku.length()
        swapped = edits(t.nama_baku, t.e_nama_baku) < t.nama_baku.levenshtein(t.e_nama_baku)
        return _name_like(least)(t) & ((t.nama_baku == t.e_nama_baku) | ~same_length | swapped)

    return agrees


def _not_of_twins(t: ir.Table) -> ir.BooleanValue:
    """Two letters swapped at most where the row tells a birth: such a list names every member of a family, and AISYAH
    and AISAH may be twins. One that tells none names who draws for a family."""
    return t.tanggal_lahir.isnull() | (t.nama_baku.length() == t.e_nama_baku.length())


def _birth_agrees(t: ir.Table) -> ir.BooleanValue:
    """The birth dates agree: the columns, the NIKs, or a column with the other's NIK (DDMMYY as a number)."""
    written, e_written, e_lahir = (
        _as_ddmmyy(t.tanggal_lahir),
        _as_ddmmyy(t.e_tanggal_lahir),
        birth_number(t.e_nik),
    )
    return (
        _yes(t.tanggal_lahir == t.e_tanggal_lahir)
        | _yes(t.lahir == e_lahir)
        | _yes(written == e_lahir)
        | _yes(t.lahir == e_written)
    )


def _as_ddmmyy(date: ir.DateValue) -> ir.IntegerValue:
    return date.day() * 10_000 + date.month() * 100 + date.year() % 100


def _same_family(t: ir.Table) -> ir.BooleanValue:
    """The name is the same, or the No KK, or what is left of it."""
    return (t.nama_baku == t.e_nama_baku) | _yes(t.no_kk == t.e_no_kk) | _yes(t.no_kk15 == t.e_no_kk15)


def _no_conflict(t: ir.Table) -> ir.BooleanValue:
    """The births that both sides tell, in a column or in what is left of a NIK, do not speak against.

    The digits before the birth are the region, which an earlier number has otherwise.
    """
    born = t.tanggal_lahir.notnull() | t.lahir.notnull()
    e_born = t.e_tanggal_lahir.notnull() | t.e_nik.notnull()
    return ~(born & e_born) | _birth_agrees(t)


def _all(*agreements: Agreement) -> Agreement:
    def every(t: ir.Table) -> ir.BooleanValue:
        result = agreements[0](t)
        for agreement in agreements[1:]:
            result = result & agreement(t)
        return result

    return every


def _birthday_tells(t: ir.Table) -> ir.BooleanValue:
    """The birthday is none of those that offices write where nobody knows it."""
    return ~(t.tanggal_lahir.day() * 100 + t.tanggal_lahir.month()).isin(DEFAULT_BIRTHDAYS)


def _no_other_nik(t: ir.Table) -> ir.BooleanValue:
    """What digits are left of the NIK are not another person's; another No KK may well be an old card."""
    shown = _yes(t.nik12 != t.e_nik12)
    cut = _yes(edits(t.nik15.cast("string"), t.e_nik15.cast("string")) > ONE_SLIP)
    return ~shown & ~cut


def _numbered(t: ir.Table) -> ir.BooleanValue:
    """The whole NIK is known: of two masked ones twins share what is left."""
    return t.e_nik.notnull()


def _nik_near(t: ir.Table) -> ir.BooleanValue:
    """One digit wrong, missing or swapped with its neighbour."""
    return _yes(edits(t.nik.cast("string"), t.e_nik.cast("string")) <= ONE_SLIP)


_DISTANT_NAME = 0.60


def _plausible(t: ir.Table) -> ir.BooleanValue:
    """The same NIK may carry a very different spelling where family or written birth date agree, or none."""
    same_birth = _yes(t.tanggal_lahir == t.e_tanggal_lahir)  # the NIK's own birth is the same on both sides anyway
    alike = similarity(t.nama_baku, t.e_nama_baku)
    # a far name in the same family is another member with the wrong number: a wife under her husband's NIK
    near = (alike >= SAME_NAME) | ((alike >= _DISTANT_NAME) & (_yes(t.no_kk == t.e_no_kk) | same_birth))
    return near | (is_unnamed(t.nama_baku) != is_unnamed(t.e_nama_baku))


def _equal(*columns: str) -> tuple[tuple[str, str], ...]:
    return tuple((c, f"e_{c}") for c in columns)


# The first step for a sound NIK, asked of every row before the others.
# .93: twins are often named alike (RINA, RINI: .88) and stand one serial apart.
BY_NIK = Step("nik", 1.0, _equal("nik"), _name_like(0.93), "NIK sama dan nama sama")

ID_REGISTRI = Step("id_registri", 0.99, _equal("id_registri"), _name_like(0.85), "nomor registri sama dan nama mirip")
PSNOKA = Step("psnoka", 0.98, _equal("psnoka"), _name_like(0.85), "nomor peserta BPJS sama dan nama mirip")
KK_NAMA_LAHIR = Step(
    "kk_nama_lahir", 0.97, _equal("no_kk", "nama_baku"), _birth_agrees, "No KK, nama, dan tanggal lahir sama"
)

# For a sound NIK that BY_NIK did not place: an earlier number, a digit off, or another member's number.
SOUND_STEPS = (
    ID_REGISTRI,
    PSNOKA,
    KK_NAMA_LAHIR,
    Step(
        "kk_nama_nik_mirip",
        0.95,
        _equal("no_kk", "nama_baku"),
        _nik_near,
        "No KK dan nama sama, NIK beda satu angka",
    ),
    Step(
        "nik_nama_lain",
        0.90,
        _equal("nik"),
        _plausible,
        "NIK sama, nama ditulis lain, keluarga atau lahir sama",
    ),
)

KK_NAMA = Step("kk_nama", 0.90, _equal("no_kk", "nama_baku"), _no_conflict, "No KK dan nama sama")
KK_NAMA_MIRIP = Step(
    "kk_nama_mirip",
    0.85,
    _equal("no_kk"),
    _all(_name_misspelt(0.90), _not_of_twins, _no_conflict),
    "No KK sama dan nama mirip",
)

NIK_TERSAMAR_DESA = Step(
    "nik_tersamar_desa",
    0.92,
    _equal("nik12", "nama_baku", "kode_desa"),
    lambda _: ibis.literal(True),
    "12 angka NIK, nama, dan desa sama",
)

# For a sound NIK that nobody has yet: the persons of whom no list has given a NIK so far.
NUMBERLESS_STEPS = (NIK_TERSAMAR_DESA, KK_NAMA, KK_NAMA_MIRIP)

# For a row without a sound NIK, and for one whose NIK belongs to somebody else.
RESIDUE_STEPS = (
    ID_REGISTRI,
    PSNOKA,
    KK_NAMA_LAHIR,
    Step("nik_terbaca", 0.96, (("nik_calon", "e_nik"),), _name_misspelt(0.80), "huruf pada NIK terbaca sebagai angka"),
    Step(
        "nik_15_angka", 0.95, _equal("nik15"), _all(_name_misspelt(0.85), _same_family),
        "15 angka pertama NIK sama dan nama mirip",
    ),
    Step(
        "nik_tersamar_kk", 0.95, _equal("nik12", "no_kk"), _all(_name_misspelt(0.80), _numbered),
        "12 angka NIK dan KK sama",
    ),
    NIK_TERSAMAR_DESA,
    KK_NAMA,
    KK_NAMA_MIRIP,
    Step(
        "kk_15_angka_nama", 0.82, _equal("no_kk15", "nama_baku"), _no_conflict, "15 angka pertama No KK dan nama sama",
    ),
    Step(
        "nama_lahir_desa", 0.80, _equal("nama_baku", "tanggal_lahir", "kode_desa"),
        _all(_birthday_tells, _no_other_nik),
        "nama, tanggal lahir, dan desa sama",
    ),
)  # fmt: skip

# What twins share but for a letter of the name, and what a son shares with the father whose name he bears: such a step
# decides nothing for a row whose list has the person in another row already.
BY_NAME_ALIKE = ("nik_15_angka", "nik_tersamar_kk", "kk_nama_mirip")
BY_FAMILY_AND_NAME = ("kk_nama", "kk_15_angka_nama")
BY_FAMILY_AND_NIK = ("kk_nama_lahir", "kk_nama_nik_mirip")

# A row that is nobody known founds a person on the strongest identity that it carries itself.
FOUNDED_BY_NIK, FOUNDED_BY_KK, FOUNDED_BY_PSNOKA = "orang_baru_nik", "orang_baru_kk_nama", "orang_baru_psnoka"
FOUNDED_SCORE = {FOUNDED_BY_NIK: 1.0, FOUNDED_BY_KK: 0.7, FOUNDED_BY_PSNOKA: 0.7}
