"""The fate of every physical row: `jejak_baris`, `karantina` and the balance of every file, `neraca_baris`."""

import ibis
import ibis.expr.types as ir

from pipelines.period import Period
from pipelines.rules import sentences

FATES = ("dimuat", "diperbaiki", "dikarantina", "duplikat", "diabaikan")


def jejak_baris(
    mentah: ir.Table, baris: ir.Table, tautan: ir.Table, anggota_keluarga: ir.Table, periode: Period
) -> ir.Table:
    """One row is one non-blank physical row of one file, with its one fate (`nasib`, one of FATES)."""
    family = anggota_keluarga.select("orang", "orang_id", "keluarga_id")
    linked = tautan.inner_join(family, "orang").select(
        "rid", "orang_id", "keluarga_id", "cara_padan", "skor_padan", "nasib"
    )
    data = baris.select("rid", "sumber", "berkas", "lembar", "baris").left_join(linked, "rid")
    stated = data.select(
        "sumber", "berkas", "lembar", "baris", "orang_id", "keluarga_id", "cara_padan", "skor_padan",
        nasib=data.nasib.coalesce("dikarantina"), jenis=ibis.literal("data"),
    )  # fmt: skip
    ignored = mentah.filter(mentah.jenis != "data")
    unread = ignored.select(
        "sumber", "berkas", "lembar", "baris", orang_id=ibis.null("string"), keluarga_id=ibis.null("string"),
        cara_padan=ibis.null("string"), skor_padan=ibis.null("float64"), nasib=ibis.literal("diabaikan"), jenis="jenis",
    )  # fmt: skip
    return stated.union(unread).mutate(periode=ibis.literal(periode.kini))


def karantina(baris: ir.Table, tautan: ir.Table, periode: Period) -> ir.Table:
    """One row is one reason why one row was refused; `pesan` is the Indonesian sentence for the sender."""
    place = ("sumber", "berkas", "lembar", "baris")
    broken = baris.filter(baris.alasan != "").select(*place, alasan=lambda t: t.alasan.strip().split(" ").unnest())
    nobody = baris.filter(baris.alasan == "").select("rid").anti_join(tautan, "rid")
    unlinked = baris.semi_join(nobody, "rid")  # few: all rows with their places would be held for the comparison
    unknown = unlinked.select(*place, alasan=ibis.literal("nik_") + unlinked.nik_jenis)
    rows = broken.union(unknown)
    texts = sentences()
    return rows.mutate(
        periode=ibis.literal(periode.kini),
        kolom=rows.alasan.cases(*((code, column) for code, (column, _) in texts.items()), else_=""),
        pesan=rows.alasan.cases(*((code, text) for code, (_, text) in texts.items()), else_=""),
    )


def neraca_baris(berkas: ir.Table, jejak_baris: ir.Table, periode: Period) -> ir.Table:
    """One row is one file: rows read (`dibaca`) and how many of them met each fate; the fates add up to `dibaca`."""
    fates = jejak_baris.group_by("sumber", "berkas").agg(
        **{fate: jejak_baris.count(where=jejak_baris.nasib == fate) for fate in FATES}
    )
    rows = berkas.left_join(fates, ["sumber", "berkas"]).drop("sumber_right", "berkas_right")
    return rows.mutate(periode=ibis.literal(periode.kini), **{fate: rows[fate].fill_null(0) for fate in FATES})
