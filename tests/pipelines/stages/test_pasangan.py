"""What becomes of pairs that the named steps left open, drawn as small invented families in one batch (drawn_pairs.py
says how a line is read)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from drawn_pairs import assert_persons, delivered, filling, known_of, linked, read_case

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

CASES = {
    # linked by weight
    "two numbers on one list, all else the same": """
        A | dtks | .0505800001 | .0101100001 | SUKARMAN | 1980-05-05 | nama_ibu=RATNA
        A | dtks | :0505800077 | .0101100001 | SUKARMAN | 1980-05-05 | nama_ibu=RATNA""",
    "an earlier number, the name misspelt, on another list": """
        A | dtks | .1205800001 | .0101100001 | WARTONO | 1980-05-12
        A | pbi_jk | :1205800077 | .0101100001 | WARTNOO | 1980-05-12""",
    "an earlier number, a new card, but the mother": """
        A | dtks | .1205800001 | .0101100001 | HENDRAWAN | 1980-05-12 | nama_ibu=SULASTRI
        A | pbi_jk | :1205800077 | .0202220002 | HENDRAWAN | 1980-05-12 | nama_ibu=SULASTRI""",
    "no number, the card one digit off, the birth": """
        A | dtks | .1205800001 | .0101100001 | MISBAHUDIN | 1980-05-12
        A | bpnt | | .0101100007 | MISBAHUDIN | 1980-05-12 | kode_desa=""",
    "no number and no card, but birth, mother and desa": """
        A | lalu | .1205800001 | .0101100001 | ROHANI | 1980-05-12 | nama_ibu=SITI
        A | pkh | | | ROHANI | 1980-05-12 | nama_ibu=SITI""",
    # asked
    "one name, birth and card, the name misspelt, the serial off: one person, or twins": """
        A | dtks | .1205800011 | .0101100001 | KASMINAH | 1980-05-12
        A? | pbi_jk | .1205800012 | .0101100001 | KASMINA | 1980-05-12""",
    "only one twin known, the other on another list": """
        A | dtks | .4505100011 | .0101100001 | RINA | 2010-05-05
        A? | pbi_jk | .4505100012 | .0101100001 | RINI | 2010-05-05""",
    "twins without a number on two lists, a letter apart": """
        A | dtks | | .0101100001 | SITI AISYAH | 2011-03-15 | nama_ibu=MURNIATI
        A? | pbi_jk | | .0101100001 | SITI AISAH | 2011-03-15 | nama_ibu=MURNIATI""",
    "twins of one name to us, on one list": """
        A | dtks | .0502210002 | .0101100001 | FIRMAN HASAN | 2021-02-05 | nama_ibu=SUMIATI
        A? | dtks | .0502210005 | .0101100001 | FIRMAN HASAN | 2021-02-05 | nama_ibu=SUMIATI""",
    "twins of one name to us, on one list, one registered elsewhere": """
        A | dtks | .4602180006 | .0101100001 | RAHIMAH HASAN | 2018-02-06 | nama_ibu=SUTINAH nama=RAHIMAH_HASAN
        A? | dtks | :4602180099 | .0101100001 | RAHIMAH HASAN | 2018-02-06 | nama_ibu=SUTINAH nama=RAHIMAH_HASSAN""",
    "which of two of one name is not told": """
        A | dtks | .0505700001 | .0101100001 | BADRUN | 1970-05-05
        B | dtks | .0606050001 | .0101100001 | BADRUN | 2005-06-06
        A? | bpnt | | .0101100001 | BADRUN |""",
    "birth with day and month exchanged, same desa": """
        A | dtks | .1205800001 | .0101100001 | JUMIRAN | 1980-05-12 | nama_ibu=WAGINI
        A? | blt_dd | | | JUMIRAN | 1980-12-05 | nama_ibu=WAGINI""",
    "namesakes of one desa and one birthday": """
        A | dtks | .1205800001 | .0101100001 | PONIMAN | 1980-05-12 | nama_ibu=SRI
        A? | pbi_jk | .1205800002 | .0202110002 | PONIMAN | 1980-05-12 | nama_ibu=YATI""",
    "two new numbers of one known person on one list: one of them, or neither": """
        A | lalu | .0502210002 | .0101100001 | IRWAN SAPUTRA | 2021-02-05
        A? | dtks | .0502210005 | .0101100001 | IRWAN SAPUTRA | 2021-02-05
        A? | dtks | .0502210007 | .0101100001 | IRWAN SAPUTRA | 2021-02-05""",
    "two new numbers of one known person on one list, one of another region": """
        A | lalu | .0602210002 | .0101100001 | DEDI KURNIA | 2021-02-06
        A? | dtks | .0602210005 | .0101100001 | DEDI KURNIA | 2021-02-06
        A? | dtks | :0602210077 | .0101100001 | DEDI KURNIA | 2021-02-06""",
    "two new numbers of one known person on one list, each a digit of the birth off": """
        A | lalu | .0502210002 | .0101100001 | YUSRIL MAHENDRA |
        A? | dtks | .0602210002 | .0101100001 | YUSRIL MAHENDRA |
        A? | dtks | .0502220002 | .0101100001 | YUSRIL MAHENDRA |""",
    "two new numbers on one list of one whom another list names first": """
        A | dtks | .0702210002 | .0101100001 | RAHMAT HIDAYAT | 2021-02-07
        A? | pbi_jk | .0702210005 | .0101100001 | RAHMAT HIDAYAT | 2021-02-07
        A? | pbi_jk | .0702210007 | .0101100001 | RAHMAT HIDAYAT | 2021-02-07""",
    "two first numbers of one known by family, name and birth": """
        A | lalu | | .0101100001 | BAHTIAR | 1970-05-05
        A? | dtks | .0505700001 | .0101100001 | BAHTIAR | 1970-05-05
        A? | dtks | .0505700007 | .0101100001 | BAHTIAR | 1970-05-05""",
    # two people, not even asked
    "twins on one list": """
        A | dtks | .4505100011 | .0101100001 | LINA | 2010-05-05 | nama_ibu=MARNI
        B | dtks | .4505100012 | .0101100001 | LINI | 2010-05-05 | nama_ibu=MARNI""",
    "twins on one list without a number, a letter apart": """
        A | dtks | | .0101100001 | NURHALIMAH | 2012-03-16 | nama_ibu=SUPIATI
        B | dtks | | .0101100001 | NURHALIMA | 2012-03-16 | nama_ibu=SUPIATI""",
    "twins on one list a letter apart, one without a number": """
        A | dtks | .5703130011 | .0101100001 | ZUBAIDAH | 2013-03-17 | nama_ibu=RUKIAH
        B | dtks | | .0101100001 | ZUBAIDA | 2013-03-17 | nama_ibu=RUKIAH""",
    "mother and daughter of one name": """
        A | dtks | .4505700001 | .0101100001 | SITI AMINAH | 1970-05-05
        B | dtks | .4606050001 | .0101100001 | SITI AMINAH | 2005-06-06""",
    "twins of misspelt names on one list, one registered elsewhere": """
        A | dtks | .0512100011 | .0101100001 | TARMUJI | 2010-12-05 | nama_ibu=MARNI
        B | dtks | :0512100012 | .0101100001 | TARMUJIN | 2010-12-05 | nama_ibu=MARNI""",
    "a son named as his father": """
        A | dtks | .0505700001 | .0101100001 | SAFARI | 1970-05-05
        B | dtks | .0606050001 | .0101100001 | SAFARI | 2005-06-06""",
    "brother and sister, twins, named alike": """
        A | dtks | .0512100011 | .0101100001 | RIZKIA | 2010-12-05 | jenis_kelamin=L
        B | pbi_jk | .4512100011 | .0101100001 | RIZKI | 2010-12-05 | jenis_kelamin=P""",
    "namesakes of one desa": """
        A | dtks | .1205800001 | .0101100001 | MARIYAM | 1980-05-12
        B | dtks | .2907750001 | .0202110002 | MARIYAM | 1975-07-29""",
    "namesakes of one desa, both born when nobody knew": """
        A | dtks | .3112700001 | .0101100001 | SULEMAN | 1970-12-31
        B | pbi_jk | .3112700002 | .0202110002 | SULEMAN | 1970-12-31
        - | blt_dd | | | SULEMAN | 1970-12-31""",
    "a name alone, and a name in its desa": """
        A | dtks | .1205800001 | .0101100001 | NAZARUDIN HUTAGALUNG | 1980-05-12
        - | blt_dd | | | NAZARUDIN HUTAGALUNG |
        - | pkh | | | NAZARUDIN HUTAGALUNG | | kode_desa=""",
    "a neighbour of one birthday and another name": """
        A | dtks | .1205800001 | .0101100001 | WAKIMIN | 1980-05-12
        - | blt_dd | | | SUPRIHATIN | 1980-05-12""",
    "brothers of one year": """
        A | dtks | .1201800001 | .0101100001 | SAHRUL | 1980-01-12 | nama_ibu=ROS
        B | dtks | .2512800001 | .0101100001 | SAHRUN | 1980-12-25 | nama_ibu=ROS""",
}  # fmt: skip
QUESTIONS = {
    "which of two of one name is not told": 2,
    "two new numbers of one known person on one list: one of them, or neither": 3,
    "two new numbers of one known person on one list, one of another region": 3,
    "two new numbers of one known person on one list, each a digit of the birth off": 2,
    "two new numbers on one list of one whom another list names first": 3,
    "two first numbers of one known by family, name and birth": 3,
}


LINES = {case: read_case(CASES, case) for case in CASES}
EVERY = [line for lines in LINES.values() for line in lines]
DELIVERED, KNOWN = delivered(EVERY), known_of(EVERY)


@pytest.fixture(scope="module")
def batch(make: Make) -> tuple[list[Row], dict[int, Row]]:
    """All cases at once, among so many rows that each may be a question."""
    return linked(make, [*DELIVERED, *filling(3_000)], KNOWN)


@pytest.mark.parametrize("case", CASES)
def test_rows_of_one_person_and_no_others_are_linked(batch: tuple[list[Row], dict[int, Row]], case: str) -> None:
    assert_persons(LINES[case], batch[1])


@pytest.mark.parametrize("case", CASES)
def test_what_is_asked_is_what_weights_leave_open(batch: tuple[list[Row], dict[int, Row]], case: str) -> None:
    pairs, _ = batch
    own = {row["rid"] for _, row in LINES[case]}
    asked = [p for p in pairs if p["putusan"] == "tanya" and {p["rid_b"], p["orang_b"]} & own]
    doubtful = any(who.endswith("?") for who, _ in LINES[case])
    assert len(asked) == (QUESTIONS.get(case, 1) if doubtful else 0)


def test_a_link_by_weight_says_so(batch: tuple[list[Row], dict[int, Row]]) -> None:
    pairs, links = batch
    weighed = [p for p in pairs if p["putusan"] == "padanan"]
    assert {link["cara_padan"] for link in links.values()} >= {"padanan", "orang_baru_nik"}
    for pair in weighed:
        link = links[pair["rid_b"] or pair["orang_b"]]
        assert (link["orang"], link["cara_padan"]) == (pair["orang_a"], "padanan")
        assert link["skor_padan"] == pair["skor"] > 0.999
    kinds = {link["nasib"] for link in links.values() if link["cara_padan"] == "padanan"}
    assert kinds >= {"dimuat", "diperbaiki"}  # a sound number of its own, and none


def test_the_order_of_rows_and_lists_decides_nothing(batch: tuple[list[Row], dict[int, Row]], make: Make) -> None:
    turned = [row | {"rid": row["rid"] ^ 0b111} for row in reversed(DELIVERED)]
    pairs, _ = linked(make, [*turned, *filling(3_000)], KNOWN)
    told = ("orang_id_a", "orang_id_b", "tinjauan_id", "sidik", "putusan", "skor", "bukti")
    assert {tuple(p[c] for c in told) for p in pairs} == {tuple(p[c] for c in told) for p in batch[0]}


def test_no_evidence_shows_a_number_or_a_name(batch: tuple[list[Row], dict[int, Row]]) -> None:
    words = " ".join(str(p[c]) for p in batch[0] for c in ("bukti", "sidik", "tinjauan_id", "orang_id_a"))
    assert not any(row["nama"] in words or (row["nik"] or "-") in words for row in DELIVERED)


def test_of_many_questions_the_strongest_are_asked(make: Make) -> None:
    """One row in a hundred may be a question: of three in two hundred rows two are asked."""
    twins = [row for _, row in read_case(CASES, "only one twin known, the other on another list")]
    named = [("RINA", "RINI"), ("SURATMI", "SURATNI"), ("KARTINAH", "KARTININGSIH")]  # less alike, the last
    rows = [
        row | {"rid": row["rid"] + 1000 * at, "nama_baku": name, "kode_desa": f"21.0{at}.07.2005"}
        | {c: f"210{at}{row[c][4:]}" for c in ("nik", "no_kk")} | {"tanggal_lahir": date(2010, at + 1, 5)}
        for at, names in enumerate(named, 1) for row, name in zip(twins, names, strict=True)
    ]  # fmt: skip
    pairs, _ = linked(make, [*rows, *filling(200 - len(rows))], [])
    assert {p["putusan"] for p in pairs} == {"tanya"}
    assert sorted(p["orang_b"] for p in pairs) == [rows[1]["rid"], rows[3]["rid"]]
