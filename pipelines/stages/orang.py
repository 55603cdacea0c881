"""`orang`: every person whom a list of this period names, with what the lists say of them."""

import ibis
import ibis.expr.types as ir

ABLE = ("MAMPU", "ADA_ANGGOTA_ASN_TNI_POLRI_GURU")  # removed because the family needs no aid
_ATTRIBUTES = (
    "nik", "nama", "nama_baku", "tanggal_lahir", "jenis_kelamin", "hubungan_keluarga", "no_kk", "kode_desa",
)  # fmt: skip


def orang(baris: ir.Table, tautan: ir.Table, dim_orang_lalu: ir.Table, registri: tuple[str, ...]) -> ir.Table:
    """One row is one person on a list of this period.

    Each attribute is the one of the most trusted row that has it, else the last known one. Columns: orang_id, nik, nama,
    nama_baku, tanggal_lahir, jenis_kelamin, hubungan_keluarga, no_kk, rid_no_kk (the row that gave the No KK), kode_desa,
    status (AKTIF or the cause of the removal from a registry; a death stays until a registry says otherwise),
    status_kini (what a registry of this period says, else NULL), nik_jenis, keluarga_lalu, baru.
    `registri`: names of the sources that are registries.
    """
    linked = tautan.select("rid", "orang_id").inner_join(baris, "rid")
    now = linked.group_by("orang_id").agg(
        **{c: linked[c].argmin(linked.rid, where=linked[c].notnull()) for c in _ATTRIBUTES},
        rid_no_kk=linked.rid.min(where=linked.no_kk.notnull()),
        status_kini=linked.status.argmin(linked.rid, where=linked.sumber.isin(registri)),
        nik_jenis=linked.nik_jenis.argmin(linked.rid),
    )
    before = dim_orang_lalu.select(
        "orang_id", "keluarga_id", status_lalu="status", **{f"{c}_lalu": c for c in _ATTRIBUTES if c != "no_kk"}
    )
    both = now.left_join(before, "orang_id")
    return both.select(
        "orang_id",
        **{c: both[c].coalesce(both[f"{c}_lalu"]) for c in _ATTRIBUTES if c != "no_kk"},
        no_kk=both.no_kk,
        rid_no_kk=both.rid_no_kk,
        status=both.status_kini.coalesce(both.status_lalu, ibis.literal("AKTIF")),
        status_kini=both.status_kini,
        nik_jenis=ibis.cases((both.nik.coalesce(both.nik_lalu).notnull(), "sah"), else_=both.nik_jenis),
        keluarga_lalu=both.keluarga_id,
        baru=both.orang_id_right.isnull(),
    )
