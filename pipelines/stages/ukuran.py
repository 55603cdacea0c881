"""The measures that the judgement before publication looks at: counts and shares, never a person's value."""

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.stages.fakta import units

# A desa of a list of the whole kabupaten counts as covered where it has at least so many rows: one or two families
# may well leave a programme, a whole desa does not.
_COVERED = 20
# A share of empty cells is compared where at least so many cells were read.
_ENOUGH_CELLS = 50
SENDER, DESA = "pengirim:", "desa:"  # how the measures of one sender, and of one desa, are named


def ukuran_kiriman(
    mentah: ir.Table, baris: ir.Table, tautan: ir.Table, pengirim: ir.Table, neraca_baris: ir.Table,
    fields: tuple[str, ...], periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one measure of one source: `baris` (data rows), `diterima` (those not refused),
    `pengirim:<pengirim>` (data rows of one sender), `desa:<kode_desa>` (lawful rows of a desa with at least _COVERED),
    `kosong:<kolom>` (share of blank cells among the files that have the column). A file that repeats another counts
    in none."""
    copies = pengirim.filter(pengirim.salinan_dari.notnull())
    data = mentah.filter(mentah.jenis == "data").anti_join(copies, "berkas")
    counts = data.group_by("sumber").agg(nilai=data.count().cast("float64")).mutate(ukuran=ibis.literal("baris"))
    facilities = baris.filter(baris.fasilitas.notnull(), baris.alasan == "").select("sumber")
    accepted = tautan.select("sumber").union(facilities)
    accepted = accepted.group_by("sumber").agg(nilai=accepted.count().cast("float64"))
    accepted = accepted.mutate(ukuran=ibis.literal("diterima"))
    senders = neraca_baris.anti_join(copies, "berkas").group_by("sumber", "pengirim")
    senders = senders.agg(banyak=lambda t: (t.dibaca - t.diabaikan).sum())
    senders = senders.select(
        "sumber", nilai=senders.banyak.cast("float64"), ukuran=ibis.literal(SENDER) + senders.pengirim
    )
    places = lawful_places(baris).group_by("sumber", "kode_desa").agg(banyak=lambda t: t.count())
    places = places.filter(places.banyak >= _COVERED).select(
        "sumber", nilai=places.banyak.cast("float64"), ukuran=ibis.literal(DESA) + places.kode_desa
    )
    blanks = {f"kosong:{f}": (data[f] == "").mean(where=data[f].notnull()) for f in fields}
    cells = {f"sel:{f}": data[f].count() for f in fields}
    wide = keep(data.group_by("sumber").agg(**blanks, **cells))
    rows = counts.select("sumber", "ukuran", "nilai")
    for part in (accepted, senders, places):
        rows = rows.union(part.select("sumber", "ukuran", "nilai"))
    for f in fields:
        enough = wide.filter(wide[f"sel:{f}"] >= _ENOUGH_CELLS)
        rows = rows.union(enough.select("sumber", ukuran=ibis.literal(f"kosong:{f}"), nilai=enough[f"kosong:{f}"]))
    return rows.mutate(periode=ibis.literal(periode.kini))


def measure(measures: ir.Table, ukuran: str, name: str) -> ir.Table:
    """One row is one source: sumber, and the measure of that name as column `name`."""
    return measures.filter(measures.ukuran == ukuran).select("sumber", **{name: measures.nilai})


def measures_of(measures: ir.Table, kind: str) -> ir.Table:
    """The measures of that kind: sumber, nilai, pengirim (what follows the kind in their names)."""
    rows = measures.filter(measures.ukuran.startswith(kind))
    return rows.select("sumber", "nilai", pengirim=rows.ukuran.substr(len(kind)))


def lawful_places(baris: ir.Table) -> ir.Table:
    """One row is one lawful row whose desa is known: sumber, kode_desa."""
    return baris.filter(baris.alasan == "", baris.kode_desa.notnull()).select("sumber", "kode_desa")


def keutuhan(
    fakta_kepesertaan: ir.Table, jejak_baris: ir.Table, temuan: ir.Table, orang: ir.Table, anggota_keluarga: ir.Table,
    dim_wilayah: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one reference between tables: hubungan, yatim (rows that point nowhere)."""
    references = (
        ("fakta_kepesertaan.orang_id -> orang", fakta_kepesertaan, "orang_id", orang),
        ("fakta_kepesertaan.keluarga_id -> keluarga", fakta_kepesertaan, "keluarga_id", anggota_keluarga),
        ("fakta_kepesertaan.kode_desa -> wilayah", fakta_kepesertaan, "kode_desa", dim_wilayah),
        ("jejak_baris.orang_id -> orang", jejak_baris, "orang_id", orang),
        ("orang.orang_id -> keluarga", orang, "orang_id", anggota_keluarga),
        ("temuan.orang_id -> orang", temuan, "orang_id", orang),
        ("temuan.keluarga_id -> keluarga", temuan, "keluarga_id", anggota_keluarga),
    )
    rows = [
        child.filter(child[key].notnull()).anti_join(parent, key).agg(yatim=lambda t: t.count())
        .mutate(hubungan=ibis.literal(name))
        for name, child, key, parent in references
    ]  # fmt: skip
    total = rows[0]
    for row in rows[1:]:
        total = total.union(row)
    return total


def identitas(
    snapshot_desa: ir.Table, fakta_kepesertaan: ir.Table, fakta_kepesertaan_lalu: ir.Table, dim_program: ir.Table,
    periode: Period,
) -> ir.Table:  # fmt: skip
    """One row is one desa and programme: the snapshot's sum against the facts, and against the period before."""
    now, before = units(fakta_kepesertaan, dim_program), units(fakta_kepesertaan_lalu, dim_program)
    facts = now.group_by("program", "kode_desa").agg(fakta=now.count())
    earlier = before.group_by("program", "kode_desa").agg(lalu=before.count())
    rows = snapshot_desa.left_join(facts, ["program", "kode_desa"]).drop("program_right", "kode_desa_right")
    rows = rows.left_join(earlier, ["program", "kode_desa"]).drop("program_right", "kode_desa_right")
    fakta = rows.fakta.fill_null(0)
    measured = rows.select(
        "kode_desa", "program", "jumlah", "masuk", "keluar", "pindah_masuk", "pindah_keluar",
        fakta=fakta, selisih_fakta=rows.jumlah - fakta,
        jumlah_lalu=ibis.null("int64") if periode.sebelum is None else rows.lalu.fill_null(0),
    )  # fmt: skip
    return measured.mutate(
        selisih_identitas=measured.jumlah
        - (measured.jumlah_lalu + measured.masuk - measured.keluar + measured.pindah_masuk - measured.pindah_keluar)
    )


def neraca(neraca_baris: ir.Table) -> ir.Table:
    """One row is one file: selisih, the rows that met no fate (must be 0)."""
    t = neraca_baris
    fates = t.dimuat + t.diperbaiki + t.dikarantina + t.duplikat + t.diabaikan
    return t.select("berkas", selisih=t.dibaca - fates)
