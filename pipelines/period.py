"""A period of the office's work: a calendar month, written YYYY-MM."""

import re
from dataclasses import dataclass

# In lower case, as headers, titles and names of sheets are compared.
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Period:
    """The period worked on (`kini`) and the latest published one before it (`sebelum`, None at the first)."""

    kini: str
    sebelum: str | None = None

    def __post_init__(self) -> None:
        """Refuse what is no month."""
        if not is_month(self.kini):
            raise ValueError(f"Periode {self.kini!r} tidak sah; tulis tahun dan bulan, misalnya 2024-06.")


def is_month(text: str) -> bool:
    """Whether `text` is a period YYYY-MM of this century."""
    return _MONTH.fullmatch(text) is not None


def in_force(periode: str, dari: str, sampai: str) -> bool:
    """Whether a period lies in [`dari`, `sampai`), '' being open."""
    return dari <= periode and (not sampai or periode < sampai)


def months_before(periode: str, count: int) -> str:
    """The period so many months earlier."""
    year, month = divmod(int(periode[:4]) * 12 + int(periode[5:]) - 1 - count, 12)
    return f"{year:04}-{month + 1:02}"
