"""`temuan`: what this period's lists ask the office to look into."""

from functools import reduce

import ibis
import ibis.expr.types as ir

from pipelines.findings import RULES, Evidence, FindingRule
from pipelines.linkage import Keep
from pipelines.linkage_steps import BY_NIK, FOUNDED_BY_NIK
from pipelines.period import Period
from pipelines.stages.orang import ABLE, MOVED

_KEY_DIGITS = 20


def temuan(
    fakta_kepesertaan: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota_keluarga: ir.Table,
    program_sumber: ir.Table, dim_orang_lalu: ir.Table, periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one finding on one person or family; its key follows from its substance, not from the run."""
    evidence = _evidence(
        fakta_kepesertaan, baris, tautan, orang, anggota_keluarga, program_sumber, dim_orang_lalu, keep
    )
    findings = reduce(lambda a, b: a.union(b), (_findings(rule, evidence) for rule in RULES))
    unit = findings.orang_id.coalesce(findings.keluarga_id)
    substance = findings.aturan + "|" + findings.program + unit
    key = substance.hexdigest("sha256").substr(0, _KEY_DIGITS).upper()
    return findings.mutate(
        temuan_id=ibis.literal("T") + key, periode=ibis.literal(periode.kini), status=ibis.literal("terbuka")
    ).drop("program")


def _findings(rule: FindingRule, evidence: Evidence) -> ir.Table:
    found = rule.find(evidence)
    single = found.group_by(*rule.per).agg(kode_desa=found.kode_desa.min())
    program = single.program if "program" in rule.per else ibis.literal("")
    return single.select(
        "keluarga_id",
        "kode_desa",
        orang_id=single.orang_id if "orang_id" in rule.per else ibis.null("string"),
        program=program,
        aturan=ibis.literal(rule.aturan),
        tingkat=ibis.literal(rule.tingkat),
        keterangan=ibis.literal(rule.keterangan).replace("{program}", program),
        dasar_hukum=ibis.literal(rule.dasar_hukum),
    )


def _evidence(
    fakta: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota: ir.Table, sources: ir.Table,
    before: ir.Table, keep: Keep,
) -> Evidence:  # fmt: skip
    columns = ("program", "orang_id", "keluarga_id", "kode_desa")
    registry = sources.group_by("program").agg(
        registri=sources.registri_berlaku.any(),
        memberi=sources.memberi.any(),
        dari_registri=sources.dari_registri.any(),
    )
    members = fakta.inner_join(registry, "program").select("registri", "memberi", "dari_registri", *columns)
    persons = orang.inner_join(anggota.select("orang", "keluarga_id"), "orang")
    persons = persons.select("orang", "orang_id", "keluarga_id", "kode_desa", "status")
    kinds = sources.select("sumber", "program", "registri", "memberi", per_orang=sources.satuan == "orang")
    links = tautan.inner_join(kinds, "sumber")
    aided = links.filter(~links.registri, links.program != "")
    removed = aided.inner_join(persons.filter(persons.status != "AKTIF"), "orang")
    refused = baris.filter(baris.alasan == "", baris.nik.notnull()).select("rid").anti_join(tautan, "rid")
    strangers = keep(baris.semi_join(refused, "rid").select("nik").distinct())
    sound = tautan.inner_join(baris.filter(baris.nik.notnull()).select("rid", "nik"), "rid")
    # only where a row was not placed by its own NIK can a NIK have two persons, or a person two NIKs
    doubtful = keep(sound.filter(~sound.cara_padan.isin([BY_NIK.name, FOUNDED_BY_NIK])).select("nik", "orang"))
    seen = sound.semi_join(doubtful, "orang").union(sound.semi_join(doubtful.select("nik").union(strangers), "nik"))
    numbers = keep(seen.select("nik", "orang").distinct().inner_join(persons, "orang"))
    again = aided.filter(aided.memberi, aided.nasib == "duplikat", ~aided.salinan).inner_join(persons, "orang")
    again = again.mutate(orang_id=again.per_orang.ifelse(again.orang_id, None))
    per_family = sources.filter(sources.memberi, sources.satuan == "keluarga").select("program")
    twice = members.inner_join(per_family, "program")
    many = twice.group_by("program", "keluarga_id").agg(banyak=twice.count(), kode_desa=twice.kode_desa.min())
    many = many.filter(many.banyak > 1).mutate(orang_id=ibis.null("string"))
    return Evidence(
        members=members,
        listed=removed.select("orang_id", "keluarga_id", "kode_desa", "status"),
        able=_able(persons).union(_able(before.anti_join(persons, "orang_id"))),
        left=_left(baris, tautan, persons, aided, keep),
        numbers=numbers.select("nik", "orang_id", "keluarga_id", "kode_desa"),
        strangers=strangers,
        repeated=again.select(*columns).union(many.select(*columns)),
    )


def _able(persons: ir.Table) -> ir.Table:
    return persons.filter(persons.status.isin(ABLE)).select("keluarga_id")


def _left(baris: ir.Table, tautan: ir.Table, persons: ir.Table, aided: ir.Table, keep: Keep) -> ir.Table:
    """Rows of persons on a list of the desa that they left: by a registry's row now, or as last recorded."""
    stated = baris.filter(baris.alasan == "", baris.status == MOVED).inner_join(tautan.select("rid", "orang"), "rid")
    recorded = persons.filter(persons.status == MOVED)
    moved = keep(
        stated.select("orang", desa_lama="kode_desa").union(
            recorded.select("orang", desa_lama="kode_desa"), distinct=True
        )
    )
    rows = aided.semi_join(moved, "orang").select("rid", "orang").inner_join(baris.select("rid", "kode_desa"), "rid")
    told = rows.inner_join(moved, "orang")
    told = told.filter(told.kode_desa.coalesce(told.desa_lama) == told.desa_lama).select("orang", "desa_lama")
    there = told.inner_join(persons.select("orang", "orang_id", "keluarga_id"), "orang")
    return there.select("orang_id", "keluarga_id", kode_desa="desa_lama")
