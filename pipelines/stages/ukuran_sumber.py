"""The measures of each source, and of each of its columns, that the judgement asks a person about.

A frame here is one of `ukuran_pengirim`: its `pengirim` is the source, or `<source>:<column>`.
"""

import ibis
import ibis.expr.types as ir

from pipelines.plausibility import ENOUGH_ROWS
from pipelines.stages.ukuran import measure
from pipelines.stages.ukuran_pengirim import asked

_PARTS = 10_000  # a share that an answer is bound to, in ten thousandths


def kiriman(
    ukuran_kiriman: ir.Table, program_sumber: ir.Table, baris: ir.Table, pengirim: ir.Table, isi_pengirim: ir.Table,
    dim_wilayah: ir.Table, konfirmasi_masuk: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one source: rows read and rows accepted, and the bounds of its declaration. Fewer than ENOUGH_ROWS
    ask nothing: they say nothing about their list. A sender whose every row breaks a rule is a row beside them, and
    asked about however short its list."""
    rows = program_sumber
    for name in ("baris", "diterima"):
        rows = rows.left_join(measure(ukuran_kiriman, name, name), "sumber").drop("sumber_right")
    rows = rows.mutate(baris=rows.baris.fill_null(0.0), diterima=rows.diterima.fill_null(0.0), pengirim=rows.sumber)
    rows = rows.select(
        "sumber", "pengirim", "baris", "diterima", "min_baris", "maks_baris",
        bagian_diterima=rows.diterima / rows.baris.nullif(0.0),
    )  # fmt: skip
    rows = _with_bytes(rows, isi_pengirim).union(_refused_whole(baris, pengirim, isi_pengirim))
    said = _whole(rows.diterima) + " dari " + _whole(rows.baris) + " baris diterima"
    found = asked(rows, rows.diterima, said, "kiriman", dim_wilayah, konfirmasi_masuk)
    asks = (found.baris >= ENOUGH_ROWS) | (found.pengirim != found.sumber)
    return found.mutate(ditanya=asks.ifelse(found.ditanya, 0.0))


def _refused_whole(baris: ir.Table, pengirim: ir.Table, isi_pengirim: ir.Table) -> ir.Table:
    """One row is one sender, no source as a whole, all of whose rows break a rule, as the pre-flight says too. Rows
    that only the linkage refuses are no matter: a list of one family with a damaged number is a usual one."""
    files = pengirim.filter(pengirim.pengirim != pengirim.sumber, pengirim.salinan_dari.isnull())
    counts = baris.group_by("berkas").agg(baris=baris.count(), ditolak=baris.count(where=baris.alasan != ""))
    rows = files.select("sumber", "pengirim", "berkas").inner_join(counts, "berkas")
    rows = rows.group_by("sumber", "pengirim").agg(baris=rows.baris.sum(), ditolak=rows.ditolak.sum())
    rows = rows.filter(rows.ditolak == rows.baris)
    none = ibis.literal(0.0)
    rows = rows.select(
        "sumber", "pengirim", baris=rows.baris.cast("float64"), diterima=none, min_baris=none,
        maks_baris=rows.baris.cast("float64"), bagian_diterima=none,
    )  # fmt: skip
    return rows.left_join(isi_pengirim.select("pengirim", "isi"), "pengirim").drop("pengirim_right")


def kekosongan(
    ukuran_kiriman: ir.Table, ukuran_kiriman_lalu: ir.Table, isi_pengirim: ir.Table, dim_wilayah: ir.Table,
    konfirmasi_masuk: ir.Table,
) -> ir.Table:  # fmt: skip
    """One row is one column of one source: the share of blank cells now and before."""
    now = _shares(ukuran_kiriman).rename(bagian_kosong="nilai")
    before = _shares(ukuran_kiriman_lalu).rename(bagian_lalu="nilai")
    rows = now.left_join(before, ["sumber", "kolom"])
    rows = rows.select(
        "sumber",
        "bagian_kosong",
        "bagian_lalu",
        pengirim=rows.sumber + ":" + rows.kolom,
        selisih=(rows.bagian_kosong - rows.bagian_lalu).abs(),
    )
    rows = _with_bytes(rows, isi_pengirim)
    said = _percent(rows.bagian_kosong) + " selnya kosong, periode lalu " + _percent(rows.bagian_lalu)
    return asked(rows, rows.bagian_lalu * _PARTS, said, "kekosongan", dim_wilayah, konfirmasi_masuk)


def _shares(measures: ir.Table) -> ir.Table:
    rows = measures.filter(measures.ukuran.startswith("kosong:"))
    return rows.select("sumber", "nilai", kolom=rows.ukuran.substr(7))


def _with_bytes(rows: ir.Table, isi_pengirim: ir.Table) -> ir.Table:
    """Add `isi`, what follows from all bytes of the source."""
    whole = isi_pengirim.filter(isi_pengirim.pengirim == isi_pengirim.sumber).select("sumber", "isi")
    return rows.left_join(whole, "sumber").drop("sumber_right")


def _whole(measure: ir.NumericValue) -> ir.StringValue:
    return measure.cast("int64").cast("string")


def _percent(share: ir.NumericValue) -> ir.StringValue:
    return (share * 100).round().cast("int64").cast("string").fill_null("tidak diketahui") + " %"
