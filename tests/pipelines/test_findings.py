"""The kinds of findings and the rules that come with the product: all of the contract, in words for the office."""

import pytest

from pipelines.findings import KINDS
from pipelines.rule_values import Words
from pipelines.rulebook import FindingRule
from pipelines.sources import REGISTER
from resources.rulebook import shipped_rules

CONTRACT = {
    "BLT_DD_DAN_PKH", "BLT_DD_DAN_BPNT", "MENINGGAL_MASIH_PESERTA", "PINDAH_MASIH_PESERTA",
    "PESERTA_DI_LUAR_REGISTRI",
    "GANDA_PROGRAM", "NIK_DUA_NAMA", "DUA_NIK_SATU_ORANG", "DTKS_TANPA_BANTUAN", "TIDAK_LAYAK_MASIH_PESERTA",
}  # fmt: skip
BOOK = shipped_rules(REGISTER)
WORDS = Words.of(REGISTER)
EVERY = BOOK.at("2025-06")


@pytest.mark.parametrize("periode", ["2020-01", "2022-12", "2023-01", "2024-06", "2025-01", "2031-05"])
def test_the_rules_of_the_contract_are_in_force_once(periode: str) -> None:
    names = [rule.aturan for rule in BOOK.at(periode)]
    assert set(names) >= CONTRACT
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", EVERY, ids=lambda r: r.aturan)
def test_a_rule_has_its_weight_its_words_and_its_law(rule: FindingRule) -> None:
    assert rule.tingkat in {"kesalahan", "peringatan", "informasi"}
    assert "keluarga_id" in rule.kind.per and set(rule.kind.per) <= {"program", "orang_id", "keluarga_id"}
    assert rule.keterangan.endswith(".") and rule.dasar_hukum
    assert ("{program}" in rule.keterangan) == ("program" in rule.kind.per)


def test_a_rule_is_of_its_years() -> None:
    """The law that is quoted is that of the year; a decile is asked about where a registry has one."""
    laws = {
        y: {r.aturan: r.dasar_hukum for r in BOOK.at(f"{y}-12")}["BLT_DD_DAN_PKH"] for y in (2022, 2023, 2024, 2025)
    }
    assert laws[2023] == "PMK 201/PMK.07/2022" and laws[2024] == laws[2025] == "PMK 145/2023 dan PMK 146/2023"
    assert laws[2022] not in laws[2023]
    first = {
        name: next(p for p in ("2022-12", "2023-01", "2024-12", "2025-01") if name in {r.aturan for r in BOOK.at(p)})
        for name in ("PENERIMA_DI_BAWAH_UMUR", "BLT_DD_NOMINAL_LAIN", "DESIL_DI_ATAS_BATAS", "DESIL_BELUM_ADA")
    }
    assert list(first.values()) == ["2022-12", "2023-01", "2025-01", "2025-01"]


@pytest.mark.parametrize(
    ("jenis", "name", "right", "wrong"),
    [
        ("dua_program", "program", ["PKH", "BLT_DD"], [["PKH"], ["PKH", "PKH"], ["PKH", "BPNT", "DTKS"], "PKH", []]),
        ("dua_program", "program", ["PKH", "BPNT"], [["PKH", "BST"], ["pkh", "bpnt"], [1, 2], [["PKH"], ["BPNT"]]]),
        ("dikeluarkan_masih_terdaftar", "sebab", ["GANDA"], [["AKTIF"], ["MATI"], [], "GANDA"]),
        ("mampu_masih_menerima", "sebab", ["MAMPU"], [["GANDA"], ["MENINGGAL"], "MAMPU"]),
        ("di_bawah_umur", "umur", 21, [0, -1, 121, 17.0, "17", True, None]),
        ("dua_segmen", "segmen", ["APBN", "APBD"], [["APBN"], ["PBI APBN", "PBI APBD"], ["APBN", "PPU"], "APBN"]),
        ("desil_di_atas", "desil", 4, [0, 10, "5", [5]]),
        ("nominal_lain", "bulan_terbanyak", 12, [0, 13]),
        ("nominal_lain", "rupiah_sebulan", 300_000, [0, 300_000.0]),
    ],
)
def test_a_parameter_may_say_what_there_is(jenis: str, name: str, right: object, wrong: list[object]) -> None:
    """And where it does not, it is told what may be written."""
    ask = KINDS[jenis].parameters[name]
    assert ask(right, WORDS) == ""
    assert [value for value in wrong if not ask(value, WORDS).startswith("tulis ")] == []
