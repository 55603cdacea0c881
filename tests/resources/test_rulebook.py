"""The office's own rules in the drop folder: read by year, refused in words, and a reason to run again."""

from pathlib import Path

import pytest

from pipelines.confirmation import DECISIONS
from pipelines.sources import REGISTER, pkh
from resources.confirmations import add_confirmation
from resources.drop import Drop, DropError
from resources.rulebook import read_basis, read_rules

JUNE = "2024-06"
DECISION = {
    "temuan_id": "T0123456789ABCDEF0123", "putusan": "ditutup", "alasan": "Kartunya sudah dipisah", "oleh": "petugas",
    "pada": "2024-07-01T01:02:03Z", "sidik": "0011aabb",
}  # fmt: skip


def write(root: Path, name: str, content: str | bytes) -> None:
    """A file of rules in the drop folder."""
    (root / "aturan").mkdir(exist_ok=True)
    (root / "aturan" / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def test_an_office_says_what_it_wants_otherwise(tmp_path: Path) -> None:
    """With Notepad's mark and line ends; a year that is to come waits."""
    usual = {rule.aturan: rule for rule in read_rules(tmp_path, REGISTER).at(JUNE)}
    write(tmp_path, "2024.toml", b'\xef\xbb\xbf[BLT_DD_DAN_BPNT]\r\ntingkat = "kesalahan"\r\n')
    write(tmp_path, "2025.toml", "[BLT_DD_DAN_BPNT]\nmenyala = false\n")
    (tmp_path / "aturan" / "catatan.txt").write_text("bukan aturan")
    rules = {rule.aturan: rule for rule in read_basis(tmp_path, JUNE, REGISTER).rules}
    assert (usual["BLT_DD_DAN_BPNT"].tingkat, rules["BLT_DD_DAN_BPNT"].tingkat) == ("peringatan", "kesalahan")
    assert {name for name in usual if rules[name] != usual[name]} == {"BLT_DD_DAN_BPNT"}
    assert "BLT_DD_DAN_BPNT" not in {rule.aturan for rule in read_rules(tmp_path, REGISTER).at("2025-01")}


def test_the_rules_stand_where_few_sources_are_run(tmp_path: Path) -> None:
    """Ours name all our programmes."""
    assert read_rules(tmp_path, (pkh.SOURCE,)).at(JUNE) == read_rules(tmp_path, REGISTER).at(JUNE)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("baru.toml", "", "aturan/baru.toml: namanya bukan tahun; ganti menjadi misalnya aturan/2025.toml."),
        ("2024.toml", b"\xff\xfe", "aturan/2024.toml: berkas aturan tidak terbaca; simpan sebagai teks UTF-8."),
        ("2031.toml", "[BLT_DD_DAN_PKH]\numur = 3", "aturan/2031.toml, aturan BLT_DD_DAN_PKH: umur tidak dikenal"),
    ],
)
def test_a_wrong_file_stops_whichever_year_it_is_for(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    write(tmp_path, name, content)
    with pytest.raises(DropError) as error:
        read_basis(tmp_path, JUNE, REGISTER)
    assert sentence in str(error.value)


def test_the_last_decision_about_the_same_evidence_counts(tmp_path: Path) -> None:
    (tmp_path / JUNE).mkdir()
    for change in ({}, {"putusan": "dibuka"}, {"sidik": "other"}):
        add_confirmation(tmp_path / JUNE, {**DECISION, **change}, DECISIONS)
    found = read_basis(tmp_path, JUNE, REGISTER).decisions
    assert found[["putusan", "sidik"]].to_numpy().tolist() == [["dibuka", "0011aabb"], ["ditutup", "other"]]
    assert read_basis(tmp_path, "2024-07", REGISTER).decisions.empty


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"temuan_id": "2104070101150001"}, "baris 2: temuan_id bukan kunci temuan; hapus baris itu"),
        ({"putusan": "benar"}, "baris 2: putusan harus salah satu dari dikonfirmasi, ditutup, dibuka"),
        ({"alasan": "..."}, "baris 2: alasan kosong; tulis mengapa"),
    ],
)
def test_a_spoiled_decision_is_named(tmp_path: Path, change: dict[str, str], sentence: str) -> None:
    (tmp_path / JUNE).mkdir()
    add_confirmation(tmp_path / JUNE, {**DECISION, **change}, DECISIONS)
    with pytest.raises(DropError) as error:
        read_basis(tmp_path, JUNE, REGISTER)
    assert f"{JUNE}/PUTUSAN.csv, {sentence}" in str(error.value) and "perlinsos temuan" in str(error.value)
    assert "2104070101150001" not in str(error.value)


def test_rules_and_decisions_are_no_delivery_but_a_reason_to_run_again(tmp_path: Path) -> None:
    (tmp_path / JUNE).mkdir()
    drop = Drop(tmp_path)
    seen = [drop.fingerprint(JUNE, REGISTER)]
    add_confirmation(tmp_path / JUNE, DECISION, DECISIONS)
    seen.append(drop.fingerprint(JUNE, REGISTER))
    write(tmp_path, "2024.toml", "")
    seen.append(drop.fingerprint(JUNE, REGISTER))
    assert len(set(seen)) == len(seen) and drop.unclaimed(JUNE, REGISTER) == []
