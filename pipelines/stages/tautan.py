"""`tautan`: which person each lawful row is, how that was recognised, and which rows repeat another of their list."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source, by_trust
from pipelines.linkage import EVIDENCE, NUMBERS, Keep, link_persons
from pipelines.stages.baris import ORDER_BITS

_RANK_BITS = 60  # above every rid
_COPY = (
    "nik", "nik_jenis", "nik15", "no_kk", "no_kk15", "nama_baku", "tanggal_lahir", "kode_desa", "psnoka",
    "id_registri", "status", "segmen",
)  # fmt: skip


def dikenal(pengenal_lalu: ir.Table) -> ir.Table:
    """One row is one piece of evidence of a known person, identifiers as numbers.

    Columns: orang (the person's number in this run, negative: rows that found persons have the positive ones),
    orang_id and the EVIDENCE columns.
    """
    persons = pengenal_lalu.select("orang_id").distinct()
    numbered = persons.mutate(orang=-1 - ibis.row_number())
    rows = pengenal_lalu.inner_join(numbered, "orang_id")
    return rows.select("orang", "orang_id", **{c: rows[c].cast("int64") if c in NUMBERS else rows[c] for c in EVIDENCE})


def tautan(baris: ir.Table, dikenal: ir.Table, sources: Sequence[Source], keep: Keep) -> ir.Table:
    """One row is one lawful row that a person was found for; a row about a shared facility is nobody's.

    Columns: rid, sumber, orang (the person's number in this run), cara_padan, skor_padan, nasib (dimuat, diperbaiki,
    duplikat), salinan (the duplicate is a copy of the row that is kept), pendiri (as link_persons gives it).
    """
    lawful = baris.filter(baris.alasan == "", baris.fasilitas.isnull())
    linked = keep(link_persons(lawful, dikenal, sources, keep))
    repeated = keep(_repetitions(linked, lawful, keep))
    marked = linked.left_join(repeated, [("rid", "rid_ulang")])
    return marked.select(
        "rid", "orang", "cara_padan", "skor_padan", "pendiri",
        sumber=_source_of(marked.rid, sources),
        nasib=ibis.cases((marked.rid_ulang.notnull(), "duplikat"), (marked.utuh, "dimuat"), else_="diperbaiki"),
        salinan=marked.salinan.fill_null(False),
    )  # fmt: skip


def _source_of(rid: ir.IntegerValue, sources: Sequence[Source]) -> ir.StringValue:
    return (rid >> ORDER_BITS).cases(*((order, s.name) for order, s in enumerate(by_trust(sources))))


def _repetitions(linked: ir.Table, lawful: ir.Table, keep: Keep) -> ir.Table:
    """The rows of persons who stand more than once on one list, but for the one kept: rid_ulang, salinan.

    Kept is the row of an active member before that of a removed one (a registry marks the old desa of one who moved,
    and his double, as removed), then one whose own identity was usable, then the first.
    """
    listed = linked.mutate(daftar=linked.rid >> ORDER_BITS)
    many = listed.group_by("daftar", "orang").agg(banyak=listed.count())
    many = many.filter(many.banyak > 1).select("daftar", "orang")
    several = keep(listed.semi_join(many, ["daftar", "orang"]).select("rid", "daftar", "orang", "utuh"))
    # few: two copies of all rows would cost the most here
    told = keep(lawful.semi_join(several, "rid").select("rid", *_COPY))
    rows = several.inner_join(told.select("rid", "status"), "rid")
    rank = (rows.status != "AKTIF").ifelse(2, 0) + rows.utuh.ifelse(0, 1)
    first = rows.mutate(urutan=rank.cast("int64") * (1 << _RANK_BITS) + rows.rid)
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
