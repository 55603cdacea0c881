"""The kinds of findings: how each is sought, once; a rule (`pipelines/rulebook.py`) names one and its parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir

from pipelines.evidence import Evidence
from pipelines.period import months_before
from pipelines.rule_values import Wrong, causes, causes_without_need, programs, segments, whole

_FAMILY, _PERSON = ("keluarga_id",), ("orang_id", "keluarga_id")
_ON_A_LIST, _FAMILY_ON_A_LIST = ("program", *_PERSON), ("program", *_FAMILY)
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """How findings are sought. `per`: the columns each combination of which is another finding; `find`: rows with
    these, kode_desa and bukti, the evidence in text (without a file or row: the same list again is the same evidence);
    `parameters`: what a rule must say besides, and what is wrong with a value."""

    per: tuple[str, ...]
    find: Callable[[Evidence, Values], ir.Table]
    parameters: Mapping[str, Wrong] = field(default_factory=dict)


def _with_evidence(rows: ir.Table, *columns: str) -> ir.Table:
    texts = [rows[column].cast("string").fill_null("") for column in columns]
    bukti = texts[0]
    for text in texts[1:]:
        bukti = bukti + "|" + text
    return rows.mutate(bukti=bukti)


def _both(e: Evidence, v: Values) -> ir.Table:
    """Families on two lists; they stand in the desa of the first."""
    first, second = (e.members.filter(e.members.program == name) for name in v["program"])
    unplaced = second.mutate(kode_desa=ibis.null("string"))
    rows = first.semi_join(second, "keluarga_id").union(unplaced.semi_join(first, "keluarga_id"))
    return _with_evidence(rows, "program", "orang_id")


def _removed_but_listed(e: Evidence, v: Values) -> ir.Table:
    return _with_evidence(e.listed.filter(e.listed.status.isin(v["sebab"])), "program", "status")


def _able_but_aided(e: Evidence, v: Values) -> ir.Table:
    able = e.able.filter(e.able.status.isin(v["sebab"]))
    return _with_evidence(e.members.filter(e.members.memberi).semi_join(able, "keluarga_id"), "program")


def _outside_registry(e: Evidence, _: Values) -> ir.Table:
    """Recipients whose family, or who themselves, stand in no registry, where the programme draws on one.

    Where no registry of the period was handed over nobody can be missed in it; nor can who may stand on a row of it
    that was refused.
    """
    registered = e.members.filter(e.members.registri)
    handed_over = registered.agg(banyak=registered.count()).filter(lambda t: t.banyak > 0)
    outside = e.members.filter(e.members.dari_registri).anti_join(registered, "keluarga_id")
    outside = outside.anti_join(e.awaited, "keluarga_id")
    return _with_evidence(outside.cross_join(handed_over).drop("banyak"), "program", "orang_id")


def _two_names(e: Evidence, _: Values) -> ir.Table:
    shared = e.numbers.group_by("nik").agg(banyak=e.numbers.orang_id.nunique())
    shared = shared.filter(shared.banyak > 1).select("nik").union(e.strangers.select("nik"), distinct=True)
    return _with_evidence(e.numbers.semi_join(shared, "nik"), "nik")


def _two_numbers(e: Evidence, _: Values) -> ir.Table:
    many = e.numbers.group_by("orang_id").agg(banyak=e.numbers.nik.nunique())
    return _with_evidence(e.numbers.semi_join(many.filter(many.banyak > 1), "orang_id"), "nik")


def _without_aid(e: Evidence, _: Values) -> ir.Table:
    aided = e.members.filter(e.members.memberi)
    return _with_evidence(e.members.filter(e.members.registri).anti_join(aided, "keluarga_id"), "program")


def _under_age(e: Evidence, v: Values) -> ir.Table:
    """Recipients who do not come of age in this month either."""
    born = f"{months_before(e.periode, 12 * v['umur'] - 1)}-01"
    young = e.persons.filter(e.persons.tanggal_lahir >= ibis.date(born)).select("orang_id", "tanggal_lahir")
    rows = e.members.filter(e.members.program.isin(v["program"])).inner_join(young, "orang_id")
    return _with_evidence(rows, "tanggal_lahir")


def _two_segments(e: Evidence, v: Values) -> ir.Table:
    rows = e.segments.filter(e.segments.program.isin(v["program"]))
    rows = rows.mutate(segmen=rows.segmen.re_replace("^PBI ", ""))
    rows = rows.filter(rows.segmen.isin(v["segmen"]))
    many = rows.group_by("orang_id").agg(banyak=rows.segmen.nunique())
    return _with_evidence(rows.semi_join(many.filter(many.banyak > 1), "orang_id"), "segmen")


def _other_amount(e: Evidence, v: Values) -> ir.Table:
    a_month, most = v["rupiah_sebulan"], v["bulan_terbanyak"]
    rows = e.members.filter(e.members.program.isin(v["program"]), e.members.nominal.notnull())
    lawful = rows.nominal.isin([a_month * months for months in range(1, most + 1)])
    return _with_evidence(rows.filter(~lawful), "nominal")


def _above_decile(e: Evidence, v: Values) -> ir.Table:
    ranked = e.members.filter(e.members.registri, e.members.desil > v["desil"])
    ranked = ranked.group_by("keluarga_id").agg(desil_registri=ranked.desil.max())
    rows = e.members.filter(e.members.program.isin(v["program"])).inner_join(ranked, "keluarga_id")
    return _with_evidence(rows, "desil_registri")


def _without_decile(e: Evidence, v: Values) -> ir.Table:
    """Families that a registry which ranks families has not ranked."""
    registered = e.members.filter(e.members.registri)
    ranked = registered.filter(registered.desil.notnull())
    waiting = registered.semi_join(ranked, "program").anti_join(ranked, "keluarga_id")
    rows = e.members.filter(e.members.program.isin(v["program"])).semi_join(waiting, "keluarga_id")
    return _with_evidence(rows, "program")


KINDS: Mapping[str, Kind] = {
    "dua_program": Kind(_FAMILY, _both, {"program": programs(exactly=2)}),
    "dikeluarkan_masih_terdaftar": Kind(_PERSON, _removed_but_listed, {"sebab": causes}),
    "mampu_masih_menerima": Kind(_FAMILY, _able_but_aided, {"sebab": causes_without_need}),
    "pindah_masih_terdaftar": Kind(_PERSON, lambda e, _: _with_evidence(e.left, "program", "kode_desa")),
    "di_luar_registri": Kind(_FAMILY, _outside_registry),
    "ganda_pada_daftar": Kind(_ON_A_LIST, lambda e, _: _with_evidence(e.repeated, "siapa")),
    "nik_dua_orang": Kind(_PERSON, _two_names),
    "orang_dua_nik": Kind(_PERSON, _two_numbers),
    "terdaftar_tanpa_bantuan": Kind(_FAMILY, _without_aid),
    "di_bawah_umur": Kind(_ON_A_LIST, _under_age, {"program": programs(), "umur": whole(1, 120)}),
    "dua_segmen": Kind(_PERSON, _two_segments, {"program": programs(), "segmen": segments}),
    "nominal_lain": Kind(
        _FAMILY_ON_A_LIST, _other_amount,
        {"program": programs(), "rupiah_sebulan": whole(1, 100_000_000), "bulan_terbanyak": whole(1, 12)},
    ),
    "desil_di_atas": Kind(_FAMILY_ON_A_LIST, _above_decile, {"program": programs(), "desil": whole(1, 9)}),
    "belum_berdesil": Kind(_FAMILY_ON_A_LIST, _without_decile, {"program": programs()}),
}  # fmt: skip
