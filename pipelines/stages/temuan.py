"""`temuan`: what this period's lists ask the office to look into."""

from functools import reduce

import ibis
import ibis.expr.types as ir

from pipelines.findings import RULES, Evidence, FindingRule
from pipelines.linkage import Keep
from pipelines.linkage_steps import BY_NIK, FOUNDED_BY_NIK
from pipelines.period import Period

_KEY_DIGITS = 20


def temuan(
    fakta_kepesertaan: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota_keluarga: ir.Table,
    program_sumber: ir.Table, periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one finding on one person or family; its key follows from its substance, not from the run."""
    evidence = _evidence(fakta_kepesertaan, baris, tautan, orang, anggota_keluarga, program_sumber, keep)
    findings = reduce(lambda a, b: a.union(b), (_findings(rule, evidence) for rule in RULES))
    unit = findings.orang_id.coalesce(findings.keluarga_id)
    key = (findings.aturan + "|" + unit).hexdigest("sha256").substr(0, _KEY_DIGITS).upper()
    return findings.mutate(
        temuan_id=ibis.literal("T") + key, periode=ibis.literal(periode.kini), status=ibis.literal("terbuka")
    )


def _findings(rule: FindingRule, evidence: Evidence) -> ir.Table:
    found = rule.find(evidence)
    by_person = rule.per == "orang"
    unit = ("orang_id", "keluarga_id") if by_person else ("keluarga_id",)
    single = found.group_by(*unit).agg(kode_desa=found.kode_desa.min())
    return single.select(
        "keluarga_id",
        "kode_desa",
        orang_id=single.orang_id if by_person else ibis.null("string"),
        aturan=ibis.literal(rule.aturan),
        tingkat=ibis.literal(rule.tingkat),
        keterangan=ibis.literal(rule.keterangan),
        dasar_hukum=ibis.literal(rule.dasar_hukum),
    )


def _evidence(
    fakta: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota: ir.Table, sources: ir.Table,
    keep: Keep,
) -> Evidence:  # fmt: skip
    registry = sources.select("program", "registri").distinct()
    members = fakta.inner_join(registry, "program").select(
        "program", "registri", "orang_id", "keluarga_id", "kode_desa"
    )
    persons = orang.inner_join(anggota.select("orang", "keluarga_id"), "orang")
    persons = persons.select("orang", "orang_id", "keluarga_id", "kode_desa", "status")
    kinds = sources.select("sumber", "program", "registri")
    links = tautan.inner_join(kinds, "sumber")
    removed = links.filter(~links.registri).inner_join(persons.filter(persons.status != "AKTIF"), "orang")
    strangers = keep(
        baris.filter(baris.alasan == "", baris.nik.notnull()).anti_join(tautan, "rid").select("nik").distinct()
    )
    sound = tautan.inner_join(baris.filter(baris.nik.notnull()).select("rid", "nik"), "rid")
    # only where a row was not placed by its own NIK can a NIK have two persons, or a person two NIKs
    doubtful = keep(sound.filter(~sound.cara_padan.isin([BY_NIK.name, FOUNDED_BY_NIK])).select("nik", "orang"))
    seen = sound.semi_join(doubtful, "orang").union(sound.semi_join(doubtful.select("nik").union(strangers), "nik"))
    numbers = seen.select("nik", "orang").distinct().inner_join(persons, "orang")
    again = links.filter(links.nasib == "duplikat", ~links.salinan).inner_join(persons, "orang")
    twice = members.inner_join(sources.filter(sources.satuan == "keluarga").select("program"), "program")
    many = twice.group_by("program", "keluarga_id").agg(
        banyak=twice.count(), orang_id=twice.orang_id.min(), kode_desa=twice.kode_desa.min()
    )
    columns = ("program", "orang_id", "keluarga_id", "kode_desa")
    return Evidence(
        members=members,
        listed=removed.select("orang_id", "keluarga_id", "kode_desa", "status"),
        persons=persons,
        numbers=numbers.select("nik", "orang_id", "keluarga_id", "kode_desa"),
        strangers=strangers,
        repeated=again.select(*columns).union(many.filter(many.banyak > 1).select(*columns)),
    )
