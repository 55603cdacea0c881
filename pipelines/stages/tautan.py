"""`tautan`: which person each lawful row is, how that was recognised, and which rows repeat another of their list."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source
from pipelines.keys import minted
from pipelines.linkage import Keep, link_persons

_SOUND = ("sah", "tersamar", "tak_ada")  # the row's own identity was usable: nothing had to be repaired
_COPY = (
    "nik", "nik_jenis", "nik15", "no_kk", "no_kk15", "nama_baku", "tanggal_lahir", "kode_desa", "psnoka",
    "id_registri", "status", "segmen",
)  # fmt: skip


def tautan(
    baris: ir.Table, pengenal_lalu: ir.Table, kantor: ir.Table, sources: Sequence[Source], keep: Keep
) -> ir.Table:
    """One row is one lawful row that a person was found for.

    Columns: rid, sumber, orang_id, cara_padan, skor_padan, nasib (dimuat, diperbaiki, duplikat), salinan (the
    duplicate is a copy of the row that is kept).
    """
    lawful = keep(baris.filter(baris.alasan == ""))
    links = link_persons(lawful, pengenal_lalu, sources, keep)
    secret = kantor.kunci.as_scalar()
    persons = links.select("orang").distinct()
    named = keep(persons.mutate(orang_id=minted(persons.orang, secret, "O")))
    linked = keep(
        lawful.select("rid", "sumber", "nik_jenis")
        .inner_join(links, "rid")
        .inner_join(named, "orang")
        .select("rid", "sumber", "nik_jenis", "orang_id", "cara_padan", "skor_padan")
    )
    repeated = keep(_repetitions(linked, lawful))
    marked = linked.left_join(repeated, [("rid", "rid_ulang")])
    return marked.select(
        "rid", "sumber", "orang_id", "cara_padan", "skor_padan",
        nasib=ibis.cases(
            (marked.rid_ulang.notnull(), "duplikat"), (marked.nik_jenis.isin(_SOUND), "dimuat"), else_="diperbaiki"
        ),
        salinan=marked.salinan.fill_null(False),
    )  # fmt: skip


def _repetitions(linked: ir.Table, lawful: ir.Table) -> ir.Table:
    """The rows of persons who stand more than once on one list, but for the one kept: rid_ulang, salinan.

    Kept is the first row whose own identity was usable, else the first row.
    """
    usable = linked.nik_jenis.isin(_SOUND)
    many = linked.group_by("sumber", "orang_id").agg(
        banyak=linked.count(), terpakai=linked.rid.min(where=usable), pertama=linked.rid.min()
    )
    many = many.filter(many.banyak > 1).select("sumber", "orang_id", rid_tetap=many.terpakai.coalesce(many.pertama))
    rows = linked.select("rid", "sumber", "orang_id").inner_join(many, ["sumber", "orang_id"])
    rows = rows.filter(rows.rid != rows.rid_tetap)
    own = lawful.select(rid_ulang="rid", **{f"a_{c}": c for c in _COPY})
    kept = lawful.select(rid_asal="rid", **{f"b_{c}": c for c in _COPY})
    pairs = rows.inner_join(own, [("rid", "rid_ulang")]).inner_join(kept, [("rid_tetap", "rid_asal")])
    same = ibis.literal(True)
    for column in _COPY:
        same = same & pairs[f"a_{column}"].identical_to(pairs[f"b_{column}"])
    return pairs.select("rid_ulang", salinan=same)
