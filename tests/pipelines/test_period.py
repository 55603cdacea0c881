"""A period is a month of this century, written YYYY-MM."""

import pytest

from pipelines.period import Period, is_month

MONTHS = ("2024-06", "2000-01", "2099-12")
NO_MONTHS = (
    "",
    "2024",
    "2024-6",
    "2024-00",
    "2024-13",
    "1999-12",
    "2024/06",
    "06-2024",
    "2024-06-01",
    " 2024-06",
    "2O24-06",
)


@pytest.mark.parametrize("text", MONTHS)
def test_a_month_is_a_period(text: str) -> None:
    assert is_month(text)
    assert Period(text).sebelum is None


@pytest.mark.parametrize("text", NO_MONTHS)
def test_what_is_no_month_is_refused_in_words_that_help(text: str) -> None:
    assert not is_month(text)
    with pytest.raises(ValueError, match="tulis tahun dan bulan, misalnya 2024-06"):
        Period(text)


def test_a_trailing_line_break_is_no_month() -> None:
    assert not is_month("2024-06\n")
