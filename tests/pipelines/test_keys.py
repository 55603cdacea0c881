"""Keys: the same for the same foundation, other for another office, silent about the NIK."""

from collections.abc import Callable
from typing import Any

import ibis
import pytest

from pipelines.keys import minted

Each = Callable[..., list[Any]]
FOUNDATIONS = ("nik:2104070505800001", "nik:2104070505800002", "kk:2104070101100001|BUDI", "ps:0002802875185")


@pytest.fixture(scope="module")
def keys(each: Each) -> list[str]:
    """The key of each foundation."""
    return each(lambda t: minted(t, ibis.literal("rahasia"), "O"), FOUNDATIONS)


def test_a_key_is_its_prefix_and_80_bits(keys: list[str]) -> None:
    assert all(key[0] == "O" and len(key) == 21 and set(key[1:]) <= set("0123456789ABCDEF") for key in keys)


def test_two_foundations_are_two_keys(keys: list[str]) -> None:
    assert len(set(keys)) == len(FOUNDATIONS)


def test_a_foundation_has_one_key(each: Each, keys: list[str]) -> None:
    assert each(lambda t: minted(t, ibis.literal("rahasia"), "O"), FOUNDATIONS[::-1]) == keys[::-1]


def test_a_known_key_passes_unchanged(each: Each, keys: list[str]) -> None:
    assert each(lambda t: minted(t, ibis.literal("rahasia"), "O"), keys) == keys


def test_another_office_has_other_keys(each: Each, keys: list[str]) -> None:
    others = each(lambda t: minted(t, ibis.literal("lain"), "O"), FOUNDATIONS)
    assert set(others).isdisjoint(keys)


def test_a_key_shows_no_number(keys: list[str]) -> None:
    assert not any(text.partition(":")[2][6:12] in key for key, text in zip(keys, FOUNDATIONS, strict=True))
