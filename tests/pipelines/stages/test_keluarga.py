"""Families from period to period, drawn as tables: `orang | card | list | family before | family now`.

KA holds card 1, KB holds card 2; cards 3 and 4 are new. A `kuat` list names whole families, a `lemah` one
only its recipients. `+` and `*` are two new families; a family that has a key keeps its letter.
"""

from collections.abc import Callable
from typing import Any

import pytest

from pipelines.stages.keluarga import anggota_keluarga

Make = Callable[..., list[dict[str, Any]]]

CASES = {
    "the same card": """
        A | 1 | kuat  | KA | KA
        B | 1 | kuat  | KA | KA
        C | 2 | lemah | KB | KB""",
    "new people on new cards": """
        A | 3 | kuat  |    | +
        B | 3 | lemah |    | +
        C | 4 | lemah |    | *""",
    "new people without a card are families of their own": """
        A |   |       |    | +
        B |   |       |    | *""",
    "a new person on a known card": """
        A | 1 | kuat  | KA | KA
        B | 1 | lemah |    | KA""",
    "no card this time": """
        A |   |       | KA | KA""",
    "a new No KK for the whole family": """
        A | 3 | kuat  | KA | KA
        B | 3 | kuat  | KA | KA""",
    "a new No KK, with a newborn": """
        A | 3 | kuat  | KA | KA
        B | 3 | kuat  |    | KA""",
    "a new No KK seen on a recipient list": """
        A | 3 | lemah | KA | KA
        B |   |       | KA | KA""",
    "a daughter marries: a new family, the old one stays": """
        A | 1 | kuat  | KA | KA
        B | 1 | kuat  | KA | KA
        C | 3 | kuat  | KA | +""",
    "a couple out of two families": """
        A | 1 | kuat  | KA | KA
        B | 3 | kuat  | KA | +
        C | 2 | kuat  | KB | KB
        D | 3 | kuat  | KB | +""",
    "a bride moves to the family of the groom": """
        A | 1 | kuat  | KA | KA
        B | 2 | kuat  | KA | KB
        C | 2 | kuat  | KB | KB""",
    "an old card on a recipient list moves nobody": """
        A | 1 | kuat  | KA | KA
        B | 2 | lemah | KA | KA
        C | 2 | kuat  | KB | KB""",
    "a new card on a recipient list moves nobody": """
        A | 1 | kuat  | KA | KA
        B | 3 | lemah | KA | KA""",
    "several families under one card of a recipient list": """
        A | 3 | lemah | KA | KA
        B | 3 | lemah | KB | KB""",
    "the head has died and left the lists": """
        B | 1 | kuat  | KA | KA
        C | 1 | kuat  | KA | KA""",
    "the head has died, the widow has a new card": """
        B | 3 | kuat  | KA | KA
        C | 3 | kuat  | KA | KA""",
    "the head, dead, stands on the old card beside the widow's new one": """
        A | 1 | kuat  | KA | KA | MENINGGAL
        B | 3 | kuat  | KA | KA
        C | 3 | kuat  | KA | KA""",
}  # fmt: skip
CARD = "210407010110000{}".format
KNOWN = [{"no_kk": CARD(1), "keluarga_id": "KA"}, {"no_kk": CARD(2), "keluarga_id": "KB"}]


def read(case: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The persons of a case, and the family that each should be in."""
    persons, expected = [], {}
    for at, line in enumerate(CASES[case].strip().splitlines()):
        key, card, trust, before, now, *status = (cell.strip() for cell in line.split("|"))
        persons.append({
            "orang_id": key, "no_kk": CARD(card) if card else None, "keluarga_lalu": before or None,
            "rid_no_kk": {"kuat": at, "lemah": 200 + at}.get(trust),
            "status": status[0] if status else "AKTIF",
        })  # fmt: skip
        expected[key] = now
    return persons, expected


@pytest.mark.parametrize("case", CASES)  # fmt: skip
def test_every_person_is_in_his_family(make: Make, case: str) -> None:
    persons, expected = read(case)
    found = {r["orang_id"]: r["keluarga_id"] for r in make(anggota_keluarga, orang=persons, kartu_keluarga_lalu=KNOWN)}
    new = {mark: {found[key] for key, now in expected.items() if now == mark} for mark in "+*"}
    assert {key: now if now in "+*" else found[key] for key, now in expected.items()} == expected
    assert all(len(keys) <= 1 for keys in new.values()) and not new["+"] & new["*"]
    assert all(len(key) == 21 and key.startswith("K") for keys in new.values() for key in keys)


def test_a_card_that_moves_nobody_is_not_learnt(make: Make) -> None:
    persons = read("an old card on a recipient list moves nobody")[0]
    found = make(anggota_keluarga, orang=persons, kartu_keluarga_lalu=KNOWN)
    assert {r["orang_id"]: r["kartu_sah"] for r in found} == {"A": True, "B": False, "C": True}


def test_a_family_is_the_same_in_a_rerun(make: Make) -> None:
    persons = read("new people on new cards")[0]
    runs = [make(anggota_keluarga, orang=order) for order in (persons, persons[::-1])]
    assert len({frozenset((r["orang_id"], r["keluarga_id"]) for r in run) for run in runs}) == 1
