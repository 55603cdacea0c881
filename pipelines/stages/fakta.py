"""`fakta_kepesertaan`: the lawful, living membership of this period as it was delivered."""

import ibis
import ibis.expr.types as ir

from pipelines.period import Period


def fakta_kepesertaan(
    baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota_keluarga: ir.Table, program_sumber: ir.Table,
    wilayah: ir.Table, periode: Period,
) -> ir.Table:  # fmt: skip
    """One row is one person or family in one programme; columns as in the warehouse.

    Left out: copies, rows with a removal status, and the dead. A row that names no desa takes the person's own; where
    that is not known either, the kabupaten's `Desa belum diketahui`. Two recipients of one family on one list are two
    rows of one unit and stand in one desa, that of the first.
    """
    kept = tautan.filter(tautan.nasib != "duplikat").select("rid", "orang_id")
    persons = orang.filter(orang.status != "MENINGGAL").select("orang_id", desa_orang="kode_desa")
    rows = (
        baris.filter(baris.alasan == "", baris.status == "AKTIF")
        .select("rid", "sumber", "kode_desa", "segmen", "nominal", "berkas", "lembar", "baris")
        .inner_join(kept, "rid")
        .inner_join(persons, "orang_id")
        .inner_join(anggota_keluarga.select("orang_id", "keluarga_id"), "orang_id")
        .inner_join(program_sumber.select("sumber", "program", "satuan"), "sumber")
    )
    nowhere = wilayah.kode_kabupaten.min().as_scalar() + ".00.0000"
    rows = rows.mutate(kode_desa=rows.kode_desa.coalesce(rows.desa_orang, nowhere))
    return rows.select(
        "program",
        "orang_id",
        "keluarga_id",
        "segmen",
        "nominal",
        "berkas",
        "lembar",
        "baris",
        periode=ibis.literal(periode.kini),
        kode_desa=ibis.cases(
            (
                rows.satuan == "keluarga",
                rows.kode_desa.first().over(group_by=[rows.program, rows.keluarga_id], order_by=rows.rid),
            ),
            else_=rows.kode_desa,
        ),
    )


def units(fakta: ir.Table, dim_program: ir.Table) -> ir.Table:
    """The units that a programme counts: program, satuan, unit (orang_id or keluarga_id), keluarga_id, kode_desa.

    One row is one unit in one programme.
    """
    rows = fakta.inner_join(dim_program.select("program", "satuan"), "program")
    rows = rows.mutate(unit=(rows.satuan == "orang").ifelse(rows.orang_id, rows.keluarga_id))
    return rows.group_by("program", "satuan", "unit").agg(
        orang_id=rows.orang_id.min(), keluarga_id=rows.keluarga_id.min(), kode_desa=rows.kode_desa.min(),
        segmen=rows.segmen.max(), nominal=rows.nominal.sum(),
    )  # fmt: skip
