"""How two records are compared: each case is what one and the other say, and the level that they reach."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pytest

from pipelines.comparisons import COMPARISONS, RECORD, as_record

Rows = Callable[..., ir.Table]
Records = Callable[[ir.Table], list[dict[str, Any]]]
Row = dict[str, Any]

NIK, NOTHING = "2104070505800031", "nothing to compare"
BORN = date(1980, 5, 12)

# comparison: (what one says, what the other says, level); a text stands for the column of that name
CASES: list[tuple[str, Row, Row, str]] = [
    ("nama", {"nama_baku": "SUKIMAN"}, {"nama_baku": "SUKIMAN"}, "nama sama"),
    ("nama", {"nama_baku": "SUKIMAN"}, {"nama_baku": "SUKIAMN"}, "nama beda ejaan"),
    ("nama", {"nama_baku": "SUKIMAN"}, {"nama_baku": "SUKIMANA"}, "nama beda ejaan"),
    ("nama", {"nama_baku": "ZAINABUN"}, {"nama_baku": "ZAINAB"}, "nama hampir sama"),
    ("nama", {"nama_baku": "RINA"}, {"nama_baku": "RINI"}, "nama mirip"),  # two children as easily as one
    ("nama", {"nama_baku": "MUHAMMAD HASAN"}, {"nama_baku": "MUHAMMAD HASIM"}, "nama hampir sama"),
    ("nama", {"nama_baku": "BUDI"}, {"nama_baku": "SITI AMINAH"}, "nama beda"),
    ("nik", {"nik": NIK}, {"nik": NIK}, "NIK sama"),
    ("nik", {"nik": NIK}, {"nik": "2104060505800031"}, "NIK beda satu angka"),
    ("nik", {"nik": NIK}, {"nik": "2104070550800031"}, "NIK beda satu angka"),  # two neighbours swapped
    ("nik", {"nik": NIK}, {"nik": "2104070505800032"}, "NIK beda satu angka di nomor urut"),
    ("nik", {"nik": NIK}, {"nik": "2104070505800013"}, "NIK beda satu angka di nomor urut"),
    ("nik", {"nik": NIK}, {"nik15": NIK[:15]}, "NIK beda satu angka di nomor urut"),  # cut by Excel
    ("nik", {"nik": NIK}, {"nik12": NIK[:12]}, "12 angka pertama NIK sama"),  # masked
    ("nik", {"nik": NIK}, {"nik": "2104070505809999"}, "12 angka pertama NIK sama"),
    ("nik", {"nik": NIK}, {"nik": "1403070505800031"}, "NIK beda"),
    ("nik", {"nik": "9104070505800031"}, {"nik": "9104070505800031"}, "NIK sama"),  # Papua: above 2^53
    ("nik", {"nik": "9104070505800031"}, {"nik": "9104070505800039"}, "NIK beda satu angka di nomor urut"),
    ("nik", {"nik": NIK}, {}, NOTHING),
    ("lahir", {"tanggal_lahir": BORN}, {"tanggal_lahir": BORN}, "tanggal lahir sama"),
    ("lahir", {"tanggal_lahir": BORN}, {"nik": "2104071205800031"}, "tanggal lahir sama"),  # the NIK tells it
    ("lahir", {"tanggal_lahir": BORN}, {"nik": "2104075205800031"}, "tanggal lahir sama"),  # a woman's, day plus 40
    ("lahir", {"tanggal_lahir": BORN}, {"tanggal_lahir": date(1980, 12, 5)}, "tanggal lahir mirip"),
    ("lahir", {"tanggal_lahir": BORN}, {"tanggal_lahir": date(1981, 5, 12)}, "tanggal lahir mirip"),
    ("lahir", {"tanggal_lahir": BORN}, {"tanggal_lahir": date(1980, 7, 29)}, "tahun lahir sama"),
    ("lahir", {"tanggal_lahir": BORN}, {"tanggal_lahir": date(1955, 7, 29)}, "tanggal lahir beda"),
    *(
        ("lahir", {"tanggal_lahir": default}, {"tanggal_lahir": default}, NOTHING)
        for default in (date(1970, 12, 31), date(1970, 7, 1), date(1970, 1, 1))
    ),
    ("lahir", {"nik": "2104073112780031"}, {"tanggal_lahir": BORN}, NOTHING),
    ("lahir", {"nik": "2104073112700031"}, {"tanggal_lahir": BORN}, "tanggal lahir beda"),  # the year is not unknown
    ("lahir", {"tanggal_lahir": date(1999, 12, 31)}, {"tanggal_lahir": date(2002, 7, 1)}, NOTHING),
    ("psnoka", {"psnoka": "0001202875185"}, {"psnoka": "0001202875185"}, "nomor peserta BPJS sama"),
    ("psnoka", {"psnoka": "0001202875185"}, {"psnoka": "0001202875186"}, "nomor peserta BPJS beda"),
    ("no_kk", {"no_kk": "2104070101100001"}, {"no_kk": "2104070101100001"}, "No KK sama"),
    ("no_kk", {"no_kk": "2104070101100001"}, {"no_kk": "2104070101010001"}, "No KK beda satu angka"),
    ("no_kk", {"no_kk": "2104070101100001"}, {"no_kk": "2104070202220002"}, "No KK beda"),
    ("nama_ibu", {"nama_ibu": "SITI"}, {"nama_ibu": "SITI"}, "nama ibu sama"),
    ("nama_ibu", {"nama_ibu": "SITI RAHMAH"}, {"nama_ibu": "SITI RAHMA"}, "nama ibu mirip"),
    ("kode_desa", {"kode_desa": None}, {}, NOTHING),
    ("jenis_kelamin", {"jenis_kelamin": "L"}, {"jenis_kelamin": "P"}, "jenis kelamin beda"),
    ("hubungan", {"hubungan_keluarga": "ANAK"}, {"hubungan_keluarga": "ISTRI"}, "hubungan keluarga beda"),
]


@pytest.fixture(scope="module")
def reached(rows: Rows, records: Records) -> list[tuple[Row, Row]]:
    """The levels of each case, as it stands and with its sides exchanged."""

    def sided(side: str, rids: list[Row]) -> ir.Table:
        record = as_record(rows("baris", *rids), "rid")
        return record.rename(**{f"{c}_{side}": c for c in RECORD}, **{f"rid_{side}": "rid"})

    def levels(left: int, right: int) -> dict[int, Row]:
        sides = [
            sided(side, [{"rid": at} | case[which] for at, case in enumerate(CASES)])
            for side, which in (("l", left), ("r", right))
        ]
        pairs = sides[0].inner_join(sides[1], [("rid_l", "rid_r")])
        found = records(pairs.select("rid_l", **{c.name: c.level(pairs) for c in COMPARISONS}))
        return {row["rid_l"]: row for row in found}

    forth, back = levels(1, 2), levels(2, 1)
    return [(forth[at], back[at]) for at in range(len(CASES))]


@pytest.mark.parametrize("at", range(len(CASES)), ids=lambda at: f"{CASES[at][0]}-{CASES[at][3]}")
def test_two_records_reach_a_level_whichever_comes_first(reached: list[tuple[Row, Row]], at: int) -> None:
    name, _, _, sentence = CASES[at]
    levels = next(c for c in COMPARISONS if c.name == name).levels
    said = [NOTHING, *(level.kalimat for level in levels)]
    assert [said[row[name]] for row in reached[at]] == [sentence, sentence]


@pytest.mark.parametrize("comparison", COMPARISONS, ids=lambda c: c.name)
def test_the_shares_of_a_comparison_are_shares(comparison: Any) -> None:
    for kind in ("m", "u"):
        assert sum(getattr(level, kind) for level in comparison.levels) == pytest.approx(1, abs=0.002)
    bits = [level.m / level.u for level in comparison.levels]
    assert bits[-1] < 1 < bits[0], "what agrees speaks for, what differs against"


def test_each_sentence_is_one_levels() -> None:
    sentences = [level.kalimat for c in COMPARISONS for level in c.levels]
    assert len(set(sentences)) == len(sentences)
