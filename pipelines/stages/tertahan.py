"""`tertahan`: who of the period before may stand on a row that is in quarantine now: he has not left."""

import ibis.expr.types as ir
import pyarrow as pa

from pipelines.linkage import Keep
from pipelines.stages.fakta import with_unit

SHAPE = pa.schema([("program", pa.string()), ("unit", pa.string())])


def tertahan(
    baris: ir.Table, karantina: ir.Table, dikenal: ir.Table, kartu_keluarga_lalu: ir.Table,
    fakta_kepesertaan_lalu: ir.Table, program_sumber: ir.Table, dim_program: ir.Table, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one unit that was in a programme the period before, while a refused row of a list of that programme
    has a number or, in the same desa, the name of its person, or the No KK of its family: program, unit.

    Such a row is nobody's: this only tells why somebody may be missing.
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
    stood = fakta_kepesertaan_lalu.select("program", "orang_id", "keluarga_id")
    of_persons = stood.semi_join(keep(by_number.union(by_name)), ["program", "orang_id"])
    of_families = stood.semi_join(keep(families), ["program", "keluarga_id"])
    return with_unit(of_persons.union(of_families), dim_program).select(*SHAPE.names).distinct()
