"""A declaration is a value: header words fold, and what readers and schemas need is read off it."""

import pytest

from pipelines.declaration import Field, Source, by_trust, fold_header
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
