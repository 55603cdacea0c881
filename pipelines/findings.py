"""The findings as values: what an office must look into, why, and by which rule of law (domain.md section 4)."""

from collections.abc import Callable
from dataclasses import dataclass

import ibis.expr.types as ir

from pipelines.stages.orang import DEAD


@dataclass(frozen=True)
class Evidence:
    """What the rules look at, one period.

    members: programme membership (program, registri: of the registry of this period, memberi: the programme gives
    something, dari_registri, orang_id, keluarga_id, kode_desa).
    listed: persons whom a registry removed and who stand on a programme's list that is no registry (orang_id,
    keluarga_id, kode_desa, status of the person).
    left: persons whom a registry recorded as moved away and who stand on a programme's list of the desa that they left
    (orang_id, keluarga_id, kode_desa).
    able: families of whom a registry removed somebody because they need no aid, whether a list still names him or not
    (keluarga_id).
    numbers: one row a doubtful NIK and person (nik, orang_id, keluarga_id, kode_desa).
    strangers: rows refused because their NIK is another's (nik).
    repeated: units twice on one list that gives something, copies left out (program, orang_id, keluarga_id, kode_desa);
    orang_id is null where the programme counts families.
    """

    members: ir.Table
    listed: ir.Table
    left: ir.Table
    able: ir.Table
    numbers: ir.Table
    strangers: ir.Table
    repeated: ir.Table


@dataclass(frozen=True)
class FindingRule:
    """`find` returns kode_desa and the columns of `per`, each of which makes another finding.

    `keterangan` may name the `{program}` that `per` contains.
    """

    aturan: str
    tingkat: str  # kesalahan, peringatan, informasi
    per: tuple[str, ...]
    keterangan: str
    dasar_hukum: str
    find: Callable[[Evidence], ir.Table]


def _both(first: str, second: str) -> Callable[[Evidence], ir.Table]:
    def find(e: Evidence) -> ir.Table:
        return e.members.filter(e.members.program == first).semi_join(
            e.members.filter(e.members.program == second), "keluarga_id"
        )

    return find


def _outside_registry(e: Evidence) -> ir.Table:
    """Recipients whose family, or who themselves, stand in no registry, where the programme draws on one.

    Where no registry of the period was handed over nobody can be missed in it.
    """
    registered = e.members.filter(e.members.registri)
    handed_over = registered.agg(banyak=registered.count()).filter(lambda t: t.banyak > 0)
    outside = e.members.filter(e.members.dari_registri).anti_join(registered, "keluarga_id")
    return outside.cross_join(handed_over).drop("banyak")


def _two_names(e: Evidence) -> ir.Table:
    shared = e.numbers.group_by("nik").agg(banyak=e.numbers.orang_id.nunique())
    shared = shared.filter(shared.banyak > 1).select("nik").union(e.strangers.select("nik"), distinct=True)
    return e.numbers.semi_join(shared, "nik")


def _two_numbers(e: Evidence) -> ir.Table:
    many = e.numbers.group_by("orang_id").agg(banyak=e.numbers.nik.nunique())
    return e.numbers.semi_join(many.filter(many.banyak > 1), "orang_id")


def _without_aid(e: Evidence) -> ir.Table:
    aided = e.members.filter(e.members.memberi)
    return e.members.filter(e.members.registri).anti_join(aided, "keluarga_id")


def _able_but_aided(e: Evidence) -> ir.Table:
    return e.members.filter(e.members.memberi).semi_join(e.able, "keluarga_id")


_FAMILY, _PERSON = ("keluarga_id",), ("orang_id", "keluarga_id")

RULES: tuple[FindingRule, ...] = (
    FindingRule(
        "BLT_DD_DAN_PKH", "kesalahan", _FAMILY, "Keluarga menerima BLT Dana Desa sekaligus PKH.",
        "PMK 201/PMK.07/2022; PMK 145/2023 dan PMK 146/2023", _both("BLT_DD", "PKH"),
    ),
    FindingRule(
        "BLT_DD_DAN_BPNT", "peringatan", _FAMILY, "Keluarga menerima BLT Dana Desa sekaligus BPNT/Sembako.",
        "kebijakan kantor per tahun", _both("BLT_DD", "BPNT"),
    ),
    FindingRule(
        "MENINGGAL_MASIH_PESERTA", "kesalahan", _PERSON, "Orang yang tercatat meninggal masih ada di daftar program.",
        "Permensos 3/2021", lambda e: e.listed.filter(e.listed.status == DEAD),
    ),
    FindingRule(
        "PINDAH_MASIH_PESERTA", "kesalahan", _PERSON, "Orang yang tercatat pindah masih ada di daftar desa lama.",
        "Permensos 3/2021", lambda e: e.left,
    ),
    FindingRule(
        "PESERTA_DI_LUAR_REGISTRI", "peringatan", _FAMILY, "Penerima tidak ada di registri kesejahteraan sosial.",
        "Permensos 3/2021 (DTKS); Inpres 4/2025 (DTSEN)", _outside_registry,
    ),
    FindingRule(
        "GANDA_PROGRAM", "kesalahan", ("program", *_PERSON), "Tercantum lebih dari sekali pada daftar {program}.",
        "Permensos 1/2018; pedoman BPNT", lambda e: e.repeated,
    ),
    FindingRule(
        "NIK_DUA_NAMA", "kesalahan", _PERSON, "Satu NIK dipakai untuk dua orang yang berbeda.",
        "UU 24/2013", _two_names,
    ),
    FindingRule(
        "DUA_NIK_SATU_ORANG", "peringatan", _PERSON, "Satu orang tercatat dengan dua NIK.", "UU 24/2013", _two_numbers,
    ),
    FindingRule(
        "DTKS_TANPA_BANTUAN", "informasi", _FAMILY, "Keluarga terdaftar di registri dan tidak menerima apa pun.",
        "Permensos 3/2021", _without_aid,
    ),
    FindingRule(
        "TIDAK_LAYAK_MASIH_PESERTA", "kesalahan", _FAMILY,
        "Keluarga yang dikeluarkan karena mampu atau ASN/TNI/Polri/guru masih menerima bantuan.",
        "Permensos 3/2021", _able_but_aided,
    ),
)  # fmt: skip
