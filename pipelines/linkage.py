"""Which person each row is: the one function that decides it, set by set, the same for any order of files or rows.

Sources are linked in the order of their trust: the rows with a sound NIK of the strongest source first find or
found their persons, then those of the next are compared with everybody known so far. Rows without a sound NIK come
last and are compared with all.
"""

from collections.abc import Callable, Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source
from pipelines.identifiers import birth_of
from pipelines.linkage_steps import (
    BY_NIK,
    FOUNDED_BY_KK,
    FOUNDED_BY_NIK,
    FOUNDED_BY_PSNOKA,
    FOUNDED_SCORE,
    NUMBERLESS_STEPS,
    RESIDUE_STEPS,
    SOUND_STEPS,
    Step,
)
from pipelines.names import similarity

Keep = Callable[[ir.Table], ir.Table]  # writes a table down, so that the query after it starts there

EVIDENCE = ("nik", "no_kk", "nama_baku", "tanggal_lahir", "jenis_kelamin", "psnoka", "id_registri", "kode_desa")
_SAME_NAME = 0.75


def link_persons(baris: ir.Table, pengenal: ir.Table, sources: Sequence[Source], keep: Keep) -> ir.Table:
    """Link every row to one person, or to none.

    `baris`: rows of all sources with `rid` (unique), `sumber` and the columns of `baris_<source>`.
    `pengenal`: what is known of persons from earlier periods: orang_id and EVIDENCE columns.
    Returns one row a linked row: rid, orang (a known orang_id, or `nik:`, `kk:`, `ps:` and what a new person is
    founded on), cara_padan, skor_padan. Rows that nothing identifies are absent.
    """
    known = [keep(_known(pengenal))]
    links: list[ir.Table] = []
    for source in sorted(sources, key=lambda s: (s.trust, s.name)):
        rows = baris.filter(baris.sumber == source.name, baris.nik.notnull())
        found = _link_sound(rows, _union(known), keep)
        links.append(found)
        known.append(keep(_evidence_of(rows, found)))
    rest = keep(baris.anti_join(_union(links), "rid"))
    everybody = _union(known)
    recognised = keep(_propose(rest, everybody, RESIDUE_STEPS))
    links += [recognised, keep(_found_without_nik(rest.anti_join(recognised, "rid")))]
    return _union(links)


def _link_sound(rows: ir.Table, known: ir.Table, keep: Keep) -> ir.Table:
    """Link rows of one source that have a sound NIK; all but those whose NIK belongs to somebody else."""
    by_nik = keep(_propose(rows, known.select("orang", "e_nik", "e_nama_baku").distinct(), (BY_NIK,)))
    rest = keep(rows.anti_join(by_nik, "rid"))
    by_others = keep(_propose(rest, known, SOUND_STEPS))
    rest = keep(rest.anti_join(by_others, "rid").anti_join(known, [("nik", "e_nik")]))
    numberless = known.anti_join(known.filter(known.e_nik.notnull()), "orang")
    late = keep(_propose(rest, numberless, NUMBERLESS_STEPS))
    return keep(_union([by_nik, by_others, late, _found_by_nik(rest.anti_join(late, "rid"))]))


def _propose(rows: ir.Table, known: ir.Table, steps: Sequence[Step]) -> ir.Table:
    """The person that the strongest deciding step names: rid, orang, cara_padan, skor_padan."""
    proposals = []
    for order, step in enumerate(steps):
        pairs = rows.inner_join(known, list(step.keys))
        pairs = pairs.filter(step.agrees(pairs))
        proposals.append(pairs.select("rid", "orang", langkah=ibis.literal(order, "int8")))
    every = _union(proposals)
    decided = every.group_by("rid", "langkah").agg(orang=every.orang.min(), lain=every.orang.max())
    decided = decided.filter(decided.orang == decided.lain)
    best = decided.group_by("rid").agg(orang=decided.orang.argmin(decided.langkah), langkah=decided.langkah.min())
    return best.select(
        "rid",
        "orang",
        cara_padan=best.langkah.cases(*((i, s.name) for i, s in enumerate(steps))),
        skor_padan=best.langkah.cases(*((i, s.skor) for i, s in enumerate(steps))),
    )


def _found_by_nik(rows: ir.Table) -> ir.Table:
    """New persons, one a NIK; a row whose name is far from that of the NIK's first row is left out."""
    first = rows.group_by("nik").agg(nama_pertama=rows.nama_baku.argmin(rows.rid)).rename(nik_pertama="nik")
    pairs = rows.inner_join(first, [("nik", "nik_pertama")])
    same = (pairs.nama_baku == pairs.nama_pertama) | (similarity(pairs.nama_baku, pairs.nama_pertama) >= _SAME_NAME)
    return _founded(pairs.filter(same), ibis.literal("nik:") + pairs.nik, FOUNDED_BY_NIK)


def _found_without_nik(rows: ir.Table) -> ir.Table:
    """New persons by No KK and name, else by PSNOKA.

    Two birth dates under one No KK and name are two persons (a son named as his father): such rows, and rows with
    a sound NIK of somebody else, found nobody.
    """
    rows = rows.filter(rows.nik.isnull())
    births = rows.group_by("no_kk", "nama_baku").agg(lahir_beda=rows.tanggal_lahir.nunique())
    single = births.filter(births.lahir_beda <= 1, births.no_kk.notnull()).drop("lahir_beda")
    by_kk = rows.semi_join(single, ["no_kk", "nama_baku"])
    by_kk = _founded(by_kk, ibis.literal("kk:") + by_kk.no_kk + "|" + by_kk.nama_baku, FOUNDED_BY_KK)
    others = rows.filter(rows.psnoka.notnull()).anti_join(by_kk, "rid")
    return _union([by_kk, _founded(others, ibis.literal("ps:") + others.psnoka, FOUNDED_BY_PSNOKA)])


def _founded(rows: ir.Table, orang: ir.StringValue, way: str) -> ir.Table:
    return rows.select(
        "rid", orang=orang, cara_padan=ibis.literal(way), skor_padan=ibis.literal(FOUNDED_SCORE[way])
    )


def _known(pengenal: ir.Table) -> ir.Table:
    """Evidence in the form the steps compare with: orang, e_<column> for each EVIDENCE column and what follows from them."""
    return pengenal.select(
        orang=pengenal.orang_id,
        **{f"e_{c}": pengenal[c] for c in EVIDENCE},
        e_nik12=pengenal.nik.substr(0, 12),
        e_nik15=pengenal.nik.substr(0, 15),
        e_no_kk15=pengenal.no_kk.substr(0, 15),
        e_lahir=birth_of(pengenal.nik),
    )


def _evidence_of(rows: ir.Table, links: ir.Table) -> ir.Table:
    linked = rows.inner_join(links.select("rid", orang_id="orang"), "rid")
    return _known(linked.select("orang_id", *EVIDENCE).distinct())


def _union(tables: Sequence[ir.Table]) -> ir.Table:
    return reduce(lambda left, right: left.union(right), tables)
