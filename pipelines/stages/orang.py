"""`orang`: every person whom a list of this period names, with what the lists say of them."""

import ibis
import ibis.expr.types as ir

from pipelines.keys import minted
from pipelines.linkage import Keep

MOVED = "PINDAH"
ABLE = ("MAMPU", "ADA_ANGGOTA_ASN_TNI_POLRI_GURU")  # removed because the family needs no aid
DEAD = "MENINGGAL"
INACTIVE = "NONAKTIF"  # a registry of families struck the family
_ATTRIBUTES = (
    "nik", "nama", "nama_baku", "tanggal_lahir", "jenis_kelamin", "hubungan_keluarga", "no_kk", "kode_desa",
)  # fmt: skip
_SOUGHT = (
    "nik",
    "tanggal_lahir",
    "jenis_kelamin",
    "no_kk",
    "kode_desa",
)  # worth asking a person's other rows for


def orang(
    baris: ir.Table, tautan: ir.Table, dikenal: ir.Table, dim_orang_lalu: ir.Table, kantor: ir.Table,
    registri: tuple[str, ...], keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one person on a list of this period.

    Each attribute is the one of the most trusted row that has it, else the last known one. Columns: orang (number in
    this run), orang_id, nik, nama, nama_baku, tanggal_lahir, jenis_kelamin, hubungan_keluarga, no_kk, rid_no_kk (the
    row that gave the No KK), kode_desa, status (AKTIF or the cause of the removal from a registry; a removal stays
    until a registry says otherwise, that of one who moved until a list names him in another desa), nik_jenis,
    keluarga_lalu, berubah (new, or other than last published).
    `registri`: names of the sources that are registries.
    """
    kept = tautan.nasib != "duplikat"  # each person has at least one row that is kept
    best = keep(tautan.group_by("orang").agg(rid=tautan.rid.min(where=kept), pendiri=tautan.pendiri.max()))
    told = baris.select("rid", "sumber", "status", "nik_jenis", *_ATTRIBUTES)
    first = keep(best.inner_join(told, "rid"), written=False)  # wide: to join it twice costs less than to write it down
    more = keep(_from_other_rows(first, baris, tautan, registri))
    persons = first.left_join(more, [("orang", "orang_lain")])
    known = dikenal.group_by(orang_kenal=dikenal.orang).agg(orang_id_kenal=dikenal.orang_id.max())
    persons = persons.left_join(known, [("orang", "orang_kenal")])
    founded_on = persons.pendiri.coalesce(
        ibis.literal("nik:") + ibis.cases((persons.rid == persons.orang, persons.nik), else_=persons.nik_pendiri)
    )
    named = persons.mutate(
        orang_id=persons.orang_id_kenal.coalesce(minted(founded_on, kantor.kunci.as_scalar(), "O")),
        **{c: persons[c].coalesce(persons[f"{c}_lain"]) for c in _SOUGHT},
        rid_no_kk=ibis.cases((persons.no_kk.notnull(), persons.rid), else_=persons.rid_no_kk),
        status_kini=ibis.cases((persons.sumber.isin(registri), persons.status), else_=persons.status_lain),
    )
    before = dim_orang_lalu.select(
        orang_id_lalu="orang_id", keluarga_lalu="keluarga_id", status_lalu="status", nik_jenis_lalu="nik_jenis",
        **{f"{c}_lalu": c for c in _ATTRIBUTES if c != "no_kk"},
    )  # fmt: skip
    both = named.left_join(before, [("orang_id", "orang_id_lalu")])
    now = {c: both[c].coalesce(both[f"{c}_lalu"]) for c in _ATTRIBUTES if c != "no_kk"}
    arrived = (both.status_lalu == MOVED) & (now["kode_desa"] != both.kode_desa_lalu)
    now["status"] = both.status_kini.coalesce(
        ibis.cases((arrived, "AKTIF"), else_=both.status_lalu), ibis.literal("AKTIF")
    )
    now["nik_jenis"] = ibis.cases((now["nik"].notnull(), "sah"), else_=both.nik_jenis)
    changed = both.orang_id_lalu.isnull()
    for column, value in now.items():
        changed = changed | ~value.identical_to(both[f"{column}_lalu"])
    return both.select("orang", "orang_id", "no_kk", "rid_no_kk", "keluarga_lalu", **now, berubah=changed)


def _from_other_rows(first: ir.Table, baris: ir.Table, tautan: ir.Table, registri: tuple[str, ...]) -> ir.Table:
    """What the other rows of a person tell where the first one lacks something; columns <attribute>_lain."""
    founded_elsewhere = (first.orang > 0) & (first.rid != first.orang)
    lacking = ~first.sumber.isin(registri) | founded_elsewhere
    for column in _SOUGHT:
        lacking = lacking | first[column].isnull()
    asked = first.filter(lacking).select("orang")
    links = tautan.semi_join(asked, "orang").select("rid", "orang", "nasib")
    rows = links.inner_join(baris.select("rid", "sumber", "status", *_SOUGHT), "rid")
    return rows.group_by(orang_lain="orang").agg(
        **{f"{c}_lain": rows[c].argmin(rows.rid, where=rows[c].notnull()) for c in _SOUGHT},
        rid_no_kk=rows.rid.min(where=rows.no_kk.notnull()),
        status_lain=rows.status.argmin(rows.rid, where=rows.sumber.isin(registri) & (rows.nasib != "duplikat")),
        nik_pendiri=rows.nik.max(where=rows.rid == rows.orang),
    )
