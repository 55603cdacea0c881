"""What is counted of the files of one source before anything is linked: the tables behind `pipelines/preflight.py`."""

import ibis
import ibis.expr.types as ir


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
    """One row is one kind of unusable NIK of one file, of rows that no rule refuses: berkas, nik_jenis, banyak."""
    rows = baris.filter(baris.alasan == "", baris.nik.isnull(), baris.fasilitas.isnull())
    return rows.group_by("berkas", "nik_jenis").agg(banyak=rows.count())
