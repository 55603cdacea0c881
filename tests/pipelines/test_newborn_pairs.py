"""Children without a name and with one, drawn as small families in one batch: messy, right, tempting wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from drawn_pairs import assert_persons, delivered, known_of, linked, read_case

from pipelines.linkage_steps import FOUNDED_SCORE
from pipelines.newborn_pairs import NEWBORN_SCORE

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

CASES = {
    "the registry's number of a newborn": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12 | id_registri=BAYI-.
        A | dtks | .1204240001 | .0101100001 | AHMAD ALFATIH | 2024-04-12 | id_registri=BAYI-. way=bayi_bernama""",
    "a newborn gets its name before its number": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12 | id_registri=BAYI-.
        A | dtks | | .0202220002 | AHMAD ALFATIH | 2024-04-12 | id_registri=BAYI-. way=bayi_bernama""",
    "a newborn on a list without the registry's number": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12
        A | dtks | .5204240001 | .0101100001 | AISYAH | 2024-04-12 | id_registri=BAYI-. way=bayi_bernama_kk""",
    "one list has the name, another not yet": """
        A | dtks | .1204240001 | .0101100001 | AHMAD ALFATIH | 2024-04-12
        A | pbi_jk | | .0101100001 | BY NY SITI | 2024-04-12""",
    "twins get their names, each under its own number of the registry": """
        A | lalu | | .0101100001 | BAYI NY SITI A | 2024-04-12 | id_registri=SATU-.
        B | lalu | | .0101100001 | BAYI NY SITI B | 2024-04-12 | id_registri=DUA-.
        A | dtks | .1204240001 | .0101100001 | HASAN | 2024-04-12 | id_registri=SATU-.
        B | dtks | .1204240002 | .0101100001 | HUSEN | 2024-04-12 | id_registri=DUA-.
        A | pbi_jk | | .0101100001 | BAYI NY SITI A | 2024-04-12
        B | pbi_jk | | .0101100001 | BAYI NY SITI B | 2024-04-12""",
    "twins without a name": """
        A | dtks | | .0101100001 | BAYI NY SITI A | 2024-04-12
        B | dtks | | .0101100001 | BAYI NY SITI B | 2024-04-12
        A | pbi_jk | | .0101100001 | BAYI NY SITI A | 2024-04-12""",
    "twins, the names without the registry's number": """
        A | lalu | | .0101100001 | BAYI NY SITI A | 2024-04-12
        B | lalu | | .0101100001 | BAYI NY SITI B | 2024-04-12
        C | dtks | .1204240001 | .0101100001 | HASAN | 2024-04-12
        D | dtks | .1204240002 | .0101100001 | HUSEN | 2024-04-12""",
    "one row without a name, two names": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12
        B | dtks | .1204240001 | .0101100001 | HASAN | 2024-04-12
        C | dtks | .1204240002 | .0101100001 | HUSEN | 2024-04-12""",
    "one twin has a name, the other's row has none": """
        A | dtks | .1204240001 | .0101100001 | HASAN | 2024-04-12
        B | dtks | | .0101100001 | BAYI NY SITI | 2024-04-12 | way=orang_baru_kk_nama""",
    "one twin has a name, the other another number of the registry": """
        A | lalu | .1204240001 | .0101100001 | HASAN | 2024-04-12 | id_registri=SATU-.
        A | pbi_jk | .1204240001 | .0101100001 | HASAN | 2024-04-12
        B | dtks | | .0101100001 | BAYI NY SITI | 2024-04-12 | id_registri=DUA-.""",
    "one name for two children without": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12
        B | lalu | | .0101100001 | BAYI NY AMINAH | 2024-04-12
        C | dtks | .1204240001 | .0101100001 | HASAN | 2024-04-12""",
    "one list has both since the name is known": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12
        A | dtks | | .0101100001 | BAYI NY SITI | 2024-04-12
        B | dtks | .1204240001 | .0101100001 | HASAN | 2024-04-12""",
    "a newborn and its sister": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12 | id_registri=BAYI-.
        B | dtks | .5503220001 | .0101100001 | AISYAH | 2022-03-15 |""",
    "a newborn and a birthday that offices write": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2023-12-31
        B | dtks | .3112230001 | .0101100001 | HASAN | 2023-12-31 |""",
    "the registry's number of a newborn went to another child": """
        A | lalu | | .0101100001 | BAYI NY SITI | 2024-04-12 | id_registri=BAYI-.
        B | dtks | .1503220001 | .0101100001 | HASAN | 2022-03-15 | id_registri=BAYI-.""",
    "a name that begins as a child's without a name": """
        A | lalu | | .0101100001 | ANAK AGUNG GEDE | 1980-04-12 | id_registri=AGUNG-.
        B | dtks | .1204800001 | .0101100001 | HASAN | 1980-04-12 | id_registri=AGUNG-.""",
}  # fmt: skip
LINES = {case: read_case(CASES, case) for case in CASES}
EVERY = [line for lines in LINES.values() for line in lines]


SCORES = NEWBORN_SCORE | FOUNDED_SCORE


@pytest.fixture(scope="module")
def batch(make: Make) -> tuple[list[Row], dict[int, Row]]:
    """All cases at once."""
    return linked(make, delivered(EVERY), known_of(EVERY))


@pytest.mark.parametrize("case", CASES)
def test_rows_of_one_child_and_no_other_are_linked(batch: tuple[list[Row], dict[int, Row]], case: str) -> None:
    assert_persons(LINES[case], batch[1])


@pytest.mark.parametrize("case", CASES)
def test_a_child_that_was_known_is_the_known_one(batch: tuple[list[Row], dict[int, Row]], case: str) -> None:
    known = {who for who, row in LINES[case] if row["sumber"] == "lalu"}
    of_now = {who: batch[1][row["rid"]]["orang"] for who, row in LINES[case] if row["sumber"] != "lalu"}
    assert {who for who, orang in of_now.items() if orang < 0} == known & of_now.keys()


def test_a_link_says_how_it_was_found(batch: tuple[list[Row], dict[int, Row]]) -> None:
    pairs, links = batch
    for row in (row for _, row in EVERY if row.get("way")):
        link = links[row["rid"]]
        assert (link["cara_padan"], link["skor_padan"]) == (row["way"], pytest.approx(SCORES[row["way"]]))
    for pair in (pair for pair in pairs if pair["putusan"] in NEWBORN_SCORE):
        assert "tanggal lahir sama" in pair["bukti"]
