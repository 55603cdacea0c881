"""Addresses as officers type them, and the right reading among those that are tried."""

import pytest

from pipelines.row_address import Address, is_person, readings

BOOK, TEXT = "2024-06/blt_dd/BLT Raya.xlsx", "2024-06/pkh/PKH.csv"

RIGHT = {
    f"{BOOK}:Sheet1:12": Address(BOOK, "Sheet1", 12),
    f"  {BOOK}:Sheet1:12 ": Address(BOOK, "Sheet1", 12),
    f"{TEXT}::12": Address(TEXT, "", 12),
    f"{TEXT}:12": Address(TEXT, "", 12),
    f"/data/kiriman/{BOOK}:Sheet1:12": Address(BOOK, "Sheet1", 12),
    rf"D:\kiriman\{BOOK}:Sheet1:12".replace("/", "\\"): Address(BOOK, "Sheet1", 12),
    rf"D:\kiriman\{TEXT}::12".replace("/", "\\"): Address(TEXT, "", 12),
    f"{BOOK}:Data: RT 01:12": Address(BOOK, "Data: RT 01", 12),
    "2024-06/pkh/PKH 10:30.csv::7": Address("2024-06/pkh/PKH 10:30.csv", "", 7),
    "2024-06/pkh/kiriman.zip/BLT Raya.xlsx:Sheet1:3": Address("2024-06/pkh/kiriman.zip/BLT Raya.xlsx", "Sheet1", 3),
    "/arsip/2024-05/2024-06/pkh/PKH.csv::12": Address(TEXT, "", 12),
    "2024-06/pkh/2024-05/PKH.csv::12": Address("2024-06/pkh/2024-05/PKH.csv", "", 12),
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT)
def test_the_right_reading_is_tried(text: str) -> None:
    assert RIGHT[text] in readings(text)


def test_a_plain_address_is_read_in_one_way_first() -> None:
    assert readings(f"{BOOK}:Sheet1:12")[0] == RIGHT[f"{BOOK}:Sheet1:12"]
    assert readings(f"{TEXT}::12")[0] == RIGHT[f"{TEXT}::12"]


NONE = ("", ":", "::", "12", TEXT, f"{TEXT}::", f"{TEXT}::dua", f"{TEXT}::-1", "pkh/a.csv::12", "2024-13/pkh/a.csv::1")


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_address_has_no_reading(text: str) -> None:
    assert readings(text) == []


@pytest.mark.parametrize(
    ("text", "person"),
    [("O50312C6DBA664222E6BB", True), ("K50312C6DBA664222E6BB", False), ("O50312C6DBA664222E6B", False), ("", False)],
)
def test_a_persons_key_is_known_by_its_form(text: str, person: bool) -> None:
    assert is_person(text) is person
