"""Numbers in an office's words that are as long as a person's, in one piece or in groups."""

import re

# Groups of digits with one mark between them: 2104 0701 ..., 2104.0701. ..., 210407-...
_RUN = re.compile(r"\d+(?:[\s.'\u2019\u2010-\u2015_-]\d+)*")
_LONG = 9  # digits: a date has 8, and no number of a person is so short
_UNBROKEN = re.compile(r"\d{5,}")
_DAY, _MONTH, _YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d\d"
# A desa's code and a date are read as such beside a short number (a year, a copy's), and not beside the six digits
# that would make a NIK of a code.
_KNOWN = re.compile(
    r"\d\d\.\d\d\.\d\d\.\d{4}"
    r"|(?:[0-3]?\d[.-])?[01]?\d[.-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[.-][01]\d(?:[.-][0-3]\d)?"
    rf"|{_DAY}?{_MONTH}{_YEAR}|{_YEAR}{_MONTH}{_DAY}?"
)
_BESIDE = 4


def hide_long_numbers(text: str) -> str:
    """The text with `...` for each; a desa's code (21.04.07.2005) and dates stay."""
    return _RUN.sub(lambda run: "..." if _is_long(run[0]) else run[0], text)


def hide_numbers(text: str) -> str:
    """The same, and each run of five digits or more, part of a number that was cut, unless it is a month or a date."""
    return _UNBROKEN.sub(lambda run: run[0] if _KNOWN.fullmatch(run[0]) else "...", hide_long_numbers(text))


def holds_long_number(text: str) -> bool:
    """Whether there is one."""
    return any(map(_is_long, _RUN.findall(text)))


def _is_long(run: str) -> bool:
    words = re.split(r"[\s_]", run)
    return _digits(run) >= _LONG and sum(_digits(word) for word in words if not _KNOWN.fullmatch(word)) > _BESIDE


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))
