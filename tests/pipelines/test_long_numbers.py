"""A number as long as a person's is known in any spelling; dates and the codes of desa stay readable."""

import pytest

from pipelines.confirmation import wrong_reason
from pipelines.long_numbers import hide_long_numbers, holds_long_number
from pipelines.reading.errors import without_numbers

LONG = (
    ("2104070101800001", "..."),
    ("2104 0701 0180 0001", "..."),
    ("2104.0701.0180.0001", "..."),
    ("2104-0701-0180-0001", "..."),
    ("2104'0701'0180'0001", "..."),
    ("2104\u20190701\u20190180\u20190001", "..."),
    ("2104\u20130701\u20130180\u20130001", "..."),
    ("2104\u00a00701\u00a00180\u00a00001", "..."),
    ("2104_0701_0180_0001", "..."),
    ("210407 010180 0001", "..."),
    ("21 04 07 01 01 80 0001", "..."),
    ("21.04.07.01.01.80.0001", "..."),
    ("21.04.07.2005.80.0001", "..."),
    ("21.04.07.2005 80 0001", "..."),  # the code is the beginning of a NIK
    ("210407 01-01-1980 0001", "..."),
    ("0812-3456-7890", "..."),
    ("2104 07011980 0001", "..."),  # a date within a NIK
    ("0524202401234", "..."),  # thirteen digits, an account's
    ("2104 0701 0", "..."),
    ("BLT 2104 0701 0180 0001 BUDI.xlsx", "BLT ... BUDI.xlsx"),
    ("2024-06/blt_dd/2104 0701 0180 0001.csv", "2024-06/blt_dd/....csv"),
)
SHORT = (
    "", "Sungai Pinang", "27-06-2024", "06-2024", "2024-06", "2024-06-27", "27.06.2024", "21.04.07.2005",
    "BLT 21.04.07.2005 2024-06.xlsx", "BLT 21.04.07.2005_06-2024 (2).xlsx", "BLT 27-06-2024 2.xlsx",
    "27-06-2024 28-06-2024", "2024-06/blt_dd/21.04.07.2005/BLT 2024.csv", "1.234.567 jiwa", "SK 146/HUK/2021",
    "surat 470/12/2024", "2024-05/dtks/DTKS_2104_LINGGA_052024.txt", "DTKS_2104_052024.txt", "BLT 27062024.xlsx",
    "BLT_20240627_2.xlsx", "bpnt 202406.csv",
)  # fmt: skip


@pytest.mark.parametrize(("text", "shown"), LONG)
def test_a_long_number_is_hidden_and_no_reason(text: str, shown: str) -> None:
    assert holds_long_number(text)
    assert hide_long_numbers(text) == without_numbers(text) == shown
    assert "nomor panjang" in wrong_reason(f"Benar, {text}")


@pytest.mark.parametrize("text", SHORT)
def test_what_is_shorter_or_known_stays(text: str) -> None:
    assert not holds_long_number(text)
    assert hide_long_numbers(text) == without_numbers(text) == text
    assert wrong_reason(f"Benar, {text}") == ""


def test_a_message_shows_no_unbroken_number_of_five_digits() -> None:
    """Part of a long one, as a name that was cut shows it; in a reason it is a count."""
    assert without_numbers("BNBA 21040") == "BNBA ..."
    assert without_numbers("BNBA 132024, 20241301") == "BNBA ..., ..."
    assert wrong_reason("Benar, 12345 jiwa") == ""
