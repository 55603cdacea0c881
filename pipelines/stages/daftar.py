"""Which lists are here and which are gone, and who stood on one that nobody sent: he has not left, nothing is known."""

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.stages.fakta import with_unit
from pipelines.stages.ukuran import DESA, SENDER, lawful_places, measures_of

_COLUMNS = ("program", "orang_id", "keluarga_id", "kode_desa", "sumber", "pengirim", "sejak")


def kehadiran(
    ukuran_kiriman: ir.Table, ukuran_kiriman_lalu: ir.Table, baris: ir.Table, program_sumber: ir.Table
) -> ir.Table:
    """One row is one sender, or one desa on the list of a source: sumber, pengirim, baris_lalu (its rows in the period
    before, where it is awaited), hilang (1: it is gone since; where it had some rows the gate asks about it, so it is
    published only where a person has confirmed it).

    A desa whose list is empty has sent. Where a source names no desa this period none of it is missed.
    """
    present = lawful_places(baris).distinct()
    desa = present.select("sumber", pengirim=present.sumber + "/" + present.kode_desa)
    now = measures_of(ukuran_kiriman, SENDER).select("sumber", "pengirim").union(desa, distinct=True)
    sent = measures_of(ukuran_kiriman_lalu, SENDER)
    sent = sent.filter(sent.nilai > 0)
    had = measures_of(ukuran_kiriman_lalu, DESA).semi_join(present.select("sumber").distinct(), "sumber")
    had = had.mutate(pengirim=had.sumber + "/" + had.pengirim)
    before = (
        sent.union(had.select(*sent.columns)).group_by("sumber", "pengirim").agg(baris_lalu=lambda t: t.nilai.max())
    )
    before = before.semi_join(program_sumber.filter(program_sumber.ditunggu), "sumber")
    gone = before.anti_join(now, "pengirim").mutate(hilang=1.0)
    there = now.left_join(before.select("pengirim", "baris_lalu"), "pengirim").drop("pengirim_right")
    return gone.union(there.mutate(hilang=ibis.literal(0.0)).select(*gone.columns))


def daftar_tidak_dikirim(
    kehadiran: ir.Table, fakta_kepesertaan: ir.Table, fakta_kepesertaan_lalu: ir.Table, neraca_baris_lalu: ir.Table,
    daftar_tidak_dikirim_lalu: ir.Table, dim_program: ir.Table, periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one unit that stood on a list which is gone, and stands on none of that programme now: program,
    orang_id, keluarga_id, kode_desa, sumber, pengirim (whose list it is), sejak (the first period without it).

    It is carried from period to period until its list is sent again, with it or without it.
    """
    gone = keep(kehadiran.filter(kehadiran.hilang > 0).select("sumber", "pengirim"))
    files = neraca_baris_lalu.select("berkas", "sumber", dari=lambda t: t.pengirim.coalesce(t.sumber))
    whole = files.semi_join(gone, [("dari", "pengirim")]).select("berkas", "sumber", pengirim="dari")
    places = gone.mutate(kode_desa=gone.pengirim.re_extract(r"[^/]*$", 0)).inner_join(files, "sumber").drop("dari")
    stood = fakta_kepesertaan_lalu.select("program", "orang_id", "keluarga_id", "kode_desa", "berkas")
    columns = (*stood.columns, "sumber", "pengirim")
    rows = stood.inner_join(whole, "berkas").select(*columns)
    rows = rows.union(stood.inner_join(places, ["berkas", "kode_desa"]).select(*columns))
    rows = with_unit(rows, dim_program)
    new = rows.group_by("program", "unit").agg(**{c: rows[c].min() for c in columns if c not in ("program", "berkas")})
    new = new.mutate(sejak=ibis.literal(periode.kini))
    still = daftar_tidak_dikirim_lalu.anti_join(kehadiran.filter(kehadiran.hilang == 0), "pengirim")
    carried = with_unit(still.select(*_COLUMNS), dim_program)
    absent = keep(new.select(*_COLUMNS, "unit").union(carried.select(*_COLUMNS, "unit")))
    here = with_unit(fakta_kepesertaan.semi_join(absent, "program"), dim_program).select("program", "unit")
    back = here.semi_join(absent, ["program", "unit"])
    return absent.anti_join(back, ["program", "unit"]).drop("unit").mutate(periode=ibis.literal(periode.kini))
