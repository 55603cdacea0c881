"""What agreements are worth, and what the weights of an office look like when they are kept."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pytest

from pipelines.comparisons import COMPARISONS
from pipelines.weights import (
    DECLARED,
    Weights,
    bits_of,
    code_of,
    levels_in,
    name_share,
    probability,
    sentence,
)

Records = Callable[[ir.Table], list[dict[str, Any]]]
Bits = Callable[[Mapping[str, int], float], float]

RARE, COMMON = 0.00001, 0.02


def pair(levels: Mapping[str, int], share: float = RARE) -> ir.Table:
    """One pair that reaches these levels, and nothing in the other comparisons."""
    reached = {f"taraf_{c.name}": [levels.get(c.name, 0)] for c in COMPARISONS}
    return ibis.memtable(reached | {"kerap": [share]})


@pytest.fixture(scope="module")
def bits(records: Records) -> Bits:
    """The bits of a pair that reaches these levels, beyond those of any two records."""

    def measure(levels: Mapping[str, int], share: float = RARE) -> float:
        table = pair(levels, share)
        (row,) = records(table.select(bit=bits_of(table, DECLARED)))
        return round(row["bit"] - DECLARED.start, 3)

    return measure


def test_what_is_missing_weighs_nothing(bits: Bits) -> None:
    assert bits({}, RARE) == 0


def test_a_rare_name_is_worth_more_than_a_common_one(bits: Bits) -> None:
    assert bits({"nama": 1}, RARE) > 15
    assert 0 < bits({"nama": 1}, COMMON) < 6
    assert bits({"nama": 3}, COMMON) < bits({"nama": 3}, RARE)


def test_of_what_leans_on_each_other_the_strongest_counts_and_every_difference(bits: Bits) -> None:
    nik, birth = bits({"nik": 3}, RARE), bits({"lahir": 1}, RARE)
    assert bits({"nik": 3, "lahir": 1}, RARE) == max(nik, birth)
    assert bits({"nik": 1, "lahir": 4}, RARE) == pytest.approx(
        bits({"nik": 1}, RARE) + bits({"lahir": 4}, RARE), abs=0.01
    )
    apart = [{"no_kk": 3}, {"nama_ibu": 3}, {"kode_desa": 2}]
    assert bits({k: v for one in apart for k, v in one.items()}, RARE) == pytest.approx(
        sum(bits(one, RARE) for one in apart), abs=0.01
    )


def test_a_name_alone_is_never_likely(bits: Bits) -> None:
    assert DECLARED.start + bits({"nama": 1, "kode_desa": 1, "jenis_kelamin": 1}, COMMON) < 0


@pytest.mark.parametrize("code", [0, 1, 2])
def test_levels_are_read_back_from_their_number(records: Records, code: int) -> None:
    levels = {c.name: (at * 7 + code) % (len(c.levels) + 1) for at, c in enumerate(COMPARISONS)}
    table = pair(levels)
    coded = table.select(kode=code_of(table))
    (row,) = records(coded.select(**levels_in(coded.kode)))
    assert row == {f"taraf_{name}": at for name, at in levels.items()}


def test_the_evidence_is_said_in_words(records: Records) -> None:
    table = pair({"nama": 4, "lahir": 1, "no_kk": 3})
    (row,) = records(table.select(bukti=sentence(table)))
    assert row["bukti"] == "nama mirip, tanggal lahir sama, No KK beda"


@pytest.mark.parametrize(("bit", "chance"), [(0.0, 0.5), (10.0, 0.999024), (-3.0, 0.111111), (60.0, 1.0)])
def test_bits_are_a_probability(records: Records, bit: float, chance: float) -> None:
    table = ibis.memtable({"bit": [bit]})
    (row,) = records(table.select(skor=probability(table.bit)))
    assert row["skor"] == chance


def test_a_name_that_few_records_show_is_not_yet_rare(records: Records) -> None:
    table = ibis.memtable({"banyak": [1, 1, 900], "semua": [10, 1_000_000, 1_000_000]})
    few, many, often = (r["x"] for r in records(table.select(x=name_share(table.banyak, table.semua, DECLARED))))
    assert many < few < often < 0.001
    assert few == pytest.approx(DECLARED.levels["nama"][0][1], rel=0.3)


def test_weights_are_kept_as_they_are() -> None:
    text = json.dumps(DECLARED.as_record())
    assert Weights.of_record(json.loads(text)) == DECLARED


WRONG: dict[str, Any] = {
    "no weights": {},
    "not a table": [],
    "levels missing": {"persons": 5, "asal": "2024-05", "levels": {"nama": [[0.9, 0.1]]}},
    "no number": DECLARED.as_record() | {"persons": None},
    "words for shares": DECLARED.as_record() | {"levels": {c.name: "ya" for c in COMPARISONS}},
}


@pytest.mark.parametrize("case", WRONG)
def test_other_weights_are_refused(case: str) -> None:
    with pytest.raises(ValueError, match="bobot"):
        Weights.of_record(WRONG[case])
