"""`tautan`: which person each lawful row is, how that was recognised, and which rows repeat another of their list."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source, by_trust
from pipelines.linkage import EVIDENCE, NUMBERS, Keep, link_persons
from pipelines.stages.baris import ORDER_BITS, of_persons
from pipelines.verdicts import LINKING

_LONGEST_CHAIN = 2  # who goes to somebody who goes himself; each step doubles what is followed
_DIGITS, _MANY = 19, 9  # of the longest rid; equal rows beyond which their number says no more
_PLACE = ("rid", "berkas", "lembar", "baris")
_DAMAGED = ("nik_asli", "nik_calon", "nik12", "nik15", "no_kk15")  # filled where a number is not sound
_COPY = (
    "nik", "nik_jenis", "nik15", "no_kk", "no_kk15", "nama_baku", "tanggal_lahir", "kode_desa", "psnoka",
    "id_registri", "status", "segmen", "nominal",
)  # fmt: skip


def dikenal(pengenal_lalu: ir.Table) -> ir.Table:
    """One row is one piece of evidence of a known person, identifiers as numbers.

    Columns: orang (the person's number in this run, negative: rows that found persons have the positive ones),
    orang_id, periode (first seen in), jenis_kelamin, nama_ibu, nik12 (what a masked NIK showed) and the EVIDENCE
    columns.
    """
    persons = pengenal_lalu.select("orang_id").distinct()
    numbered = persons.mutate(orang=-1 - ibis.row_number())
    rows = pengenal_lalu.inner_join(numbered, "orang_id")
    told = {c: rows[c].cast("int64") if c in NUMBERS else rows[c] for c in EVIDENCE}
    masked = rows.nik12.cast("int64")
    return rows.select("orang", "orang_id", "periode", "jenis_kelamin", "nama_ibu", **told, nik12=masked)


def langkah(baris: ir.Table, dikenal: ir.Table, present: Sequence[Source], keep: Keep) -> ir.Table:
    """One row is one lawful row for which the named steps found a person, as link_persons gives it; a row about a
    shared facility is nobody's."""
    return link_persons(of_persons(baris), dikenal, present, keep)


def tautan(baris: ir.Table, langkah: ir.Table, pasangan: ir.Table, sources: Sequence[Source], keep: Keep) -> ir.Table:
    """One row is one lawful row that a person was found for, by a named step, by weight, or by a person's decision.

    Columns: rid, sumber, orang (the person's number in this run), cara_padan, skor_padan, nasib (dimuat, diperbaiki,
    duplikat), salinan (the duplicate is a copy of the row that is kept), pendiri (as link_persons gives it).
    """
    lawful = of_persons(baris)
    linked = keep(_united(langkah, pasangan, lawful, keep))
    repeated = keep(_repetitions(linked, lawful, keep))
    marked = linked.left_join(repeated, [("rid", "rid_ulang")])
    return marked.select(
        "rid", "orang", "cara_padan", "skor_padan", "pendiri",
        sumber=_source_of(marked.rid, sources),
        nasib=ibis.cases((marked.rid_ulang.notnull(), "duplikat"), (marked.utuh, "dimuat"), else_="diperbaiki"),
        salinan=marked.salinan.fill_null(False),
    )  # fmt: skip


def _united(langkah: ir.Table, pasangan: ir.Table, lawful: ir.Table, keep: Keep) -> ir.Table:
    """The links of the named steps and those of weights and decisions: whoever goes is who stays, with all his rows."""
    linked = keep(pasangan.filter(pasangan.putusan.isin(list(LINKING))))
    goes = linked.filter(linked.orang_b.notnull()).select(pergi="orang_b", ke="orang_a", cara="putusan", skor="skor")
    for _ in range(_LONGEST_CHAIN):
        further = goes.select(lewat="pergi", lanjut="ke")
        chained = goes.left_join(further, [("ke", "lewat")])
        goes = keep(chained.select("pergi", "cara", "skor", ke=chained.lanjut.coalesce(chained.ke)))
    kinds = lawful.select("rid", utuh=~lawful.nik_jenis.isin(["rusak", "kosong"]))
    rows = linked.filter(linked.rid_b.notnull()).select(rid="rid_b", orang="orang_a", cara="putusan", skor_padan="skor")
    rows = rows.inner_join(kinds, "rid").rename(cara_padan="cara").mutate(pendiri=ibis.null("string"))
    every = langkah.union(rows.select(*langkah.columns)).left_join(goes, [("orang", "pergi")])
    return every.select(
        "rid", "utuh",
        orang=every.ke.coalesce(every.orang),
        cara_padan=every.cara.coalesce(every.cara_padan),
        skor_padan=every.skor.coalesce(every.skor_padan),
        pendiri=ibis.cases((every.ke.isnull(), every.pendiri)),
    )  # fmt: skip


def _source_of(rid: ir.IntegerValue, sources: Sequence[Source]) -> ir.StringValue:
    return (rid >> ORDER_BITS).cases(*((order, s.name) for order, s in enumerate(by_trust(sources))))


def _said(rows: ir.Table) -> ir.StringValue:
    """What a row says, wherever it stands: one digest of all its cells."""
    cells = [rows[c].cast("string").fill_null("") for c in rows.columns if c not in _PLACE]
    return ibis.literal("|").join(cells).hexdigest("md5")


def _untold(rows: ir.Table) -> ir.StringValue:
    """How many of its cells are blank, in three digits; what is left of a damaged number is none of them."""
    blank = [rows[c].isnull().cast("int64") for c in rows.columns if c not in (*_PLACE, *_DAMAGED)]
    return sum(blank[1:], blank[0]).cast("string").lpad(3, "0")


def _repetitions(linked: ir.Table, lawful: ir.Table, keep: Keep) -> ir.Table:
    """The rows of persons who stand more than once on one list, but for the one kept: rid_ulang, salinan.

    Kept is the row of an active member before that of a removed one (a registry marks the old desa of one who moved,
    and his double, as removed), then one whose own identity was usable, then one that tells most, then one that
    says what most say, then one by a digest of what it says, which no order of files or rows changes; of equal ones the
    first.
    """
    listed = linked.mutate(daftar=linked.rid >> ORDER_BITS)
    many = listed.group_by("daftar", "orang").agg(banyak=listed.count())
    many = many.filter(many.banyak > 1).select("daftar", "orang")
    several = keep(listed.semi_join(many, ["daftar", "orang"]).select("rid", "daftar", "orang", "utuh"))
    # few: two copies of all rows would cost the most here
    told = keep(lawful.semi_join(several, "rid").mutate(isi=_said, kosong=_untold))
    rows = several.inner_join(told.select("rid", "status", "isi", "kosong"), "rid")
    rank = (rows.status != "AKTIF").ifelse("2", "0") + rows.utuh.ifelse("0", "1") + rows.kosong
    equals = rows.count().over(group_by=["daftar", "orang", "isi"])
    seldom = (_MANY - ibis.least(equals, _MANY)).cast("string")
    first = rows.mutate(urutan=rank + seldom + rows.isi + rows.rid.cast("string").lpad(_DIGITS, "0"))
    kept_rids = first.group_by("daftar", "orang").agg(rid_tetap=first.rid.argmin(first.urutan))
    rows = rows.inner_join(kept_rids, ["daftar", "orang"])
    rows = keep(rows.filter(rows.rid != rows.rid_tetap).select("rid", "rid_tetap"))
    own = told.select(rid_ulang="rid", **{f"a_{c}": c for c in _COPY})
    kept = told.select(rid_asal="rid", **{f"b_{c}": c for c in _COPY})
    pairs = rows.inner_join(own, [("rid", "rid_ulang")]).inner_join(kept, [("rid_tetap", "rid_asal")])
    same = ibis.literal(True)
    for column in _COPY:
        same = same & pairs[f"a_{column}"].identical_to(pairs[f"b_{column}"])
    return pairs.select("rid_ulang", salinan=same)
