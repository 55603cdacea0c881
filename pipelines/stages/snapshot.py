"""`snapshot_desa`: every desa and programme of a period in numbers."""

import ibis
import ibis.expr.types as ir

from pipelines.period import Period
from pipelines.stages.fakta import units

_CHANGES = ("masuk", "keluar", "pindah_masuk", "pindah_keluar")


def snapshot_desa(
    fakta_kepesertaan: ir.Table,
    fakta_perubahan: ir.Table,
    dim_wilayah: ir.Table,
    dim_program: ir.Table,
    periode: Period,
) -> ir.Table:
    """One row is one desa and one programme, zeros included.

    jumlah: distinct units (`satuan`) in `fakta_kepesertaan`. jumlah(t) = jumlah(t-1) + masuk - keluar + pindah_masuk -
    pindah_keluar. tetap: units that were in this desa the period before as well. In the first period there is nothing
    to compare with: periode_sebelum is NULL, all but jumlah 0, and no identity is claimed.
    """
    members = units(fakta_kepesertaan, dim_program)
    counted = members.group_by("program", "kode_desa").agg(jumlah=members.count())
    changed = fakta_perubahan.group_by("program", "kode_desa").agg(
        **{kind: fakta_perubahan.count(where=fakta_perubahan.jenis == kind) for kind in _CHANGES}
    )
    # a desa that the region table has no more still has those who left it
    places = dim_wilayah.select("kode_desa").union(fakta_perubahan.select("kode_desa"), distinct=True)
    frame = places.cross_join(dim_program.select("program", "satuan"))
    rows = frame.left_join(counted, ["program", "kode_desa"]).drop("program_right", "kode_desa_right")
    rows = rows.left_join(changed, ["program", "kode_desa"]).drop("program_right", "kode_desa_right")
    rows = rows.mutate(**{c: rows[c].fill_null(0) for c in ("jumlah", *_CHANGES)})
    stayed = rows.jumlah - rows.masuk - rows.pindah_masuk
    return rows.mutate(
        periode=ibis.literal(periode.kini),
        periode_sebelum=ibis.literal(periode.sebelum, "string"),
        tetap=ibis.literal(0, "int64") if periode.sebelum is None else stayed,
    )
