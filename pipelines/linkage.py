"""Which person each row is: the one function that decides it, set by set, in any order in which files are read.

Sources are linked in the order of their trust: the rows with a sound NIK of the strongest sources first find or
found their persons, then those of the next are compared with everybody known so far. Rows without a sound NIK come
last and are compared with all. Within a run a person is a number, numbers are compared as numbers: both cost a fifth
of comparing texts.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import groupby
from typing import Protocol

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source, by_trust
from pipelines.founding import found_by_nik, found_without_nik, linked
from pipelines.identifiers import birth_number, without_last
from pipelines.linkage_steps import (
    BY_FAMILY_AND_NAME,
    BY_FAMILY_AND_NIK,
    BY_NAME_ALIKE,
    BY_NIK,
    NIK_TERSAMAR_DESA,
    NUMBERLESS_STEPS,
    RESIDUE_STEPS,
    SOUND_STEPS,
    Step,
)
from pipelines.stages.baris import ORDER_BITS


class Keep(Protocol):
    """Gives a table a name of its own in the engine, so that the query after it starts there."""

    def __call__(self, table: ir.Table, *, written: bool = True) -> ir.Table:
        """Keep `table`: its rows written down, or only its query named (where it is cheap to run again)."""


EVIDENCE = ("nik", "no_kk", "nama_baku", "tanggal_lahir", "psnoka", "id_registri", "kode_desa")
NUMBERS = ("nik", "no_kk", "psnoka")
_PARTS = ("nik_calon", "nik12", "nik15", "no_kk15")  # what damaged numbers still tell


def link_persons(baris: ir.Table, dikenal: ir.Table, sources: Sequence[Source], keep: Keep) -> ir.Table:
    """Link every row to one person, or to none.

    `baris`: rows of all sources with `rid` (unique), `sumber` and the columns of `baris_<source>`.
    `dikenal`: what is known of persons from earlier periods: orang (a negative number), EVIDENCE columns, nik12.
    Returns one row a linked row: rid, orang (the number of a known person, else the rid of the row that founds a new
    one), cara_padan, skor_padan, utuh (the row's own identity was usable), pendiri (what a person without a NIK is
    founded on, `kk:` or `ps:` and the numbers; else NULL). Rows that nothing identifies are absent.
    """
    known = [_as_known(dikenal, dikenal.nik12)]
    without, numbered = dikenal.filter(dikenal.nik.isnull()), dikenal.filter(dikenal.nik.notnull())
    without = without.anti_join(numbered, "orang")
    numberless = keep(_as_known(without, without.nik12))
    links: list[ir.Table] = []
    for _, equals in groupby(by_trust(sources), key=lambda s: s.trust):
        own = baris.filter(baris.sumber.isin([s.name for s in equals]), baris.nik.notnull())
        rows = keep(_in_numbers(own), written=False)
        found = _link_sound(rows, keep(_union(known), written=False), numberless, keep)
        links.append(found)
        known.append(keep(_as_known(rows.inner_join(found.select("rid", "orang"), "rid"), ibis.null("int64"))))
    rest = keep(_in_numbers(baris.anti_join(_union(links), "rid"), _PARTS))
    everybody = keep(_with_parts(_union(known)), written=False)
    recognised = keep(_propose(rest, everybody, RESIDUE_STEPS))
    recognised = keep(recognised.anti_join(_second_of_a_list(recognised, _union(links), rest, everybody, keep), "rid"))
    recognised = keep(recognised.anti_join(_second_card(recognised, rest, numberless, keep), "rid"))
    kinds = rest.select("rid", utuh=~rest.nik_jenis.isin(["rusak", "kosong"]))
    founded = keep(found_without_nik(rest.anti_join(recognised, "rid"), everybody))
    nothing = ibis.null("string")
    sound = _union(links).mutate(utuh=True, pendiri=nothing)
    return _union([
        sound,
        recognised.inner_join(kinds, "rid").mutate(pendiri=nothing),
        founded.inner_join(kinds, "rid").select(*sound.columns),
    ])  # fmt: skip


def _link_sound(rows: ir.Table, known: ir.Table, numberless: ir.Table, keep: Keep) -> ir.Table:
    """Link rows of one source that have a sound NIK; all but those whose NIK belongs to somebody else."""
    by_nik = keep(linked(_decide(rows, known, BY_NIK), BY_NIK.name, BY_NIK.skor))
    rest = keep(rows.anti_join(by_nik, "rid"))
    by_others = keep(_but_second_numbers(keep(_propose(rest, known, SOUND_STEPS)), by_nik, rows))
    new = keep(rest.anti_join(by_others, "rid").anti_join(known, [("nik", "e_nik")]))
    # a person known without a NIK may since have got one from a stronger source
    still = numberless.anti_join(known.filter(known.e_nik.notnull()), "orang")
    shown = new.mutate(nik12=without_last(new.nik, 4))
    late = keep(_of_one_number(_propose(shown, still, NUMBERLESS_STEPS), new))
    return keep(_union([by_nik, by_others, late, found_by_nik(new.anti_join(late, "rid"))]))


def _propose(rows: ir.Table, known: ir.Table, steps: Sequence[Step]) -> ir.Table:
    """The person that the strongest deciding step names: rid, orang, cara_padan, skor_padan."""
    decided = _union([
        _decide(rows, known, step).mutate(langkah=ibis.literal(order, "int8")) for order, step in enumerate(steps)
    ])  # fmt: skip
    best = decided.group_by("rid").agg(orang=decided.orang.argmin(decided.langkah), langkah=decided.langkah.min())
    return best.select(
        "rid",
        "orang",
        cara_padan=best.langkah.cases(*((i, s.name) for i, s in enumerate(steps))),
        skor_padan=best.langkah.cases(*((i, s.skor) for i, s in enumerate(steps))),
    )


def _decide(rows: ir.Table, known: ir.Table, step: Step) -> ir.Table:
    """The one person that a step proposes for a row: rid, orang."""
    pairs = rows.inner_join(known, list(step.keys))
    pairs = pairs.filter(step.agrees(pairs)).select("rid", "orang")
    proposed = pairs.group_by("rid").agg(orang=pairs.orang.min(), lain=pairs.orang.max())
    return proposed.filter(proposed.orang == proposed.lain).select("rid", "orang")


def _but_second_numbers(found: ir.Table, by_nik: ir.Table, rows: ir.Table) -> ir.Table:
    """Links but for those by family and name of rows whose list has the person under another sound number: these are
    twins with one name to us, or one person whom somebody has to say so of."""
    claims = _union([by_nik.semi_join(found, "orang"), found]).inner_join(rows.select("rid", "nik"), "rid")
    numbers = claims.group_by("orang", daftar=claims.rid >> ORDER_BITS).agg(banyak=claims.nik.nunique())
    doubtful = found.filter(found.cara_padan.isin(BY_FAMILY_AND_NIK)).mutate(daftar=lambda t: t.rid >> ORDER_BITS)
    return found.anti_join(doubtful.semi_join(numbers.filter(numbers.banyak > 1), ["orang", "daftar"]), "rid")


def _of_one_number(found: ir.Table, rows: ir.Table) -> ir.Table:
    """Links of persons whom rows of one NIK claim: two that fit one person's family and name are father and son."""
    claims = found.inner_join(rows.select("rid", "nik"), "rid")
    numbers = claims.group_by("orang").agg(banyak=claims.nik.nunique())
    return found.semi_join(numbers.filter(numbers.banyak == 1), "orang")


def _second_of_a_list(recognised: ir.Table, sound: ir.Table, rows: ir.Table, known: ir.Table, keep: Keep) -> ir.Table:
    """The rows recognised by what two people share, of whom their list has both: rid.

    They bear a name that nobody gave the person before and that the other row does not bear (twins), or the other row
    is recognised more surely, and of this one no birth is told (a son named as his father).
    """
    named = recognised.inner_join(rows.select("rid", "nama_baku"), "rid")
    alike = named.filter(named.cara_padan.isin(BY_NAME_ALIKE))
    alike = alike.anti_join(known, ["orang", ("nama_baku", "e_nama_baku")]).mutate(kembar=True)
    doubtful = alike.union(named.filter(named.cara_padan.isin(BY_FAMILY_AND_NAME)).mutate(kembar=False))
    doubtful = keep(doubtful.mutate(daftar=doubtful.rid >> ORDER_BITS))
    others = _union([sound.select(*recognised.columns), recognised]).semi_join(doubtful, "orang")
    others = others.left_join(rows.select("rid", "nama_baku"), "rid").select(
        "orang", daftar=lambda t: t.rid >> ORDER_BITS, rid_lain="rid", skor_lain="skor_padan", nama_lain="nama_baku"
    )
    both = doubtful.inner_join(others, ["orang", "daftar"]).filter(lambda t: t.rid != t.rid_lain)
    # a row with a sound number has a name of its own, known by now, which this one is not
    twin = both.kembar & (both.nama_lain.isnull() | (both.nama_lain != both.nama_baku))
    return both.filter(twin | (~both.kembar & (both.skor_lain > both.skor_padan))).select("rid").distinct()


def _second_card(recognised: ir.Table, rows: ir.Table, numberless: ir.Table, keep: Keep) -> ir.Table:
    """The rows recognised by the digits of a masked number as somebody who is known by such digits alone, on a card
    that is not known to be his (a blank one is none), while their list has another row of him, or another list has him
    on another such card: rid. Twelve digits, name and desa may be two's.
    """
    masked = recognised.filter(recognised.cara_padan == NIK_TERSAMAR_DESA.name).semi_join(numberless, "orang")
    theirs = recognised.semi_join(masked, "orang").inner_join(rows.select("rid", "no_kk"), "rid")
    theirs = keep(theirs.select("rid", "orang", "no_kk", daftar=theirs.rid >> ORDER_BITS))
    unknown = theirs.semi_join(masked, "rid").anti_join(numberless, ["orang", ("no_kk", "e_no_kk")])
    several = unknown.group_by("orang").agg(banyak=unknown.no_kk.nunique()).filter(lambda t: t.banyak > 1)
    others = theirs.select("orang", "daftar", no_kk_lain="no_kk", rid_lain="rid")
    both = unknown.inner_join(others, ["orang", "daftar"])
    both = both.filter(both.rid != both.rid_lain, ~(both.no_kk == both.no_kk_lain).fill_null(False))
    return both.select("rid").union(unknown.semi_join(several, "orang").select("rid")).distinct()


def _in_numbers(rows: ir.Table, parts: Sequence[str] = ()) -> ir.Table:
    """The columns that the steps look at, identifiers as numbers; lahir: the birth date that a NIK shows."""
    numbers = {c: rows[c].cast("int64") for c in (*NUMBERS, *parts)}
    shown = numbers["nik"].coalesce(numbers["nik12"] * 10**4) if "nik12" in numbers else numbers["nik"]
    return rows.select(
        "rid",
        "nik_jenis",
        "nama_baku",
        "tanggal_lahir",
        "id_registri",
        "kode_desa",
        "jenis_kelamin",
        **numbers,
        lahir=birth_number(shown),
    )


def _as_known(rows: ir.Table, masked: ir.Value) -> ir.Table:
    """Evidence in the form the steps compare with: orang, e_<column> for each EVIDENCE column, e_nik12 (`masked`: what
    a masked NIK showed)."""
    return rows.select("orang", **{f"e_{c}": rows[c] for c in EVIDENCE}, e_nik12=masked)


def _with_parts(known: ir.Table) -> ir.Table:
    """Add what a masked or cut number would still show; of whom no list ever gave one, what the masked one showed."""
    return known.mutate(
        e_nik12=without_last(known.e_nik, 4).coalesce(known.e_nik12), e_nik15=without_last(known.e_nik, 1),
        e_no_kk15=without_last(known.e_no_kk, 1),
    )  # fmt: skip


def _union(tables: Sequence[ir.Table]) -> ir.Table:
    return reduce(lambda left, right: left.union(right), tables)
