"""A cohort that was assessed in the field, against the warehouse: who is registered, was removed, receives what.

A cohort is followed once it has been assessed: its members are carried from period to period.
"""

from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Source
from pipelines.linkage import Keep
from pipelines.period import Period

ASSESSED, REMOVED, UNREGISTERED = "dinilai", "dikeluarkan", "tidak_terdaftar"
MEMBER, COMBINATION, SOCIAL_AID, UNTOUCHED  = (
    "peserta", "bantuan_keluarga", "bansos", "belum_tersentuh",
)  # fmt: skip
COHORT, NOTHING = "ASESMEN", "TANPA_BANTUAN"
_UNITS = {"orang": "orang_id", "keluarga": "keluarga_id"}


def anggota_kohort(
    baris: ir.Table, tautan: ir.Table, anggota_keluarga: ir.Table, anggota_kohort_lalu: ir.Table, periode: Period
) -> ir.Table:
    """One row is one member of one cohort: periode, kohort, lokasi (where he was assessed), orang_id, keluarga_id,
    kode_desa. A cohort without a list in this period keeps the members of its last one."""
    named = baris.filter(baris.kohort.notnull()).select("rid", "kohort", "lokasi", "kode_desa")
    kept = tautan.filter(tautan.nasib != "duplikat").select("rid", "orang")
    rows = named.inner_join(kept, "rid").inner_join(
        anggota_keluarga.select("orang", "orang_id", "keluarga_id"), "orang"
    )
    now = rows.group_by("kohort", "orang_id").agg(
        lokasi=rows.lokasi.argmin(rows.rid),
        keluarga_id=rows.keluarga_id.min(),
        kode_desa=rows.kode_desa.argmin(rows.rid),
    )
    families = anggota_keluarga.select("orang_id", keluarga_kini="keluarga_id")
    before = anggota_kohort_lalu.anti_join(now, "kohort").left_join(families, "orang_id")
    before = before.mutate(keluarga_id=before.keluarga_kini.coalesce(before.keluarga_id))
    columns = ("kohort", "orang_id", "lokasi", "keluarga_id", "kode_desa")
    return now.select(*columns).union(before.select(*columns)).mutate(periode=ibis.literal(periode.kini))


def asesmen_kohort(
    anggota_kohort: ir.Table, fakta_kepesertaan: ir.Table, orang: ir.Table, dim_orang_lalu: ir.Table,
    program_sumber: ir.Table, sources: Sequence[Source], periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one measure of one cohort: kohort, ukuran, program, satuan, lokasi, sebab, jumlah, dari.

    ukuran: `dinilai` (the cohort, whole and by lokasi), `peserta` (of each programme, counted in its satuan),
    `dikeluarkan` (persons whom a registry removed, by sebab), `tidak_terdaftar` (persons in no registry whom none
    removed), `bantuan_keluarga` (families by the aid they draw together: BPNT+PKH), `bansos` (families with an aid that
    is drawn from a registry), `belum_tersentuh` (families that draw no family aid). `dari`: all of the cohort, in the
    same satuan.
    """
    members = keep(anggota_kohort.select("kohort", "lokasi", "orang_id", "keluarga_id"))
    size = keep(_sizes(members))
    kinds = program_sumber.filter(program_sumber.program != "").group_by("program", "satuan").agg(
        registri=program_sumber.registri.any(), dari_registri=program_sumber.dari_registri.any(),
        memberi=program_sumber.memberi.any(),
    )  # fmt: skip
    facts = fakta_kepesertaan.select("program", "orang_id", "keluarga_id").inner_join(kinds, "program")
    drawn = keep(reduce(lambda a, b: a.union(b), (_drawn(members, facts, s, key) for s, key in _UNITS.items())))
    family_aid = sorted({s.program for s in sources if s.gives() and s.satuan == "keluarga"})
    aided = keep(_families_with_aid(members, drawn, family_aid))
    parts = (
        _assessed(members),
        _counted(drawn, MEMBER, drawn.program),
        _removed(members, drawn, orang, dim_orang_lalu),
        _counted(aided, COMBINATION, aided.bantuan_keluarga),
        _counted(aided.filter(aided.bansos), SOCIAL_AID, ibis.literal(COHORT)),
        _counted(aided.filter(aided.bantuan_keluarga == NOTHING), UNTOUCHED, ibis.literal(COHORT)),
    )
    every = reduce(lambda a, b: a.union(b), parts)
    rows = every.inner_join(size, ["kohort", "satuan"])
    return rows.mutate(periode=ibis.literal(periode.kini))


def _sizes(members: ir.Table) -> ir.Table:
    """kohort, satuan, dari."""
    parts = [
        members.group_by("kohort").agg(dari=members[key].nunique()).mutate(satuan=ibis.literal(satuan))
        for satuan, key in _UNITS.items()
    ]
    return parts[0].union(parts[1])


def _drawn(members: ir.Table, facts: ir.Table, satuan: str, key: str) -> ir.Table:
    """One row is one unit of a cohort in one programme that counts such units: kohort, satuan, unit, programme."""
    units = members.filter(members[key].notnull()).select("kohort", key).distinct()
    own = facts.filter(facts.satuan == satuan).select(key, "program", "satuan", "registri", "dari_registri", "memberi")
    joined = units.inner_join(own, key)  # few of all facts: their repetitions are looked for afterwards
    drawn = joined.select("kohort", "satuan", "program", "registri", "dari_registri", "memberi", unit=joined[key])
    return drawn.distinct()


def _families_with_aid(members: ir.Table, drawn: ir.Table, programs: Sequence[str]) -> ir.Table:
    """One row is one family of a cohort: kohort, satuan, unit, bantuan_keluarga (`BPNT+PKH`), bansos."""
    families = members.select("kohort", unit="keluarga_id").distinct()
    aid = drawn.filter(drawn.satuan == "keluarga", drawn.memberi)
    flags = {program: (aid.program == program).any() for program in programs}
    together = aid.group_by("kohort", "unit").agg(bansos=aid.dari_registri.any(), **flags)
    rows = families.left_join(together, ["kohort", "unit"])
    names = reduce(
        lambda a, b: a + b, (rows[p].fill_null(False).ifelse(f"+{p}", "") for p in programs), ibis.literal("")
    )
    return rows.select(
        "kohort", "unit", satuan=ibis.literal("keluarga"), bansos=rows.bansos.fill_null(False),
        bantuan_keluarga=names.substr(1).nullif("").fill_null(NOTHING),
    )  # fmt: skip


def _counted(rows: ir.Table, ukuran: str, program: ir.StringValue) -> ir.Table:
    """Count units by programme."""
    named = rows.mutate(program=program)
    counts = named.group_by("kohort", "satuan", "program").agg(jumlah=named.unit.nunique())
    return _stated(counts, ukuran)


def _stated(counts: ir.Table, ukuran: str) -> ir.Table:
    nothing = {c: ibis.null("string") for c in ("lokasi", "sebab") if c not in counts.columns}
    return counts.mutate(ukuran=ibis.literal(ukuran), **nothing).select(
        "kohort", "ukuran", "program", "satuan", "lokasi", "sebab", "jumlah"
    )


def _assessed(members: ir.Table) -> ir.Table:
    """The cohort itself, whole and by the place of its assessment."""
    parts = []
    for satuan, key in _UNITS.items():
        places = members.filter(members.lokasi.notnull())
        for rows, by in ((members, ("kohort",)), (places, ("kohort", "lokasi"))):
            counts = rows.group_by(*by).agg(jumlah=rows[key].nunique())
            parts.append(_stated(counts.mutate(satuan=ibis.literal(satuan), program=ibis.literal(COHORT)), ASSESSED))
    return reduce(lambda a, b: a.union(b), parts)


def _removed(members: ir.Table, drawn: ir.Table, orang: ir.Table, before: ir.Table) -> ir.Table:
    """Persons whom a registry removed, by cause; and those in no registry whom none removed."""
    known = orang.select("orang_id", "status").union(before.anti_join(orang, "orang_id").select("orang_id", "status"))
    persons = members.select("kohort", "orang_id", "keluarga_id").distinct().left_join(known, "orang_id")
    persons = persons.mutate(satuan=ibis.literal("orang"), unit=persons.orang_id, program=ibis.literal(COHORT))
    removed = persons.filter((persons.status != "AKTIF").fill_null(False))
    causes = removed.group_by("kohort", "satuan", "program", sebab=removed.status).agg(jumlah=removed.unit.nunique())
    listed = drawn.filter(drawn.registri)
    strangers = persons.anti_join(removed, ["kohort", "unit"])
    strangers = strangers.anti_join(listed, [("kohort", "kohort"), ("orang_id", "unit")])
    strangers = strangers.anti_join(listed, [("kohort", "kohort"), ("keluarga_id", "unit")])
    return _stated(causes, REMOVED).union(_counted(strangers, UNREGISTERED, ibis.literal(COHORT)))
