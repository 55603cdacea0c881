"""What is counted of the files of one source before anything is linked: the tables behind `pipelines/preflight.py`."""

import ibis
import ibis.expr.types as ir

from pipelines.dates import says_a_date
from pipelines.stages.baris import of_persons

_SHOWN = 5  # rows of a remark
BLANK_CARD, FILLED_CARD, WRONG_CARD = "no_kk kosong", "no_kk diisi", "no_kk tidak sah"
UNREAD = " tak terbaca"  # after the name of a field
_DATES = ("tanggal_lahir", "tanggal_asesmen")


def rows_by_kind(mentah: ir.Table) -> ir.Table:
    """One row is one kind of row of one sheet: berkas, lembar, jenis, banyak."""
    return mentah.group_by("berkas", "lembar", "jenis").agg(banyak=mentah.count())


def refusals(baris: ir.Table) -> ir.Table:
    """One row is one reason of one file: berkas, alasan ('' = the rows refused for any), banyak."""
    broken = baris.filter(baris.alasan != "").select("berkas", "rid", "alasan")
    each = broken.select("berkas", "rid", alasan=broken.alasan.strip().split(" ").unnest())
    every = each.union(broken.select("berkas", "rid", alasan=ibis.literal("")))
    return every.group_by("berkas", "alasan").agg(banyak=every.count())


def doubts(baris: ir.Table) -> ir.Table:
    """One row is one kind of unusable NIK of one file, of rows that no rule refuses, or WRONG_CARD: berkas, nik_jenis,
    banyak."""
    lawful = of_persons(baris)
    cards = lawful.filter(lawful.no_kk.isnull(), lawful.no_kk15.notnull())
    rows = lawful.filter(lawful.nik.isnull()).select("berkas", "nik_jenis")
    rows = rows.union(cards.select("berkas", nik_jenis=ibis.literal(WRONG_CARD)))
    return rows.group_by("berkas", "nik_jenis").agg(banyak=rows.count())


def remarks(mentah: ir.Table, baris: ir.Table) -> ir.Table:
    """One row is one remark of one sheet: berkas, lembar, data (whether its rows are), perhatian, banyak, and pertama,
    the first of its rows."""
    columns = ("berkas", "lembar", "baris", "jenis", "perhatian")
    rows = mentah.filter(mentah.perhatian.notnull()).select(*columns)
    if "no_kk" in mentah.columns:
        rows = rows.union(_without_card(mentah).select(*columns))
        filled = mentah.filter(mentah.diisi == "no_kk").mutate(perhatian=ibis.literal(FILLED_CARD))
        rows = rows.union(filled.select(*columns))
    for name in mentah.columns:
        if name in _DATES:
            rows = rows.union(_unread(name, mentah, baris).select(*columns))
    rows = rows.mutate(data=rows.jenis == "data")
    order = ibis.row_number().over(group_by=["berkas", "lembar", "data", "perhatian"], order_by="baris")
    rows = rows.mutate(urutan=order, ditampilkan=ibis.cases((order < _SHOWN, rows.baris)))
    return rows.group_by("berkas", "lembar", "data", "perhatian").agg(
        banyak=rows.count(), pertama=rows.ditampilkan.collect(order_by=rows.baris)
    )


def _without_card(mentah: ir.Table) -> ir.Table:
    """Data rows whose No KK is blank, of sheets where others have one: it may mean `the same as above`, which is told;
    the rows that the operator's answer filled in are none of them."""
    data = mentah.filter(mentah.jenis == "data")
    carried = data.filter(data.no_kk != "").select("berkas", "lembar").distinct()
    blank = data.filter(data.no_kk == "").semi_join(carried, ["berkas", "lembar"])
    return blank.mutate(perhatian=ibis.literal(BLANK_CARD))


def _unread(name: str, mentah: ir.Table, baris: ir.Table) -> ir.Table:
    """Data rows whose cell says a date that nobody can read, `31 Februari 1980`, which then is no date. One of two
    readings is not among them."""
    read = baris[name].notnull() | baris.tanggal_ragu if name == "tanggal_lahir" else baris[name].notnull()
    said = mentah.filter(mentah.jenis == "data", says_a_date(mentah[name]))
    unread = said.semi_join(baris.filter(~read), ["berkas", "lembar", "baris"])
    return unread.mutate(perhatian=ibis.literal(f"{name}{UNREAD}"))


def titles(mentah: ir.Table) -> ir.Table:
    """One row is one sheet whose title or name says its desa: berkas, lembar, desa, kecamatan."""
    rows = mentah.filter(mentah.judul_desa.notnull())
    return rows.group_by("berkas", "lembar").agg(desa=rows.judul_desa.max(), kecamatan=rows.judul_kecamatan.max())
