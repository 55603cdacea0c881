"""NIK, No KK and PSNOKA: sound, masked, cut, mistyped, invented by a clerk (domain.md 2.1 and 2.2)."""

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.identifiers import (
    birth_number,
    digits_of,
    first_digits,
    is_sound_nik,
    is_sound_no_kk,
    nik_kind,
    number_text,
    pad_psnoka,
    read_letters_as_digits,
    without_last,
)

Each = Callable[..., list[Any]]

# (as delivered, what it is, why)
KINDS = (
    ("2104070505800001", "sah", "a man's"),
    ("2104074505800001", "sah", "a woman's: day and 40"),
    ("2104077112990001", "sah", "the last day of a woman"),
    ("1471080505800001", "sah", "registered elsewhere"),
    ("9471080505800001", "sah", "Papua"),
    ("2104030505800001", "sah", "the prefix of a kecamatan that was split"),
    (" 2104 0705 0580 0001 ", "sah", "blanks"),
    ("2104.0705.0580.0001", "sah", "dots"),
    ("'2104070505800001", "sah", "an apostrophe that makes Excel keep text"),
    ("\u20192104070505800001", "sah", "a printed apostrophe"),
    ("2104070505800001\u00a0", "sah", "NBSP, as Dukcapil's exports have it"),
    ('="2104070505800001"', "sah", "a formula that makes Excel keep text"),
    ("2104070505800001.0", "sah", "decimal places of an export"),
    ("NIK. 2104070505800001", "sah", "the word before it"),
    ("2104070505800001.5", "rusak", "no decimal places"),
    ("210407050580****", "tersamar", "the ministry's mask"),
    ("210407050580XXXX", "tersamar", "another mask"),
    ("2104 0705 0580 ****", "tersamar", "a mask with blanks"),
    ("2104-0705-0580-0001", "sah", "dashes"),
    ('"2104070505800001"', "sah", "quotes left by an export"),
    ("\u200b2104070505800001\ufeff", "sah", "blanks that nobody sees"),
    ("2104070505xx0001", "tersamar", "another part hidden"),
    ("210407******0001", "tersamar", "the birth hidden"),
    ("", "kosong", "blank"),
    ("null", "kosong", "an export's empty, small"),
    ("#N/A", "kosong", "a formula that found nothing"),
    ("-", "kosong", "a dash"),
    ("0", "kosong", "a temporary NIK in OpenSID"),
    ("0000000000000000", "kosong", "zeros"),
    ("NULL", "kosong", "an export's empty"),
    (None, "tak_ada", "the file has no such column"),
    ("210407050580001", "rusak", "15 digits"),
    ("21040705058000012", "rusak", "17 digits"),
    ("2104070505800000", "rusak", "serial 0000"),
    ("21040705O5800001", "rusak", "a letter O"),
    ("2,10407E+15", "rusak", "Excel's exponent"),
    ("2.10407E+15", "rusak", "the same, English"),
    ("2104070000000001", "rusak", "no birth date"),
    ("2104073205800001", "rusak", "day 32"),
    ("2104077205800001", "rusak", "day 72"),
    ("2104074005800001", "rusak", "day 40"),
    ("2104070513800001", "rusak", "month 13"),
    ("2204070505800001", "rusak", "no such province"),
    ("9999999999999999", "rusak", "a dummy"),
    ("1111111111111111", "rusak", "a dummy that looks like a date"),
    ("1234567890123456", "rusak", "a dummy"),
    ("2104070000000000", "rusak", "region and zeros"),
    ("********", "rusak", "all masked"),
    ("TIDAK ADA", "rusak", "words"),
)

KK = (
    ("2104070101100001", True, "issued 1 January 2010"),
    ("2104074101100001", False, "no woman's day in a date of issue"),
    ("2104070113100001", False, "month 13"),
    ("2104070101100000", False, "serial 0000"),
    ("210407010110001", False, "15 digits"),
    ("21040701011000011", False, "17 digits"),
    ("1111111111111111", False, "a dummy"),
    ("0", False, "zero"),
    ("", False, "blank"),
)

LETTERS = (
    ("21O4070505800001", "2104070505800001"),
    ("21o4o7o5o58oooo1", "2104070505800001"),
    ("210407050580000I", "2104070505800001"),
    ("2l04070505800001", "2104070505800001"),
    ("2104070505800OOO", None),  # reads as serial 0000
    ("21O407050580001", None),  # 15 characters
    ("21040705S5800001", None),  # an S may be 5 or 8
    ("", None),
)

PSNOKA = (
    ("0002802875185", "0002802875185"),
    ("2802875185", "0002802875185"),
    ("802875185", "0000802875185"),
    ("'0002802875185", "0002802875185"),
    ("0002802875185\u00a0", "0002802875185"),
    ("00028028751851", None),
    ("0", None),
    ("0000000000000", None),
    ("", None),
    ("BELUM ADA", None),
    (None, None),
)

BIRTHS = (
    ("2104070505800001", 50_580),
    ("2104074505800001", 50_580),
    ("2104077112990001", 311_299),
    ("9471080505809999", 50_580),  # past what floating point tells apart
)


def birth_shown(nik: ir.StringColumn) -> ir.IntegerValue:
    """The birth date that the text of a sound NIK carries."""
    return birth_number(nik.cast("int64"))


@pytest.fixture(scope="module")
def kinds(each: Each) -> list[str]:
    """What each NIK of KINDS is, in one query."""
    return each(lambda t: nik_kind(digits_of(t), ibis.literal(False)), [nik for nik, _, _ in KINDS])


@pytest.mark.parametrize("at", range(len(KINDS)), ids=lambda i: KINDS[i][2])
def test_the_kind_of_a_nik(kinds: list[str], at: int) -> None:
    assert kinds[at] == KINDS[at][1]


def test_a_sound_nik_of_a_cut_column_is_damaged(each: Each) -> None:
    """Excel made the 16th digit a 0: the number looks lawful and is another's."""
    assert each(lambda t: nik_kind(t, ibis.literal(True)), ["2104070505800010"]) == ["rusak"]


@pytest.mark.parametrize(("function", "table"), [
    (is_sound_no_kk, [case[:2] for case in KK]), (read_letters_as_digits, LETTERS), (pad_psnoka, PSNOKA),
    (birth_shown, BIRTHS),
], ids=lambda value: getattr(value, "__name__", ""))  # fmt: skip
def test_the_table_holds(each: Each, function: Callable[..., Any], table: Sequence[tuple[str | None, Any]]) -> None:
    results = each(function, [text for text, _ in table])
    assert dict(zip((t for t, _ in table), results, strict=True)) == dict(table)


def test_first_digits_are_digits_or_nothing(each: Each) -> None:
    numbers = ["210407050580001", "2104070505800001", "21040705058OO01", "2104", "", None]
    assert each(lambda t: first_digits(t, 15), numbers) == ["210407050580001", "210407050580000", *[None] * 4]
    dummies = ["1111111111111111", "9999999999999999", "1234567890123456", "0000000000000000"]
    assert each(lambda t: first_digits(t, 15), dummies) == [None] * 4


def test_two_people_of_one_excel_cut_keep_their_common_digits(each: Each) -> None:
    assert len(set(each(lambda t: first_digits(t, 15), ["2104070505800012", "2104070505800010"]))) == 1


@settings(deadline=None, max_examples=8)
@given(st.lists(st.integers(10**15, 10**16 - 1), min_size=40, max_size=80), st.integers(1, 12))
def test_a_number_stands_for_its_text(each: Each, numbers: Sequence[int], count: int) -> None:
    texts = [str(number) for number in numbers]
    assert each(lambda t: number_text(t.cast("int64"), 16), texts) == texts
    assert each(lambda t: without_last(t.cast("int64"), count), texts) == [n // 10**count for n in numbers]


NUMBERS = st.text("0123456789 .'`-,\t\u00a0OIl*", max_size=20)


@settings(deadline=None, max_examples=8)
@given(st.lists(NUMBERS, min_size=40, max_size=80))
def test_cleaning_twice_changes_nothing_and_loses_no_digit(each: Each, numbers: Sequence[str]) -> None:
    once = each(digits_of, numbers)
    assert each(digits_of, once) == once
    digits = [[c for c in text if c.isdigit()] for text in numbers]
    assert [[c for c in text if c.isdigit()] for text in once] == digits


LAWFUL = st.builds(
    "{}{:04d}{:02d}{:02d}{:02d}{:04d}".format, st.sampled_from(["11", "21", "36", "53", "76", "82", "94"]),
    st.integers(0, 9999), st.integers(1, 31) | st.integers(41, 71), st.integers(1, 12), st.integers(0, 99),
    st.integers(1, 9999),
)  # fmt: skip


@settings(deadline=None, max_examples=8)
@given(st.lists(LAWFUL, min_size=40, max_size=80))
def test_every_lawful_nik_is_sound_and_a_digit_less_or_more_is_not(each: Each, numbers: Sequence[str]) -> None:
    lawful = [n for n in numbers if n != "1" * 16]
    assert all(each(is_sound_nik, lawful))
    assert not any(each(is_sound_nik, [n[:15] for n in lawful] + [n + "1" for n in lawful]))


@settings(deadline=None, max_examples=8)
@given(st.lists(st.text(max_size=24), min_size=40, max_size=80))
def test_no_text_raises(each: Each, texts: Sequence[str]) -> None:
    clean = [t.replace("\0", "") for t in texts]
    for function in (
        lambda t: nik_kind(digits_of(t), ibis.literal(False)),
        pad_psnoka,
        read_letters_as_digits,
    ):
        assert len(each(function, clean)) == len(clean)
