"""Families drawn line by line, and what the linkage makes of them: named steps, pairs, links.

A line is `who | list | nik | no_kk | nama | lahir | more`, `more` names further columns (`_` in one is a blank). In a
number `.` stands for the region of the case, `:` for a region elsewhere; the list `lalu` is what earlier periods know.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pipelines.declaration import by_trust
from pipelines.sources import REGISTER
from pipelines.stages.baris import ORDER_BITS
from pipelines.stages.pasangan import pasangan
from pipelines.stages.tautan import dikenal, langkah, tautan

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

ORDER = {source.name: at << ORDER_BITS for at, source in enumerate(by_trust(REGISTER))}
_KNOWN = ("nik", "no_kk", "nama_baku", "tanggal_lahir", "kode_desa", "nama_ibu", "id_registri")


def read_case(cases: Mapping[str, str], case: str) -> list[tuple[str, Row]]:
    """Each line's letter and its row; every case has a region, a desa and an order of its own."""
    number = list(cases).index(case)
    lines = []
    for at, text in enumerate(cases[case].strip().splitlines()):
        who, source, nik, no_kk, nama, lahir, *more = (cell.strip() for cell in text.split("|"))
        beyond = dict(pair.split("=") for pair in (more[0].split() if more else []))
        # regions of two cases are more than a digit apart
        here, elsewhere = f"21{number * 101:04}", f"14{number * 101:04}"
        nik, no_kk = (n.replace(".", here).replace(":", elsewhere) or None for n in (nik, no_kk))
        row: Row = {
            "sumber": source, "nik": nik, "no_kk": no_kk, "nama": nama, "nama_baku": nama, "baris": at,
            "nik_jenis": "sah" if nik else "kosong", "tanggal_lahir": date.fromisoformat(lahir) if lahir else None,
            "kode_desa": f"21.04.07.{number:04}", "rid": ORDER.get(source, 0) + number * 100 + at,
        }  # fmt: skip
        lines.append((who, row | {c: value.replace(".", f"{number:04}") or None for c, value in beyond.items()}))
    return lines


def known_of(lines: list[tuple[str, Row]]) -> list[Row]:
    """The evidence of earlier periods; a letter of a case is a person."""
    return [
        {"orang_id": f"O{row['kode_desa']}{who}"} | {c: row.get(c) for c in _KNOWN}
        for who, row in lines
        if row["sumber"] == "lalu"
    ]


def delivered(lines: list[tuple[str, Row]]) -> list[Row]:
    """The rows of this period."""
    return [row for _, row in lines if row["sumber"] != "lalu"]


def filling(count: int) -> list[Row]:
    """Rows that are counted, and refused."""
    return [{"rid": 1_000_000 + at, "alasan": "nama_kosong "} for at in range(count)]


def linked(make: Make, baris: list[Row], pengenal: list[Row], **more: list[Row]) -> tuple[list[Row], dict[int, Row]]:
    """Run the stages on rows: the pairs, and the link of each row by rid."""
    known = make(dikenal, pengenal_lalu=pengenal)
    steps = make(langkah, baris=baris, dikenal=known)
    pairs = make(pasangan, baris=baris, langkah=steps, dikenal=known, **more)
    links = make(tautan, baris=baris, langkah=steps, pasangan=pairs)
    return pairs, {row["rid"]: row for row in links}


def assert_persons(lines: list[tuple[str, Row]], links: dict[int, Row]) -> None:
    """Rows of one letter are one person, `-` is a row that stays nobody's, `A?` is asked about and, unasked, not A."""
    persons: dict[str, int] = {}
    for who, row in lines:
        orang = links.get(row["rid"], {}).get("orang")
        if row["sumber"] == "lalu":
            continue
        if who == "-":
            assert orang is None, "linked to somebody"
        elif who.endswith("?"):
            # whom no list names now has a number below 0, and who is founded now one above
            assert orang is None or (orang > 0 and orang != persons.get(who[0])), "a question was answered"
        else:
            assert orang is not None, "nobody's"
            assert orang == persons.setdefault(who, orang), "one person became two"
    assert len(set(persons.values())) == len(persons), "two people became one"
