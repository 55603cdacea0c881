"""What this period's lists ask the office to look into, and what became of it: `temuan`, `temuan_riwayat`.

The life of a finding is a log of changes of its status; the last one before this period is what it was.
"""

from collections.abc import Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from pipelines.causes import HELD, NOT_SENT
from pipelines.confirmation import CLOSED, CONFIRMED, OPENED
from pipelines.evidence import Evidence, gathered
from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.rulebook import FindingRule

OPEN, AGAIN = "terbuka", "muncul_lagi"
GONE, NOT_IN_FORCE, UNTRUE, JUDGED = "TIDAK_DITEMUKAN_LAGI", "ATURAN_TIDAK_BERLAKU", "BUKAN_TEMUAN", "PUTUSAN_PETUGAS"
OTHER_EVIDENCE, FOUND_AGAIN, NEW = "BUKTI_BERUBAH", "DITEMUKAN_LAGI", "BARU"
_ANY = ""  # a finding that tells no programme apart may rest on every list
_KEY_DIGITS, _EVIDENCE_DIGITS = 20, 16
_TEXT = ("keluarga_id", "kode_desa", "orang_id", "program", "aturan", "tingkat", "keterangan", "dasar_hukum", "bukti")
_WHAT = ("temuan_id", "aturan", "program", "orang_id", "keluarga_id", "kode_desa", "sidik")
_ANSWER = ("alasan", "oleh", "pada")
_LIFE = ("status", "sebab", "sejak", *_ANSWER)


def temuan_kini(
    fakta_kepesertaan: ir.Table, baris: ir.Table, tautan: ir.Table, orang: ir.Table, anggota_keluarga: ir.Table,
    program_sumber: ir.Table, dim_orang_lalu: ir.Table, kantor: ir.Table, aturan: Sequence[FindingRule],
    periode: Period, keep: Keep,
) -> ir.Table:  # fmt: skip
    """One row is one finding on one person or family, whatever was decided about it; its key follows from its
    substance, not from the run, and `sidik` from its evidence and the office's key."""
    evidence = gathered(
        fakta_kepesertaan, baris, tautan, orang, anggota_keluarga, program_sumber, dim_orang_lalu, periode, keep
    )
    nothing = kantor.filter(ibis.literal(False)).select(**{name: ibis.null("string") for name in _TEXT})
    findings = reduce(lambda a, b: a.union(b), (_findings(rule, evidence) for rule in aturan), nothing)
    unit = findings.orang_id.coalesce(findings.keluarga_id)
    substance = findings.aturan + "|" + findings.program.fill_null("") + unit
    secret = kantor.kunci.as_scalar()
    return findings.mutate(
        temuan_id=ibis.literal("T") + substance.hexdigest("sha256").substr(0, _KEY_DIGITS).upper(),
        periode=ibis.literal(periode.kini),
        sidik=(secret + findings.bukti + secret).hexdigest("sha256").substr(0, _EVIDENCE_DIGITS),
    ).drop("bukti")


def _findings(rule: FindingRule, evidence: Evidence) -> ir.Table:
    found, per = rule.kind.find(evidence, rule.given), rule.kind.per
    single = found.group_by(*per).agg(kode_desa=found.kode_desa.min(), bukti=found.bukti.collect(distinct=True))
    program = single.program if "program" in per else ibis.null("string")
    made = single.select(
        "keluarga_id",
        "kode_desa",
        orang_id=single.orang_id if "orang_id" in per else ibis.null("string"),
        program=program,
        aturan=ibis.literal(rule.aturan),
        tingkat=ibis.literal(rule.tingkat),
        keterangan=ibis.literal(rule.keterangan).replace("{program}", program.fill_null("")),
        dasar_hukum=ibis.literal(rule.dasar_hukum),
        bukti=single.bukti.sort().join(" "),
    )
    return made.select(*_TEXT)


def temuan_riwayat(
    temuan_kini: ir.Table, temuan_riwayat_lalu: ir.Table, putusan_masuk: ir.Table, daftar_tidak_dikirim: ir.Table,
    tertahan: ir.Table, aturan: Sequence[FindingRule], periode: Period,
) -> ir.Table:  # fmt: skip
    """One row is one finding whose status changed in this period: to what, why, and by whose decision.

    What is not found of whose list nobody sent, or whose row is in quarantine, is closed for that: nobody mended it.
    """
    before = _last(temuan_riwayat_lalu)
    decided = putusan_masuk.select("temuan_id", "sidik", "putusan", *_ANSWER)  # about other evidence: of no account
    found = temuan_kini.select(*_WHAT).left_join(before.select("temuan_id", **{
        f"{name}_lalu": name for name in ("status", "sebab", "sejak", "sidik")
    }), "temuan_id").drop("temuan_id_right")  # fmt: skip
    found = found.left_join(decided, ["temuan_id", "sidik"]).drop("temuan_id_right", "sidik_right")
    status, sebab = _change(found)
    changed = found.mutate(status=status, sebab=sebab, sejak=found.sejak_lalu.coalesce(ibis.literal(periode.kini)))
    changed = changed.filter(changed.status.notnull()).select(*_WHAT, *_LIFE)
    in_force = [rule.aturan for rule in aturan]
    gone = before.filter(before.status != CLOSED).anti_join(temuan_kini, "temuan_id")
    unheard, gone = _unheard(daftar_tidak_dikirim, tertahan), gone.mutate(daftar=gone.program.fill_null(_ANY))
    for unit in ("orang_id", "keluarga_id"):
        those = unheard.rename({unit: "unit", "daftar": "program", f"{unit}_karena": "karena"})
        gone = gone.left_join(those, [unit, "daftar"]).drop(f"{unit}_right", "daftar_right")
    on = gone.aturan.isin(in_force) if in_force else ibis.literal(False)
    gone = gone.mutate(
        status=ibis.literal(CLOSED),
        sebab=on.ifelse(gone.orang_id_karena.coalesce(gone.keluarga_id_karena, ibis.literal(GONE)), NOT_IN_FORCE),
        **{name: ibis.null("string") for name in _ANSWER},
    )
    return changed.union(gone.select(*changed.columns)).mutate(periode=ibis.literal(periode.kini))


def temuan(temuan_kini: ir.Table, temuan_riwayat: ir.Table, temuan_riwayat_lalu: ir.Table) -> ir.Table:
    """One row is one finding that is open in this period; the closed ones stand in `temuan_riwayat` alone."""
    before = _last(temuan_riwayat_lalu).anti_join(temuan_riwayat, "temuan_id")
    life = ("temuan_id", "periode", *_LIFE)
    last = temuan_riwayat.select(*life).union(before.select(*life))
    last = last.filter(last.status != CLOSED).rename(status_sejak="periode").drop("sebab")
    return temuan_kini.inner_join(last, "temuan_id")


def _unheard(daftar_tidak_dikirim: ir.Table, tertahan: ir.Table) -> ir.Table:
    """One row is one person or family of whom a list of a programme, or of any (_ANY), said nothing this period: unit,
    program, karena."""
    told = (
        listed.select(unit=name, program=program, karena=ibis.literal(cause))
        for listed, cause in ((daftar_tidak_dikirim, NOT_SENT), (tertahan, HELD))
        for name in ("orang_id", "keluarga_id")
        for program in (listed.program, ibis.literal(_ANY))
    )
    units = ibis.union(*told)
    return units.filter(units.unit.notnull()).group_by("unit", "program").agg(karena=units.karena.max())


def _last(log: ir.Table) -> ir.Table:
    """The last change of each finding; there is one a period at most."""
    latest = log.group_by("temuan_id").agg(periode=log.periode.max())
    return log.semi_join(latest, ["temuan_id", "periode"])


def _change(found: ir.Table) -> tuple[ir.StringValue, ir.StringValue]:
    """The new status of what is found and its cause, NULL where it stays what it was."""
    was, cause, verdict = found.status_lalu, found.sebab_lalu, found.putusan.fill_null("")
    closed = (was == CLOSED).fill_null(False)
    untrue = closed & (cause == UNTRUE).fill_null(False)
    same = (found.sidik == found.sidik_lalu).fill_null(False)
    changes = (
        ((verdict == CLOSED) & ~untrue, CLOSED, UNTRUE),
        ((verdict == CLOSED) & ~same, CLOSED, UNTRUE),
        (verdict == CLOSED, None, None),
        ((verdict == CONFIRMED) & (was != CONFIRMED).fill_null(True), CONFIRMED, JUDGED),
        (verdict == CONFIRMED, None, None),
        ((verdict == OPENED) & closed, AGAIN, JUDGED),
        (untrue & ~same, AGAIN, OTHER_EVIDENCE),
        (closed & ~untrue, AGAIN, FOUND_AGAIN),
        (was.isnull(), OPEN, NEW),
    )  # fmt: skip
    null = ibis.null("string")
    status, sebab = (
        ibis.cases(*((when, null if to[at] is None else ibis.literal(to[at])) for when, *to in changes), else_=null)
        for at in (0, 1)
    )
    return status, sebab
