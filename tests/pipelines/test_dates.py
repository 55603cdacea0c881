"""Birth dates as offices write them (domain.md 2.4): every form, and what must not become a date."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.backends.duckdb import Backend

from pipelines.dates import day_before_month, has_two_readings, with_dates

Each = Callable[..., list[Any]]
Ready = Callable[[ir.StringValue], ir.StringValue]
Dates = Callable[..., list[date | None]]

READ = (
    ("1996-03-10", date(1996, 3, 10)),
    ("1996-03-10 00:00:00", date(1996, 3, 10)),
    ("28/03/1978", date(1978, 3, 28)),
    ("28-03-1978", date(1978, 3, 28)),
    ("28.03.1978", date(1978, 3, 28)),
    ("8/3/1978", date(1978, 3, 8)),
    ("05/04/1980", date(1980, 4, 5)),  # day first, though it could be the month
    ("12/05/80", date(1980, 5, 12)),
    ("12-05-05", date(2005, 5, 12)),
    ("31/12/31", date(1931, 12, 31)),
    ("28 Maret 1978", date(1978, 3, 28)),
    ("28 MARET 1978", date(1978, 3, 28)),
    ("1 mei 2001", date(2001, 5, 1)),
    ("28-Mar-78", date(1978, 3, 28)),
    ("28-Mar-1978", date(1978, 3, 28)),
    ("17 Agustus 1945", date(1945, 8, 17)),
    ("17-Agt-45", date(1945, 8, 17)),
    ("17-Agu-1945", date(1945, 8, 17)),
    ("1 Okt 1990", date(1990, 10, 1)),
    ("1 Des 1990", date(1990, 12, 1)),
    ("1 Nop 1990", date(1990, 11, 1)),
    ("1 Nopember 1990", date(1990, 11, 1)),
    ("1 Pebruari 1990", date(1990, 2, 1)),
    ("19780328", date(1978, 3, 28)),
    ("28031978", date(1978, 3, 28)),
    ("20011978", date(1978, 1, 20)),
    ("28 Mrt 1978", date(1978, 3, 28)),
    ("28 MAR. 1978", date(1978, 3, 28)),
    ("28Mar1978", date(1978, 3, 28)),
    ("28/Mar/1978", date(1978, 3, 28)),
    ("Dabo, 28 Mrt. 1978", date(1978, 3, 28)),
    ("'28/03/1978", date(1978, 3, 28)),
    ("'1996-03-10", date(1996, 3, 10)),
    ("Lingga, 28 Maret 1978", date(1978, 3, 28)),
    ("Sungai Pinang, 28-03-1978", date(1978, 3, 28)),
    (" 28/03/1978 ", date(1978, 3, 28)),
    ("28/03/1978\u00a0", date(1978, 3, 28)),
    ("1980/01/02", date(1980, 1, 2)),
    ("1980.01.02", date(1980, 1, 2)),
    ("1980/1/2", date(1980, 1, 2)),
    ("1980-1-2", date(1980, 1, 2)),
    ("1980/01/02 00:00", date(1980, 1, 2)),
    ("02-03-1982 00:00:00", date(1982, 3, 2)),
    ("2/3/1982 12:00:00 AM", date(1982, 3, 2)),
    ("02-03-1982T00:00:00.000", date(1982, 3, 2)),
    ("28 Maret 1978 00:00:00", date(1978, 3, 28)),
    ("Lingga 02-03-1982", date(1982, 3, 2)),
    ("Sungai Pinang 2/3/82", date(1982, 3, 2)),
    ("Lingga.02.03.1982", date(1982, 3, 2)),
    ("Lingga 1982-03-02", date(1982, 3, 2)),
    ("Lingga, 02-03-1982 00:00:00", date(1982, 3, 2)),
    ("23005", date(1962, 12, 25)),  # an Excel serial
    ("29-02-2000", date(2000, 2, 29)),
)

NO_DATE = (
    "", " ", "-", "NULL", "0", "tidak tahu", "Lingga", "1978", "31/02/1978", "29/02/1999", "00/00/0000",
    "0000-00-00",
    "1978-13-01", "1978-02-30", "28/13/1978", "32/01/1978", "03/28/1978", "128 Maret 1978", "28 Marz",
    "28 Foo 1978",
    "19781328", "19780230", "31021978", "28132078", "1996-03-100", "123456", "99999", "1978/03", "28/03/197",
    "28//1978",
    "2104070505800001", "1980/13/01", "1980/02/30", "2104.07.01", "Lingga 1978", "Lingga 23005", "Lingga 19780328",
    "00:00:00", "RT 02/03", "Lingga 03/28/1978", "02-03-1982 00:00:00 x", "21.04.07.2005",
)  # fmt: skip


@pytest.fixture(scope="module")
def dates(con: Backend) -> Dates:
    """Read many texts in one query, made ready by a function; the dates in the order of the texts."""

    def read(texts: Sequence[str | None], ready: Ready = lambda text: text) -> list[date | None]:
        cells = ibis.memtable(pa.table({"urut": range(len(texts)), "teks": pa.array(texts, pa.string())}))
        return con.to_pyarrow(with_dates(cells, hasil=ready(cells.teks)).order_by("urut"))["hasil"].to_pylist()

    return read


@pytest.fixture(scope="module")
def parsed(dates: Dates) -> dict[str, date | None]:
    """Every text of the tables above, read in one query."""
    texts = [text for text, _ in READ] + list(NO_DATE)
    return dict(zip(texts, dates(texts), strict=True))


@pytest.mark.parametrize(("text", "expected"), READ)
def test_a_written_date_is_read_day_first(parsed: dict[str, date | None], text: str, expected: date) -> None:
    assert parsed[text] == expected


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_is_unknown(parsed: dict[str, date | None], text: str) -> None:
    assert parsed[text] is None


def test_nobody_is_born_after_his_list(con: Backend) -> None:
    """Two digits of a year above the list's are of the century before; its own year is this century."""
    cells = ibis.memtable({"teks": ["12/05/28", "12/05/24", "12/05/25", "1 Mei 25", "12/05/2028"], "tahun": [24] * 5})
    found = con.to_pyarrow(with_dates(cells, "tahun", hasil=cells.teks))
    years = {row["teks"]: row["hasil"].year for row in found.to_pylist()}
    assert years == {"12/05/28": 1928, "12/05/24": 2024, "12/05/25": 1925, "1 Mei 25": 1925, "12/05/2028": 2028}


MONTH_FIRST = (
    # cell, its one reading month first, whether both are possible
    ("12/25/1978", date(1978, 12, 25), False),
    ("12/25/1978 00:00:00", date(1978, 12, 25), False),
    ("12/25/1978 12:00:00 am", date(1978, 12, 25), False),
    ("Lingga 12/25/1978", date(1978, 12, 25), False),
    ("Lingga, 12-25-1978", date(1978, 12, 25), False),
    ("03/04/1978", None, True),
    ("03/04/1978 00:00:00", None, True),
    ("Lingga 03/04/1978", None, True),
    ("04/04/1978", None, False),
    ("25/12/1978", None, False),
    ("1978/03/04", None, False),
)


def test_an_american_date_is_known_with_a_place_and_a_time(dates: Dates, each: Each) -> None:
    cells = [cell for cell, _, _ in MONTH_FIRST]
    assert dates(cells, day_before_month) == [day for _, day, _ in MONTH_FIRST]
    assert each(has_two_readings, cells) == [both for _, _, both in MONTH_FIRST]


def test_a_missing_column_is_unknown(dates: Dates) -> None:
    assert dates([None]) == [None]


_LONG = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
    "November",
    "Desember",
)  # fmt: skip
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des")
FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d-%m-%Y}",
    lambda d: f"{d.day}/{d.month}/{d.year}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.day} {_LONG[d.month - 1]} {d.year}",
    lambda d: f"{d.day}-{_SHORT[d.month - 1]}-{d.year}",
    lambda d: f"Dabo, {d.day} {_LONG[d.month - 1].upper()} {d.year}",
    lambda d: f"'{d:%d-%m-%Y}",
    lambda d: str((d - date(1899, 12, 30)).days),
)
BIRTHS = st.integers(0, 36_000).map(lambda days: date(1931, 1, 1) + timedelta(days=days))


@settings(deadline=None, max_examples=8)
@given(st.lists(st.tuples(BIRTHS, st.sampled_from(FORMS)), min_size=40, max_size=80))
def test_a_real_date_survives_every_form(dates: Dates, cases: Sequence[tuple[date, Callable[[date], str]]]) -> None:
    assert dates([form(day) for day, form in cases]) == [day for day, _ in cases]


NOISE = st.text("0123456789/-. ,'JANFEBMRTL\u00a0", max_size=14) | st.text(max_size=20)


@settings(deadline=None, max_examples=10)
@given(st.lists(NOISE, min_size=40, max_size=80))
def test_no_text_raises(dates: Dates, texts: Sequence[str]) -> None:
    for value in dates([t.replace("\0", "") for t in texts]):
        assert value is None or isinstance(value, date)
