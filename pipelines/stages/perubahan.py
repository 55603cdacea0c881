"""`fakta_perubahan`: who came, left, moved or changed since the period before, and why."""

import ibis
import ibis.expr.types as ir

from pipelines.causes import (
    ACCEPTED_AGAIN,
    HELD,
    MOVED,
    NEW_MEMBER,
    NEW_PERSON,
    NOT_LISTED,
    NOT_SENT,
    OTHER_AMOUNT,
    OTHER_SEGMENT,
    SENT_AGAIN,
)
from pipelines.period import Period
from pipelines.stages.fakta import units, with_unit

_MOVES = ("pindah_keluar", "pindah_masuk")


def fakta_perubahan(
    fakta_kepesertaan: ir.Table, fakta_kepesertaan_lalu: ir.Table, orang: ir.Table, dim_orang_lalu: ir.Table,
    dim_program: ir.Table, daftar_tidak_dikirim: ir.Table, daftar_tidak_dikirim_lalu: ir.Table,
    tertahan: ir.Table, tertahan_lalu: ir.Table, periode: Period,
) -> ir.Table:  # fmt: skip
    """One row is one change of one unit (person or family) in one programme; none in the first period.

    jenis: masuk, keluar, pindah_masuk (at the new desa), pindah_keluar (at the old one), ubah (segment or amount).
    sebab: of `keluar` the removal that a registry states (MENINGGAL, MAMPU, PINDAH ...), else DAFTAR_TIDAK_DIKIRIM (its
    list is gone), BARIS_DIKARANTINA (a refused row of the list may be its own), else TIDAK_ADA_DI_DAFTAR; of `masuk`
    DAFTAR_DIKIRIM_LAGI (it stood on a list that was not sent since), BARIS_DITERIMA_LAGI (its row may have been in
    quarantine until now), ORANG_BARU (on no list before) or BARU_DI_PROGRAM; of a move PINDAH_DESA; of `ubah`
    what changed.
    """
    now = _prefixed(units(fakta_kepesertaan, dim_program), "kini")
    before = _prefixed(units(fakta_kepesertaan_lalu, dim_program), "lalu")
    if periode.sebelum is None:
        now = now.filter(ibis.literal(False))
    both = now.outer_join(before, [("program_kini", "program_lalu"), ("unit_kini", "unit_lalu")])
    removed = orang.select(orang_kini="orang_id", sebab_keluar="status")
    known = dim_orang_lalu.select(orang_lama="orang_id")
    both = both.left_join(removed, [("orang_id_lalu", "orang_kini")]).left_join(
        known, [("orang_id_kini", "orang_lama")]
    )
    for moment, word, told in (
        ("lalu", "absen", with_unit(daftar_tidak_dikirim, dim_program)),
        ("lalu", "tertahan", with_unit(tertahan, dim_program)),
        ("kini", "kembali", with_unit(daftar_tidak_dikirim_lalu, dim_program)),
        ("kini", "diterima", with_unit(tertahan_lalu, dim_program)),
    ):
        those = told.select(**{f"program_{word}": "program", f"unit_{word}": "unit"}).distinct()
        both = both.left_join(those, [(f"program_{moment}", f"program_{word}"), (f"unit_{moment}", f"unit_{word}")])
    came, left = both.unit_lalu.isnull(), both.unit_kini.isnull()
    moved = ~came & ~left & (both.kode_desa_kini != both.kode_desa_lalu)
    changed_segment = (
        ~both.segmen_kini.identical_to(both.segmen_lalu) & both.segmen_kini.notnull() & both.segmen_lalu.notnull()
    )
    changed_amount = (both.nominal_kini != both.nominal_lalu).fill_null(False)
    leaving = ibis.cases(
        ((both.sebab_keluar != "AKTIF").fill_null(False), both.sebab_keluar),
        (both.unit_absen.notnull(), NOT_SENT),
        (both.unit_tertahan.notnull(), HELD),
        else_=NOT_LISTED,
    )
    coming = ibis.cases(
        (both.unit_kembali.notnull(), SENT_AGAIN),
        (both.unit_diterima.notnull(), ACCEPTED_AGAIN),
        (both.orang_lama.isnull(), NEW_PERSON),
        else_=NEW_MEMBER,
    )
    kinds = ibis.cases(
        (came, "masuk"), (left, "keluar"), (moved, "pindah"), (changed_segment | changed_amount, "ubah")
    )  # fmt: skip
    changes = both.mutate(
        jenis=kinds,
        sebab=ibis.cases(
            (came, coming),
            (left, leaving),
            (moved, MOVED),
            (changed_segment, OTHER_SEGMENT),
            else_=OTHER_AMOUNT,
        ),
    ).filter(lambda t: t.jenis.notnull())
    stated = changes.select(
        "sebab",
        program=changes.program_kini.coalesce(changes.program_lalu),
        orang_id=changes.orang_id_kini.coalesce(changes.orang_id_lalu),
        keluarga_id=changes.keluarga_id_kini.coalesce(changes.keluarga_id_lalu),
        desa_kini=changes.kode_desa_kini,
        desa_lalu=changes.kode_desa_lalu,
        jenis=changes.jenis,
    )
    moves = stated.filter(stated.jenis == "pindah")
    others = stated.filter(stated.jenis != "pindah")
    rows = (
        others.mutate(kode_desa=others.desa_kini.coalesce(others.desa_lalu))
        .union(moves.mutate(kode_desa=moves.desa_lalu, jenis=ibis.literal(_MOVES[0])))
        .union(moves.mutate(kode_desa=moves.desa_kini, jenis=ibis.literal(_MOVES[1])))
    )
    return rows.drop("desa_kini", "desa_lalu").mutate(
        periode=ibis.literal(periode.kini), periode_sebelum=ibis.literal(periode.sebelum, "string")
    )


def _prefixed(table: ir.Table, moment: str) -> ir.Table:
    return table.select(**{f"{c}_{moment}": table[c] for c in table.columns})
