"""Rules as files: what is laid over what, when it is in force, and what a wrong file is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.findings import KINDS
from pipelines.rule_values import Words
from pipelines.rulebook import SEVERITIES, FindingRule, Rulebook, RuleError, entries_of, year_of
from pipelines.sources import REGISTER

WORDS = Words.of(REGISTER)
BASE = """
[DUA]
jenis = "dua_program"
program = ["BLT_DD", "PKH"]
tingkat = "kesalahan"
keterangan = "Keluarga menerima keduanya."
dasar_hukum = "Peraturan"
"""
LIST = """
[MUDA]
jenis = "di_bawah_umur"
program = ["PKH"]
umur = 17
tingkat = "peringatan"
keterangan = "Penerima {program} belum cukup umur."
dasar_hukum = "Peraturan"
"""


def book(**files: str) -> Rulebook:
    """The files laid over each other as they are given; the last four signs of a name are its year."""
    made = Rulebook()
    for name, text in files.items():
        year = int(name[-4:])
        made = made.with_entries(entries_of(text, f"aturan/{year}.toml", year, WORDS, made.kinds()))
    return made


def told(made: Rulebook, periode: str) -> dict[str, FindingRule]:
    """The rules in force, by name."""
    return {rule.aturan: rule for rule in made.at(periode)}


def test_a_later_file_says_what_is_otherwise() -> None:
    made = book(a2021=BASE + LIST, a2024='[DUA]\ntingkat = "informasi"\n[MUDA]\numur = 18\nprogram = ["BPNT"]')
    before, after = told(made, "2023-12"), told(made, "2024-01")
    assert (before["DUA"].tingkat, after["DUA"].tingkat) == ("kesalahan", "informasi")
    assert after["DUA"].keterangan == before["DUA"].keterangan
    assert dict(before["MUDA"].given) == {"program": ["PKH"], "umur": 17}
    assert dict(after["MUDA"].given) == {"program": ["BPNT"], "umur": 18}
    assert told(made, "2020-12") == {}


def test_what_is_off_is_on_again() -> None:
    made = book(a2021=BASE, a2022="[DUA]\nmenyala = false", a2024="[DUA]\nmenyala = true")
    assert ["DUA" in told(made, p) for p in ("2021-06", "2022-01", "2023-12", "2024-01")] == [True, False, False, True]
    assert made.rule("DUA", "2023-01").tingkat == "kesalahan"


def test_a_year_may_begin_and_end_late() -> None:
    """For a time only; then what was said before holds again."""
    made = book(
        a2021=BASE,
        a2024='[DUA]\nmenyala = false\nberlaku_dari = "2024-03"\nberlaku_sampai = "2024-07"',
        b2025=LIST + 'berlaku_sampai = "2026-01"',
    )
    months = ("2024-02", "2024-03", "2024-06", "2024-07")
    assert ["DUA" in told(made, p) for p in months] == [True, False, False, True]
    assert ["MUDA" in told(made, p) for p in ("2024-12", "2025-01", "2025-12", "2026-01")] == [False, True, True, False]
    assert made.rule("MUDA", "2024-01").given["umur"] == 17  # to be simulated before it is in force


def test_the_office_s_word_stands_when_the_product_says_more_of_a_later_year() -> None:
    made = book(
        a2021=BASE, a2025='[DUA]\ndasar_hukum = "Baru"\ntingkat = "peringatan"', b2023='[DUA]\ntingkat="informasi"'
    )
    rule = told(made, "2025-06")["DUA"]
    assert (rule.tingkat, rule.dasar_hukum) == ("informasi", "Baru")


def test_a_rule_is_tried_as_a_file_would_have_it() -> None:
    """Over what holds in the period, whatever year the file is for; of a new rule too, and of one yet to come."""
    made = book(a2021=BASE, a2023='[DUA]\ntingkat = "peringatan"', a2025=LIST)
    text = '[DUA]\nprogram = ["BLT_DD", "BPNT"]\n[MUDA]\numur = 18\n' + BASE.replace("[DUA]", "[TIGA]")
    tried = list(entries_of(text, "aturan/2026.toml", 2026, WORDS, made.kinds()))
    dua = made.rule("DUA", "2024-06", tried)
    assert (dua.tingkat, dua.given["program"]) == ("peringatan", ["BLT_DD", "BPNT"])
    assert made.rule("MUDA", "2024-06", tried).given == {"program": ["PKH"], "umur": 18}
    assert made.rule("TIGA", "2024-06", tried).given["program"] == ["BLT_DD", "PKH"]


def test_a_new_rule_is_made_from_a_kind() -> None:
    made = book(a2021=BASE, b2024=BASE.replace("[DUA]", "[BLT_DAN_RTLH]").replace('"PKH"', '"RTLH"'))
    assert told(made, "2024-01")["BLT_DAN_RTLH"].given["program"] == ["BLT_DD", "RTLH"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[DUA", "aturan/2024.toml, akhir berkas: bukan TOML yang sah; lihat contoh di docs/operator.md."),
        ("[DUA]\n[DUA]", "aturan/2024.toml, baris 2: bukan TOML yang sah"),
        ("[DUA]\ntingkat = kesalahan", "aturan/2024.toml, baris 2: bukan TOML yang sah"),
        (f"[DUA]\numur = {'9' * 5000}", "aturan/2024.toml: bukan TOML yang sah"),
        ('tingkat = "kesalahan"', "aturan/2024.toml: tingkat bukan aturan; tulis [NAMA_ATURAN] dengan huruf besar"),
        ("[dua]\nmenyala = false", "aturan/2024.toml: dua bukan aturan"),
        ("[2104070101150001]\nmenyala = false", "aturan/2024.toml: ... bukan aturan"),
        ("[[DUA]]\nmenyala = false", "aturan/2024.toml: DUA bukan aturan"),
        ("[TIGA]\nmenyala = false", "aturan/2024.toml, aturan TIGA: jenis tidak ada atau tidak dikenal; pilih"),
        ('[TIGA]\njenis = "tiga"', "aturan TIGA: jenis tidak ada atau tidak dikenal"),
        ('[TIGA]\njenis = ["dua_program"]', "aturan TIGA: jenis tidak ada atau tidak dikenal"),
        ('[TIGA]\njenis = "di_luar_registri"', "aturan TIGA: tingkat, keterangan, dasar_hukum belum ditulis"),
        (BASE.replace("[DUA]", "[TIGA]").replace("program =", "daftar ="), "aturan TIGA: daftar tidak dikenal; yang"),
        ('[DUA]\njenis = "di_luar_registri"', "aturan DUA: jenisnya dua_program dan tidak dapat diganti"),
        ('[DUA]\ntingkt = "informasi"', "aturan DUA: tingkt tidak dikenal; yang dikenal: jenis, tingkat, "),
        ('[DUA]\ntingkat = "berat"', "aturan DUA: tingkat tidak sah; pilih dari kesalahan, peringatan, informasi."),
        ("[DUA]\ntingkat = 1", "aturan DUA: tingkat tidak sah"),
        ("[DUA]\ntingkat = []", "aturan DUA: tingkat tidak sah"),
        ('[DUA]\nmenyala = "tidak"', "aturan DUA: menyala tidak sah; tulis true atau false."),
        ("[DUA]\nmenyala = 0", "aturan DUA: menyala tidak sah"),
        ('[DUA]\nketerangan = " "', "aturan DUA: keterangan kosong atau bukan teks"),
        ('[DUA]\nketerangan = "Bapak 2104070101150001."', "aturan DUA: keterangan memuat nomor panjang"),
        ('[DUA]\nketerangan = "Menerima {program}."', "aturan DUA: keterangan harus tanpa {program}."),
        (LIST.replace("{program} ", ""), "aturan MUDA: keterangan harus menyebut {program}."),
        ('[DUA]\ndasar_hukum = 2024', "aturan DUA: dasar_hukum kosong atau bukan teks"),
        ('[DUA]\nprogram = ["PKH", "BST"]', "aturan DUA: program tidak sah; tulis daftar berisi 2 dari BLT_DD, BPNT, "),
        (LIST.replace("17", '"17"'), "aturan MUDA: umur tidak sah; tulis bilangan bulat 1 sampai 120."),
        ('[DUA]\nberlaku_dari = 2024-07-01', 'berlaku_dari tidak sah; tulis tahun dan bulan di antara tanda petik, '),
        ('[DUA]\nberlaku_sampai = "2024"', 'berlaku_sampai tidak sah; tulis tahun dan bulan di antara tanda petik'),
        ('[DUA]\nberlaku_dari = "2023-07"', "berlaku_dari di luar tahun berkasnya; tulis bulan tahun 2024"),
        ('[DUA]\nberlaku_sampai = "2024-01"', "berlaku_sampai tidak sesudah berlaku_dari"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_where_and_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(RuleError) as error:
        book(a2021=BASE, b2024=text)
    assert sentence in str(error.value) and str(error.value).startswith("aturan/2024.toml")
    assert str(error.value).endswith(".") and "2104070101150001" not in str(error.value)


@pytest.mark.parametrize(
    ("stem", "year"), [("2024", 2024), ("2020", 2020), ("2019", None), ("24", None), ("2024 b", None), ("2²24", None)]
)
def test_a_file_is_named_after_its_year(stem: str, year: int | None) -> None:
    assert year_of(stem) == year


NAMES = st.sampled_from(["DUA", "MUDA", "TIGA", "dua", "2104070101150001"])
KEYS = st.sampled_from(["jenis", "tingkat", "keterangan", "dasar_hukum", "menyala", "program", "umur", "berlaku_dari",
                        "berlaku_sampai", "lain"])  # fmt: skip
CELLS = st.sampled_from(["true", "false", "0", "17", "1e3", "[]", '["PKH"]', '["PKH", "BPNT"]', '"kesalahan"',
                         '"informasi"', '"2024-07"', '"Teks {program}."', '"Teks."', "2024-07-01", "{ a = 1 }",
                         *(f'"{kind}"' for kind in KINDS)])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(NAMES, st.dictionaries(KEYS, CELLS, max_size=8), max_size=3))
def test_a_file_is_refused_or_every_rule_can_be_sought(rules: dict[str, dict[str, str]]) -> None:
    """Whatever stands in it: a sentence, or rules that are whole in every period."""
    text = "\n".join(f"[{name}]\n" + "\n".join(f"{k} = {v}" for k, v in says.items()) for name, says in rules.items())
    try:
        made = book(a2021=BASE + LIST, b2024=text)
    except RuleError as error:
        assert str(error).startswith("aturan/2024.toml") and "2104070101150001" not in str(error)
        return
    for periode in ("2021-01", "2024-01", "2024-07", "2030-12"):
        for rule in made.at(periode):
            assert rule.kind.parameters.keys() == rule.given.keys() and rule.tingkat in SEVERITIES
            assert all(ask(rule.given[name], WORDS) == "" for name, ask in rule.kind.parameters.items())
            assert ("{program}" in rule.keterangan) == ("program" in rule.kind.per)
    assert all(made.rule(name, "2024-01").aturan == name for name in made.kinds())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_book_or_a_sentence(text: str) -> None:
    try:
        book(b2024=text)
    except RuleError as error:
        assert str(error).startswith("aturan/2024.toml")
