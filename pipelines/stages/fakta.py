"""`fakta_kepesertaan`: the lawful, living membership of this period as it was delivered."""

import ibis
import ibis.expr.types as ir

from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.stages.orang import DEAD, INACTIVE


def fakta_kepesertaan(
    baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota_keluarga: ir.Table, program_sumber: ir.Table,
    wilayah: ir.Table, periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one person or family in one programme; columns as in the warehouse.

    Left out: copies, rows with a removal status, the dead, lists of no programme, and the families of which a registry
    of families says that they are none of its own any more. There a dead head still stands
    for a family of which nobody living is named. `desil` is that of the family, on whichever of its rows a
    list states it. A row that names no desa takes the person's own; where that is not known either, the kabupaten's
    `Desa belum diketahui`. Two recipients of one family on one list are two rows of one unit and stand in one desa,
    that of the first.
    """
    sources = program_sumber.filter(program_sumber.program != "").select(
        "sumber", "program", "satuan", berkeluarga=program_sumber.registri & (program_sumber.satuan == "keluarga")
    )  # fmt: skip
    # the programme is joined to the narrow links: either kind of unit then takes only its own through the joins
    kept = tautan.filter(tautan.nasib != "duplikat").inner_join(sources, "sumber")
    persons = orang.select("orang", desa_orang="kode_desa", wafat=orang.status == DEAD)
    members = persons.inner_join(anggota_keluarga.select("orang", "orang_id", "keluarga_id"), "orang")
    nowhere = wilayah.kode_kabupaten.min().as_scalar() + ".00.0000"
    rows = (
        baris.filter(baris.status.isin(("AKTIF", DEAD)))
        .select("rid", "kode_desa", "segmen", "nominal", "berkas", "lembar", "baris", "status")
        .inner_join(kept.select("rid", "orang", "program", "satuan", "berkeluarga"), "rid")
        .inner_join(members, "orang")
    )
    rows = rows.mutate(
        kode_desa=rows.kode_desa.coalesce(rows.desa_orang, nowhere),
        hidup=(rows.status == "AKTIF") & ~rows.wafat,
    )
    rows = rows.filter(rows.hidup | rows.berkeluarga)
    stated = keep(_of_families(baris, tautan, anggota_keluarga, program_sumber))
    gone = stated.filter(stated.keluar)
    ranked = stated.filter(stated.desil.notnull()).select("program", "keluarga_id", "desil")
    families = rows.filter(rows.satuan == "keluarga").anti_join(gone, ["program", "keluarga_id"])
    families = families.left_join(ranked, ["program", "keluarga_id"]).drop("program_right", "keluarga_id_right")
    families = keep(families)
    first = families.group_by("program", "keluarga_id").agg(
        desa_pertama=families.kode_desa.argmin(families.rid), ada_hidup=families.hidup.any()
    )
    families = families.inner_join(first, ["program", "keluarga_id"])
    families = families.filter(families.hidup | ~families.ada_hidup)
    columns = ("program", "orang_id", "keluarga_id", "segmen", "nominal", "berkas", "lembar", "baris")
    return (
        rows.filter(rows.satuan == "orang")
        .select(*columns, "kode_desa", desil=ibis.null("int64"))
        .union(families.select(*columns, kode_desa="desa_pertama", desil="desil"))
        .mutate(periode=ibis.literal(periode.kini))
    )


def _of_families(baris: ir.Table, tautan: ir.Table, anggota: ir.Table, sources: ir.Table) -> ir.Table:
    """What registries of families state of a family on any row of its members, copies too: program, keluarga_id, desil
    (that of the first row that has one) and keluar (it is NONAKTIF; a member's death is no end of the family)."""
    registries = sources.filter(sources.registri, sources.satuan == "keluarga").select("sumber", "program")
    rows = baris.filter(baris.alasan == "").inner_join(registries, "sumber")
    rows = rows.select("rid", "program", "status", "desil")
    rows = rows.inner_join(tautan.select("rid", "orang"), "rid").inner_join(
        anggota.select("orang", "keluarga_id"), "orang"
    )
    return rows.group_by("program", "keluarga_id").agg(
        desil=rows.desil.argmin(rows.rid, where=rows.desil.notnull()),
        keluar=(rows.status == INACTIVE).any(),
    )


def units(fakta: ir.Table, dim_program: ir.Table) -> ir.Table:
    """The units that a programme counts: program, satuan, unit (orang_id or keluarga_id), keluarga_id, kode_desa,
    segmen, nominal (the largest of a family).

    One row is one unit in one programme. A person stands once on a programme's list; a family may have two recipients.
    """
    of_persons, of_families = (
        fakta.inner_join(dim_program.filter(dim_program.satuan == satuan).select("program", "satuan"), "program")
        for satuan in ("orang", "keluarga")
    )  # apart from the start: shared, the rows would be copied before they are parted
    persons = of_persons.select(
        "program", "satuan", "orang_id", "keluarga_id", "kode_desa", "segmen", "nominal", unit="orang_id"
    )
    families = of_families.mutate(unit=of_families.keluarga_id)
    single = families.group_by("program", "satuan", "unit").agg(
        orang_id=families.orang_id.min(), keluarga_id=families.keluarga_id.min(), kode_desa=families.kode_desa.min(),
        segmen=families.segmen.max(), nominal=families.nominal.max(),
    )  # fmt: skip
    return persons.union(single.select(*persons.columns))


def with_unit(rows: ir.Table, dim_program: ir.Table) -> ir.Table:
    """Add `unit`, what the programme counts: the person or the family of a row."""
    kinds = dim_program.select("program", berorang=dim_program.satuan == "orang")
    rows = rows.inner_join(kinds, "program")
    return rows.mutate(unit=rows.berorang.ifelse(rows.orang_id, rows.keluarga_id)).drop("berorang")
