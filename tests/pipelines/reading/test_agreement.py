"""Whether the cells agree with their header: right, messy, tempting wrong."""

import pytest

from pipelines.reading.acceptance import accept
from pipelines.reading.agreement import check_agreement
from pipelines.reading.errors import Refused
from pipelines.reading.grid import locate
from pipelines.sources.blt_dd import SOURCE as BLT_DD

HEAD = ["NIK", "No KK", "Nama", "Jumlah"]


def man(n: int) -> str:
    """An invented NIK of a man."""
    return f"210401{n % 28 + 1:02}0190{n:04}"


def woman(n: int) -> str:
    """An invented NIK of a woman."""
    return f"210401{n % 28 + 41:02}0190{n:04}"


def card(n: int) -> str:
    """An invented No KK."""
    return f"210401{n % 28 + 1:02}0112{n:04}"


def both(n: int) -> str:
    """Every second a woman's."""
    return woman(n) if n % 2 else man(n)


MANY = range(1, 41)
AGREES = {
    "as it should be": [[both(n), card(n), "BUDI", "300000"] for n in MANY],
    "men alone": [[man(n), card(n), "BUDI", "300000"] for n in MANY],
    "masked": [[f"{man(n)[:12]}****", card(n), "BUDI", ""] for n in MANY],
    "all damaged by Excel": [["2,10401E+15", "2,10401E+15", "BUDI", "300000"] for n in MANY],
    "mostly nothing": [["BELUM ADA" if n < 15 else man(n), card(n), "BUDI", ""] for n in MANY],
    "a few names astray": [["BUDI" if n < 5 else man(n), card(n), man(n) if n < 5 else "BUDI", ""] for n in MANY],
    "amounts in words": [[man(n), card(n), "BUDI", "Rp 300.000,-"] for n in MANY],
    "two rows say little": [["BUDI", card(n), man(n), ""] for n in range(2)],
    "one woman's number typed as No KK": [[both(n), woman(n) if n == 1 else card(n), "BUDI", ""] for n in MANY],
    "few without a woman": [[man(n), card(n), "BUDI", ""] for n in range(1, 6)],
    "nobody": [],
}
SPEAKS_AGAINST = {
    "names under NIK": (
        [["BUDI", card(n), man(n), ""] for n in MANY],
        r'"NIK" tampaknya bukan nik: .*jawab artinya di pemetaan/blt_dd\.csv',
    ),
    "numbers under Nama": ([["-", card(n), man(n), ""] for n in MANY], '"Nama" tampaknya bukan nama'),
    "names under the amount": ([[man(n), card(n), "BUDI", "SITI"] for n in MANY], '"Jumlah" tampaknya bukan'),
    "numbers under the amount": ([[man(n), card(n), "BUDI", man(n)] for n in MANY], '"Jumlah" tampaknya bukan'),
    "NIK and No KK in each other's place": ([[card(n), both(n), "BUDI", ""] for n in MANY], "tampaknya berisi NIK"),
    "the same of few": ([[card(n), man(n), "BUDI", ""] for n in range(1, 4)], "tampaknya berisi NIK"),
    "NIK under No KK alone": ([["", both(n), "BUDI", ""] for n in MANY], "tampaknya berisi NIK"),
    "No KK under NIK alone": ([[card(n), "", "BUDI", ""] for n in range(1, 13)], "tampaknya berisi No KK"),
    "persons under the amount": (
        [[both(n), card(n), "BUDI", str(n % 5 + 1)] for n in MANY],
        '"Jumlah" tampaknya bukan',
    ),
}


def check(rows: list[list[str]]) -> None:
    """Ask of a list under HEAD."""
    check_agreement(accept(locate([HEAD], BLT_DD), BLT_DD, [1]), BLT_DD, rows, 1, "2024-06/blt_dd/a.csv")


NAMELESS = {
    "beside the table": (HEAD, ["", "", "", "", "PETANI"], "ke-5"),
    "within it": (["NIK", "No KK", "Nama", "", "Jumlah"], ["", "", "", "PETANI", ""], "ke-4"),
}
NUMBERED = (
    ["{n}", "", "", "", "", ""], ["", "", "", "", "", "{n}. ......"], ["", "", "", "", "", ""],
)  # fmt: skip


def listed(head: list[str], more: list[str]) -> list[list[str]]:
    """Rows under `head` with what else stands in them."""
    at = {word: place for place, word in enumerate(head)}
    rows = []
    for n in MANY:
        row = [cell.replace("{n}", str(n)) for cell in [*more, *[""] * (len(head) - len(more))]]
        row[at["NIK"]], row[at["No KK"]], row[at["Nama"]] = both(n), card(n), "BUDI"
        rows.append(row)
    return rows


@pytest.mark.parametrize(("head", "more", "place"), NAMELESS.values(), ids=NAMELESS)
def test_a_filled_column_without_a_word_is_a_question(head: list[str], more: list[str], place: str) -> None:
    """Nobody said what it means."""
    header = accept(locate([head], BLT_DD), BLT_DD, [1])
    with pytest.raises(Refused, match=f"kolom {place} berisi tetapi tidak berjudul"):
        check_agreement(header, BLT_DD, listed(head, more), 1)


@pytest.mark.parametrize("more", NUMBERED)
def test_numbering_needs_no_word(more: list[str]) -> None:
    """Of rows, or of the places for their signatures; nor does the rest of a merged column that nobody reads."""
    head = ["", "NIK", "No KK", "Nama", "RT/RW", ""]
    check_agreement(accept(locate([head], BLT_DD), BLT_DD, [1]), BLT_DD, listed(head, more), 1)


@pytest.mark.parametrize("rows", AGREES.values(), ids=AGREES)
def test_damage_is_no_disagreement(rows: list[list[str]]) -> None:
    """However little is left of the numbers."""
    check(rows)


@pytest.mark.parametrize(("rows", "pesan"), SPEAKS_AGAINST.values(), ids=SPEAKS_AGAINST)
def test_a_column_of_something_else_is_a_question(rows: list[list[str]], pesan: str) -> None:
    """Said of the header's row, and without a cell of anybody."""
    with pytest.raises(Refused, match=pesan) as refused:
        check(rows)
    assert refused.value.baris == 1
    assert not any(cell in refused.value.pesan for row in rows for cell in row if cell)
