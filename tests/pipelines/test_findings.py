"""The findings as values: every rule of the warehouse contract, once, in words for the office."""

import pytest

from pipelines.findings import RULES, FindingRule

CONTRACT = {
    "BLT_DD_DAN_PKH", "BLT_DD_DAN_BPNT", "MENINGGAL_MASIH_PESERTA", "PINDAH_MASIH_PESERTA",
    "PESERTA_DI_LUAR_REGISTRI",
    "GANDA_PROGRAM", "NIK_DUA_NAMA", "DUA_NIK_SATU_ORANG", "DTKS_TANPA_BANTUAN", "TIDAK_LAYAK_MASIH_PESERTA",
}  # fmt: skip


def test_the_rules_of_the_contract_are_all_there_once() -> None:
    names = [rule.aturan for rule in RULES]
    assert set(names) >= CONTRACT
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.aturan)
def test_a_rule_has_its_weight_its_words_and_its_law(rule: FindingRule) -> None:
    assert rule.tingkat in {"kesalahan", "peringatan", "informasi"}
    assert "keluarga_id" in rule.per and set(rule.per) <= {"program", "orang_id", "keluarga_id"}
    assert rule.keterangan.endswith(".") and rule.dasar_hukum
    assert ("{program}" in rule.keterangan) == ("program" in rule.per)
