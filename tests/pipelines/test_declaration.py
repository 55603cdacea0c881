"""A declaration is a value: header words fold, and what readers and schemas need is read off it."""

from dataclasses import replace

import pytest

from pipelines.declaration import Dated, Field, Layout, Source, by_trust, fold_header
from pipelines.sources import REGISTER

FOLDED = (
    ("NO. KK *)", "nokk"), ("no kk", "nokk"), ("No_KK", "nokk"), ("Tempat, Tgl. Lahir", "tempattgllahir"),
    ("Desa/Kelurahan", "desakelurahan"), ("NIK\u00a0", "nik"), ("\ufeffIDDTKS", "iddtks"),
    ("Jumlah (Rp)", "jumlahrp"),
    ("Nama\nKPM", "namakpm"), ("", ""),
)  # fmt: skip


@pytest.mark.parametrize(("header", "folded"), FOLDED)
def test_a_header_folds(header: str, folded: str) -> None:
    assert fold_header(header) == folded
    assert fold_header(folded) == folded


@pytest.fixture
def source() -> Source:
    """An invented source of two fields."""
    return Source(
        name="rtlh", program="RTLH", title="Rumah Tidak Layak Huni", satuan="keluarga", publisher="Kantor",
        legal_basis="Perbup", code_system="", required=(("nik",),), ignored=("No.", "Foto Rumah"),
        fields=(
            Field("nik", "NIK", "nik", ("No. KTP",)),
            Field("nominal", "bantuan", "rupiah", ("Jumlah (Rp)",), unit="rupiah"),
        ),
    )  # fmt: skip


def test_a_header_word_leads_to_its_field(source: Source) -> None:
    assert source.header() == {"nik": "nik", "noktp": "nik", "nominal": "nominal", "jumlahrp": "nominal"}


def test_ignored_words_are_folded(source: Source) -> None:
    assert source.ignored_words() == {"no", "fotorumah"}


def test_kinds_follow_the_fields(source: Source) -> None:
    assert source.kinds() == {"nik": "nik", "nominal": "rupiah"}


def test_the_strongest_evidence_comes_first_in_any_order_of_the_register() -> None:
    ordered = by_trust(REGISTER)
    assert by_trust(REGISTER[::-1]) == ordered
    assert [s.trust for s in ordered] == sorted(s.trust for s in REGISTER)


WORDS = (
    # from, until, the period, whether the word counts then
    ("", "", "2024-06", True), ("2025-01", "", "2024-12", False), ("2025-01", "", "2025-01", True),
    ("", "2025-01", "2024-12", True), ("", "2025-01", "2025-01", False), ("2024-01", "2024-03", "2024-02", True),
)  # fmt: skip


@pytest.mark.parametrize(("dari", "sampai", "periode", "counts"), WORDS)
def test_a_dated_word_counts_in_its_time(source: Source, dari: str, sampai: str, periode: str, counts: bool) -> None:
    """And a form that is dated, and the duty to send; whoever does not ask for a period gets every word."""
    dated = replace(source.fields[1], synonyms=(Dated("Nilai Stimulan", dari, sampai), "Besaran"))
    form = Layout("lama", "Bentuk lama", ("nilai stimulan",), berlaku_dari=dari, berlaku_sampai=sampai)
    whole = replace(source, fields=(source.fields[0], dated), layouts=(form,), berlaku_dari=dari, berlaku_sampai=sampai)
    there = whole.at(periode)
    assert ("nilaistimulan" in there.header(), bool(there.layouts), there.mandatory) == (counts, counts, counts)
    assert {"besaran", "nominal"} <= there.header().keys() and "nilaistimulan" in whole.header()
    assert there.registry == whole.registry and there.at(periode) == there


def test_a_list_of_no_programme_gives_nothing(source: Source) -> None:
    """Nor does a registry, nor a list of need."""
    assert source.gives()
    assert not any(replace(source, **other).gives() for other in ({"program": ""}, {"registry": True}, {"aid": False}))


@pytest.mark.parametrize(("periode", "due"), [("2024-12", ["dtks"]), ("2025-01", ["dtsen"]), ("2030-12", ["dtsen"])])
def test_one_registry_is_due_in_every_period(periode: str, due: list[str]) -> None:
    """An office without the registry of the time would find nobody outside it."""
    assert [s.name for s in REGISTER if s.registry and s.at(periode).mandatory] == due
