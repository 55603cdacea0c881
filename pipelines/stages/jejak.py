"""The fate of every physical row: `jejak_baris`, `karantina` and the balance of every file, `neraca_baris`."""

import ibis
import ibis.expr.types as ir

from pipelines.period import Period
from pipelines.rules import sentences
from pipelines.stages.baris import of_persons

FATES = ("dimuat", "diperbaiki", "dikarantina", "duplikat", "diabaikan")


def jejak_baris(
    mentah: ir.Table, baris: ir.Table, tautan: ir.Table, anggota_keluarga: ir.Table, pengirim: ir.Table,
    periode: Period,
) -> ir.Table:  # fmt: skip
    """One row is one non-blank physical row of one file, with its one fate (`nasib`, one of FATES).

    A data row of a file that only repeats another is a duplicate of that file's row; a shared facility is loaded and
    nobody's.
    """
    family = anggota_keluarga.select("orang", "orang_id", "keluarga_id")
    linked = tautan.inner_join(family, "orang").select(
        "rid", "orang_id", "keluarga_id", "cara_padan", "skor_padan", "nasib"
    )
    facility = baris.fasilitas.notnull() & (baris.alasan == "")
    data = baris.select("rid", "sumber", "berkas", "lembar", "baris", sarana=facility).left_join(linked, "rid")
    stated = data.select(
        "sumber", "berkas", "lembar", "baris", "orang_id", "keluarga_id", "cara_padan", "skor_padan",
        nasib=data.sarana.ifelse("dimuat", data.nasib.coalesce("dikarantina")), jenis=ibis.literal("data"),
    )  # fmt: skip
    ignored = mentah.filter(mentah.jenis != "data")
    unread = ignored.select(
        "sumber", "berkas", "lembar", "baris", orang_id=ibis.null("string"), keluarga_id=ibis.null("string"),
        cara_padan=ibis.null("string"), skor_padan=ibis.null("float64"), nasib=ibis.literal("diabaikan"), jenis="jenis",
    )  # fmt: skip
    copied = _copied(mentah, baris, pengirim, linked).select(*stated.columns)
    return stated.union(unread).union(copied).mutate(periode=ibis.literal(periode.kini))


def _copied(mentah: ir.Table, baris: ir.Table, pengirim: ir.Table, linked: ir.Table) -> ir.Table:
    """The data rows of copies, each as its original was linked; usually none, so only their originals are joined."""
    copies = pengirim.filter(pengirim.salinan_dari.notnull()).select("berkas", "salinan_dari")
    rows = mentah.filter(mentah.jenis == "data").inner_join(copies, "berkas")
    rows = rows.select("sumber", "berkas", "lembar", "baris", "salinan_dari", "jenis")
    original = baris.select("rid", "lembar", "baris", salinan_dari="berkas").semi_join(copies, "salinan_dari")
    found = rows.left_join(original.inner_join(linked.drop("nasib"), "rid"), ["salinan_dari", "lembar", "baris"])
    return found.mutate(nasib=ibis.literal("duplikat"))


def karantina(baris: ir.Table, tautan: ir.Table, periode: Period) -> ir.Table:
    """One row is one reason why one row was refused; `pesan` is the Indonesian sentence for the sender."""
    place = ("sumber", "berkas", "lembar", "baris", "kode_desa")
    broken = baris.filter(baris.alasan != "").select(*place, alasan=lambda t: t.alasan.strip().split(" ").unnest())
    nobody = of_persons(baris).select("rid").anti_join(tautan, "rid")
    unlinked = baris.semi_join(nobody, "rid")  # few: all rows with their places would be held for the comparison
    unknown = unlinked.select(*place, alasan=ibis.literal("nik_") + unlinked.nik_jenis)
    rows = broken.union(unknown)
    texts = sentences()
    return rows.mutate(
        periode=ibis.literal(periode.kini),
        kolom=rows.alasan.cases(*((code, column) for code, (column, _) in texts.items()), else_=""),
        pesan=rows.alasan.cases(*((code, text) for code, (_, text) in texts.items()), else_=""),
    )


def neraca_baris(berkas: ir.Table, jejak_baris: ir.Table, pengirim: ir.Table, periode: Period) -> ir.Table:
    """One row is one file: who sent it, rows read (`dibaca`) and how many of them met each fate; the fates add up to
    `dibaca`."""
    fates = jejak_baris.group_by("sumber", "berkas").agg(
        **{fate: jejak_baris.count(where=jejak_baris.nasib == fate) for fate in FATES}
    )
    rows = berkas.left_join(fates, ["sumber", "berkas"]).drop("sumber_right", "berkas_right")
    rows = rows.left_join(pengirim.select("berkas", "pengirim"), "berkas").drop("berkas_right")
    return rows.mutate(periode=ibis.literal(periode.kini), **{fate: rows[fate].fill_null(0) for fate in FATES})


def semua_dikarantina(neraca_baris: ir.Table) -> ir.Table:
    """One row is one file of whose rows none counts: berkas, dikarantina (all of its data rows)."""
    counted = neraca_baris.dimuat + neraca_baris.diperbaiki + neraca_baris.duplikat
    return neraca_baris.filter(neraca_baris.dikarantina > 0, counted == 0).select("berkas", "dikarantina")


def kolom_berkas(kolom: ir.Table, pengirim: ir.Table, periode: Period) -> ir.Table:
    """One row is one column of one sheet of one file, and the field that it was taken for; `baris` is its header's."""
    rows = kolom.inner_join(pengirim.select("berkas", "pengirim"), "berkas")
    return rows.mutate(periode=ibis.literal(periode.kini))
