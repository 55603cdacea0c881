"""`tertahan`: who stood in a programme and may stand on a row that is in quarantine now: he has not left."""

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.stages.fakta import with_unit

_STOOD = ("program", "orang_id", "keluarga_id", "kode_desa")


def tertahan(
    baris: ir.Table, karantina: ir.Table, dikenal: ir.Table, kartu_keluarga_lalu: ir.Table, orang: ir.Table,
    fakta_kepesertaan: ir.Table, fakta_kepesertaan_lalu: ir.Table, tertahan_lalu: ir.Table, program_sumber: ir.Table,
    dim_program: ir.Table, periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one unit that is in a programme no more, while a refused row of a list of that programme has a number
    or, in the same desa, the name of its person, or the No KK of its family: program, orang_id, keluarga_id, kode_desa
    (where it last was), sejak (the first period without it).

    Such a row is nobody's: this only tells why somebody may be missing. It is carried from period to period while such
    a row is in quarantine, or no list of the programme comes at all. Whom a registry removed is not missing.
    """
    programmes = program_sumber.filter(program_sumber.program != "").select("sumber", "program")
    told = baris.semi_join(karantina, ["berkas", "lembar", "baris"]).inner_join(programmes, "sumber")
    rows = keep(told.select(
        "program", "no_kk", "nama_baku", "kode_desa", nik=told.nik.coalesce(told.nik_calon).cast("int64")
    ))  # fmt: skip
    by_number = rows.inner_join(dikenal, "nik").select("program", "orang_id")
    unknown = rows.anti_join(dikenal, "nik")  # a number that is somebody's own is nobody else's, whatever his name
    by_name = unknown.inner_join(dikenal, ("nama_baku", "kode_desa")).select("program", "orang_id")
    families = rows.inner_join(dim_program.filter(dim_program.satuan == "keluarga").select("program"), "program")
    families = families.inner_join(kartu_keluarga_lalu, "no_kk").select("program", "keluarga_id")
    stood = fakta_kepesertaan_lalu.select(*_STOOD, sejak=ibis.literal(periode.kini))
    stood = stood.union(tertahan_lalu.select(*stood.columns))
    of_persons = stood.semi_join(keep(by_number.union(by_name)), ["program", "orang_id"])
    of_families = stood.semi_join(keep(families), ["program", "keluarga_id"])
    sent = keep(baris.select("sumber").distinct().inner_join(programmes, "sumber").select("program").distinct())
    unsent = tertahan_lalu.anti_join(sent, "program").select(*stood.columns)
    missing = with_unit(of_persons.union(of_families).union(unsent), dim_program)
    missing = missing.anti_join(orang.filter(orang.status != "AKTIF"), "orang_id")
    single = keep(missing.group_by("program", "unit").agg(**{c: missing[c].min() for c in stood.columns[1:]}))
    here = with_unit(fakta_kepesertaan.semi_join(single, "program"), dim_program).semi_join(single, ["program", "unit"])
    return single.anti_join(here, ["program", "unit"]).drop("unit").mutate(periode=ibis.literal(periode.kini))
