"""The findings as values: what an office must look into, why, and by which rule of law (domain.md section 4)."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from pipelines.stages.orang import ABLE


@dataclass(frozen=True)
class Evidence:
    """What the rules look at, one period.

    members: programme membership (program, registri, orang_id, keluarga_id, kode_desa).
    listed: persons whom a registry removed and who stand on a list that is none (orang_id, keluarga_id, kode_desa,
    status of the person).
    persons: orang_id, keluarga_id, kode_desa, status.
    numbers: one row a doubtful NIK and person (nik, orang_id, keluarga_id, kode_desa).
    strangers: rows refused because their NIK is another's (nik).
    repeated: units twice on one list, copies left out (program, orang_id, keluarga_id, kode_desa).
    """

    members: ir.Table
    listed: ir.Table
    persons: ir.Table
    numbers: ir.Table
    strangers: ir.Table
    repeated: ir.Table


@dataclass(frozen=True)
class FindingRule:
    """`find` returns orang_id (None for a family), keluarga_id, kode_desa; one row is one finding."""

    aturan: str
    tingkat: str  # kesalahan, peringatan, informasi
    per: str  # orang or keluarga
    keterangan: str
    dasar_hukum: str
    find: Callable[[Evidence], ir.Table]


def _both(first: str, second: str) -> Callable[[Evidence], ir.Table]:
    def find(e: Evidence) -> ir.Table:
        return e.members.filter(e.members.program == first).semi_join(
            e.members.filter(e.members.program == second), "keluarga_id"
        )

    return find


def _on_list_as(status: str) -> Callable[[Evidence], ir.Table]:
    return lambda e: e.listed.filter(e.listed.status == status)


def _outside_registry(e: Evidence) -> ir.Table:
    """Recipients whose family, or who themselves, stand in no registry; BLT-DD asks for none."""
    registered = e.members.filter(e.members.registri)
    recipients = e.members.filter(e.members.program.isin(["PKH", "BPNT", "PBI_JK"]))
    return recipients.anti_join(registered, "keluarga_id")


def _two_names(e: Evidence) -> ir.Table:
    shared = e.numbers.group_by("nik").agg(banyak=e.numbers.orang_id.nunique())
    shared = shared.filter(shared.banyak > 1).select("nik").union(e.strangers.select("nik"), distinct=True)
    return e.numbers.semi_join(shared, "nik")


def _two_numbers(e: Evidence) -> ir.Table:
    many = e.numbers.group_by("orang_id").agg(banyak=e.numbers.nik.nunique())
    return e.numbers.semi_join(many.filter(many.banyak > 1), "orang_id")


def _without_aid(e: Evidence) -> ir.Table:
    aided = e.members.filter(~e.members.registri)
    return e.members.filter(e.members.registri).anti_join(aided, "keluarga_id")


def _able_but_aided(e: Evidence) -> ir.Table:
    able = e.persons.filter(e.persons.status.isin(ABLE))
    return e.members.filter(~e.members.registri).semi_join(able, "keluarga_id")


RULES: tuple[FindingRule, ...] = (
    FindingRule(
        "BLT_DD_DAN_PKH", "kesalahan", "keluarga", "Keluarga menerima BLT Dana Desa sekaligus PKH.",
        "PMK 201/PMK.07/2022; PMK 145/2023 dan PMK 146/2023", _both("BLT_DD", "PKH"),
    ),
    FindingRule(
        "BLT_DD_DAN_BPNT", "peringatan", "keluarga", "Keluarga menerima BLT Dana Desa sekaligus BPNT/Sembako.",
        "kebijakan kantor per tahun", _both("BLT_DD", "BPNT"),
    ),
    FindingRule(
        "MENINGGAL_MASIH_PESERTA", "kesalahan", "orang", "Orang yang tercatat meninggal masih ada di daftar program.",
        "Permensos 3/2021", _on_list_as("MENINGGAL"),
    ),
    FindingRule(
        "PINDAH_MASIH_PESERTA", "kesalahan", "orang", "Orang yang tercatat pindah masih ada di daftar desa lama.",
        "Permensos 3/2021", _on_list_as("PINDAH"),
    ),
    FindingRule(
        "PESERTA_DI_LUAR_REGISTRI", "peringatan", "keluarga", "Penerima tidak ada di registri kesejahteraan sosial.",
        "Permensos 3/2021 (DTKS); Inpres 4/2025 (DTSEN)", _outside_registry,
    ),
    FindingRule(
        "GANDA_PROGRAM", "kesalahan", "keluarga", "Keluarga atau orang tercantum lebih dari sekali pada satu daftar.",
        "Permensos 1/2018; pedoman BPNT", lambda e: e.repeated,
    ),
    FindingRule(
        "NIK_DUA_NAMA", "kesalahan", "orang", "Satu NIK dipakai untuk dua orang yang berbeda.",
        "UU 24/2013", _two_names,
    ),
    FindingRule(
        "DUA_NIK_SATU_ORANG", "peringatan", "orang", "Satu orang tercatat dengan dua NIK.", "UU 24/2013", _two_numbers,
    ),
    FindingRule(
        "DTKS_TANPA_BANTUAN", "informasi", "keluarga", "Keluarga terdaftar di registri dan tidak menerima apa pun.",
        "Permensos 3/2021", _without_aid,
    ),
    FindingRule(
        "TIDAK_LAYAK_MASIH_PESERTA", "kesalahan", "keluarga",
        "Keluarga yang dikeluarkan karena mampu atau ASN/TNI/Polri/guru masih menerima bantuan.",
        "Permensos 3/2021", _able_but_aided,
    ),
)  # fmt: skip
