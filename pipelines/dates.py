"""Dates as offices write them, read day first (forms: domain.md 2.4).

A list whose dates can only be month first (`12/25/1978`) was written under an American locale: there `03/04/1978` is
one of two days. Such a cell is no evidence, and said to be doubtful; it is not guessed.
"""

import ibis
import ibis.expr.types as ir

_MONTHS = {
    "JAN": "01", "FEB": "02", "PEB": "02", "MAR": "03", "MRT": "03", "APR": "04", "MEI": "05", "MAY": "05", "JUN": "06",
    "JUL": "07", "AGU": "08", "AGT": "08", "AGS": "08", "AUG": "08", "SEP": "09", "OKT": "10", "OCT": "10",
    "NOV": "11", "NOP": "11", "DES": "12", "DEC": "12",
}  # fmt: skip
_EXCEL_EPOCH_DAYS = -25569  # 1970-01-01 as an Excel serial
NEWEST = 30  # two-digit years above it are 19xx, where the list's own year is not known

# What stands in a cell for no date at all.
NO_DATE = (
    "", "-", "--", "0", "NULL", "NIHIL", "NONE", "NAN", "NAT", "N/A", "#N/A", "0000-00-00", "00-00-0000", "00/00/0000",
    "0000-00-00 00:00:00", "00-00-00", "00/00/00",
)  # fmt: skip

_TIME = r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?i:[AP]M))?"  # of an export that knows no dates alone
_PLACE = r"^[A-Z][^\d]*[ .:](\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4})$"


def _iso(year: ir.StringValue, month: ir.StringValue, day: ir.StringValue) -> ir.StringValue:
    return year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")


def _full_year(year: ir.StringValue, pivot: int | ir.IntegerValue) -> ir.StringValue:
    number = year.try_cast("int64")
    return ibis.cases((year.length() == 4, year), (number > pivot, "19" + year), else_="20" + year)  # noqa: PLR2004


def with_dates(cells: ir.Table, pivot: str = "", **texts: ir.StringValue) -> ir.Table:
    """Add under each name the date that its text says, or NULL: ISO, d/m/y with any of `/ - .`, `28 Maret 1978`,
    `28-Mar-78`, `28Mar1978`, 19780328, 28031978, serials. `pivot`: the column that holds the list's year in two digits:
    nobody is born after it.

    A place before it (`Lingga, 28 Maret 1978`), an apostrophe and a time after it are passed over. What has the year
    first has the month next.
    """
    bare = cells.mutate(**{name: _without_place_and_time(text) for name, text in texts.items()})
    latest = bare[pivot] if pivot else NEWEST
    return bare.mutate(**{name: _date(bare[name], latest) for name in texts})


def _without_place_and_time(raw: ir.StringValue) -> ir.StringValue:
    text = raw.upper().translate("\u00a0\t", "  ").re_replace(r"^.*[,'] *", "").strip()
    text = text.re_replace(f"{_TIME}$", "")
    return text.re_extract(_PLACE, 1).nullif("").coalesce(text)


def _date(text: ir.StringValue, pivot: int | ir.IntegerValue) -> ir.DateValue:
    iso = text.re_extract(r"^(\d{4}-\d{2}-\d{2})([T ].*)?$", 1)
    ymd = r"^((?:19|20)\d{2})[/.-](\d{1,2})[/.-](\d{1,2})$"
    dmy = r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$"
    named = r"\b(\d{1,2})[ ./-]*([A-Z]{3})[A-Z]*[ ./-]*(\d{4}|\d{2})$"
    month = text.re_extract(named, 2).cases(*_MONTHS.items())
    serial = ibis.cases((text.re_search(r"^[1-5]\d{4}$"), text)).try_cast("int64")
    written = ibis.cases(
        (iso != "", iso),
        (text.re_search(ymd), _iso(text.re_extract(ymd, 1), text.re_extract(ymd, 2), text.re_extract(ymd, 3))),
        (
            text.re_search(dmy),
            _iso(_full_year(text.re_extract(dmy, 3), pivot), text.re_extract(dmy, 2), text.re_extract(dmy, 1)),
        ),
        (
            text.re_search(named),
            _iso(_full_year(text.re_extract(named, 3), pivot), month, text.re_extract(named, 1)),
        ),
        # no month is 19 or 20: what is one of these is not the other
        (text.re_search(r"^\d{4}(?:19|20)\d{2}$"), _iso(text.substr(4, 4), text.substr(2, 2), text.substr(0, 2))),
        (text.re_search(r"^\d{8}$"), _iso(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2))),
    ).try_cast("date")
    from_serial = ibis.date("1970-01-01") + (serial + _EXCEL_EPOCH_DAYS).as_interval("D")
    # the engine adds days to a date as a timestamp, which Ibis takes for a date: cast through it
    return written.coalesce(from_serial.cast("timestamp").cast("date"))


def says_a_date(raw: ir.StringValue) -> ir.BooleanValue:
    """The cell is not blank, readable or not."""
    return raw.upper().notin(NO_DATE)


_AFTER = rf"(?:{_TIME})?\W*$"
_MONTH_FIRST = rf"^\D*(?:0?[1-9]|1[0-2])[/.-](?:1[3-9]|2\d|3[01])[/.-](?:\d{{4}}|\d{{2}}){_AFTER}"
_EITHER = rf"^\D*(0?[1-9]|1[0-2])[/. -](0?[1-9]|1[0-2])[/. -](?:\d{{4}}|\d{{2}}){_AFTER}"
_SWAPPED = r"^\D*(\d{1,2})([/.-])(\d{1,2})"


def is_month_first(raw: ir.StringValue) -> ir.BooleanValue:
    """The date can only be read month first."""
    return raw.re_search(_MONTH_FIRST)


def day_before_month(raw: ir.StringValue) -> ir.StringValue:
    """The cell with its day first where it can only be read month first, else NULL."""
    month, sign, day = (raw.re_extract(_SWAPPED, group) for group in (1, 2, 3))
    return ibis.cases((is_month_first(raw), day + sign + month + raw.re_replace(_SWAPPED, "")))


def has_two_readings(raw: ir.StringValue) -> ir.BooleanValue:
    """Day first and month first are two different days."""
    one, other = (raw.re_extract(_EITHER, group).lpad(2, "0") for group in (1, 2))
    return raw.re_search(_EITHER) & (one != other)
