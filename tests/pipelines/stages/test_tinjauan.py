"""The life of a question: asked, answered, carried from period to period, withdrawn, asked again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pipelines.declaration import by_trust
from pipelines.period import Period
from pipelines.sources import REGISTER
from pipelines.stages.baris import ORDER_BITS
from pipelines.stages.dimensi import pengenal
from pipelines.stages.kunci import gabung_kunci
from pipelines.stages.pasangan import pasangan
from pipelines.stages.tautan import dikenal, tautan
from pipelines.stages.tinjauan import tinjauan
from pipelines.tables import columns_of

Make = Callable[..., list[dict[str, Any]]]
Row = dict[str, Any]

ORDER = {source.name: at << ORDER_BITS for at, source in enumerate(by_trust(REGISTER))}
KK, NEW_KK = "2104070101100001", "2104070202200002"
RINA, RINI = "2104074512100011", "2104074512100012"
MAY, JUNE = "2024-05", "2024-06"


def row(sumber: str, nama: str, nik: str | None, **more: Any) -> Row:
    """A row of one of two girls of one birth and one family."""
    rid = {"rid": ORDER[sumber] + 1, "sumber": sumber, "berkas": f"2024-06/{sumber}/satu.csv", "baris": 7}
    born = {"nik": nik, "nik_jenis": "sah" if nik else "kosong", "no_kk": KK, "tanggal_lahir": date(2010, 12, 5)}
    return rid | born | {"nama": nama, "nama_baku": nama} | more


TWO = [row("dtks", "RINA", RINA), row("pbi_jk", "RINI", RINI)]
STRAY = [row("dtks", "RINA", RINA, nama_ibu="MARNI"), row("pkh", "RINI", None, no_kk=None, nama_ibu="MARNI")]


def published(table: str, made: list[Row]) -> list[Row]:
    """Rows in the columns in which a table is published."""
    return [{c: r[c] for c in columns_of(table)} for r in made]


def _way(nik: str, known: dict[int, int]) -> str:
    return "nik" if int(nik) in known else "orang_baru_nik"


class Month:
    """One period, run on rows: what it asks, what keys become one, whose each row is, what is learnt."""

    def __init__(self, make: Make, baris: list[Row], period: str = JUNE, **given: list[Row]) -> None:
        """`given`: pengenal_lalu, tinjauan_lalu, keputusan_masuk."""
        month = Period(period, None)
        known = make(dikenal, pengenal_lalu=given.pop("pengenal_lalu", []))
        numbers = {r["nik"]: r["orang"] for r in known}  # as the step `nik` does
        steps = [
            {"rid": r["rid"], "orang": numbers.get(int(r["nik"]), r["rid"]), "cara_padan": _way(r["nik"], numbers)}
            for r in baris if r.get("nik")
        ]  # fmt: skip
        self.pairs = make(pasangan, baris=baris, langkah=steps, dikenal=known, **given)
        links = make(tautan, baris=baris, langkah=steps, pasangan=self.pairs)
        self.asked = published("tinjauan", make(tinjauan, month, pasangan=self.pairs, baris=baris))
        self.merged = make(gabung_kunci, pasangan=self.pairs)
        keys = {p["orang_a"]: p["orang_id_a"] for p in self.pairs} | {p["orang_b"]: p["orang_id_b"] for p in self.pairs}
        self.person = {link["sumber"]: keys.get(link["orang"], link["orang"]) for link in links}
        self.ways = {link["sumber"]: link["cara_padan"] for link in links}
        family = [{"orang": o, "orang_id": keys.get(o, "-")} for o in {link["orang"] for link in links}]
        learnt = make(pengenal, month, baris=baris, tautan=links, dikenal=known, anggota_keluarga=family)
        self.learnt = published("pengenal", learnt)


def answer(question: Row, said: str) -> list[Row]:
    """What a person said of a question, as the linkage is given it."""
    return [{c: question[c] for c in ("tinjauan_id", "sidik")} | {"keputusan": said}]


@pytest.fixture(scope="module")
def asked(make: Make) -> Month:
    """A month in which two girls may be one, and nobody said anything."""
    return Month(make, TWO, MAY)


def test_two_persons_are_asked_once_and_stay_two(asked: Month) -> None:
    (question,) = asked.asked
    assert asked.person["dtks"] != asked.person["pbi_jk"]
    assert {question["orang_id_a"], question["orang_id_b"]} == set(asked.person.values())
    assert (question["keputusan"], question["berkas"], question["periode"]) == (None, None, MAY)
    assert question["bukti"].startswith("nama mirip, NIK beda satu angka di nomor urut, tanggal lahir sama, No KK sama")
    assert asked.merged == []


def test_the_same_is_one_person_in_the_month_itself_and_teaches_nothing(make: Make, asked: Month) -> None:
    again = Month(make, TWO, MAY, keputusan_masuk=answer(asked.asked[0], "sama"))
    (question,) = again.asked
    assert question["keputusan"] == "sama"
    assert again.person["dtks"] == again.person["pbi_jk"] == question["orang_id_a"]
    (goes,) = (sumber for sumber, way in again.ways.items() if way == "keputusan")
    assert asked.person[goes] == question["orang_id_b"]
    assert len(again.learnt) == 1 and again.learnt[0]["nik"] != {"dtks": RINA, "pbi_jk": RINI}[goes]
    (merged,) = again.merged
    assert (merged["kunci_lama"], merged["kunci_baru"], merged["jenis"]) == (
        question["orang_id_b"], question["orang_id_a"], "gabung",
    )  # fmt: skip


def test_another_is_never_asked_again(make: Make, asked: Month) -> None:
    again = Month(make, TWO, MAY, keputusan_masuk=answer(asked.asked[0], "beda"))
    assert [q["keputusan"] for q in again.asked] == ["beda"]
    assert again.person["dtks"] != again.person["pbi_jk"]
    assert again.merged == []


def test_an_answer_to_other_evidence_is_no_answer(make: Make, asked: Month) -> None:
    other = answer(asked.asked[0] | {"sidik": "bukti lain"}, "sama")
    again = Month(make, TWO, MAY, keputusan_masuk=other)
    assert again.asked == asked.asked


# --- the next month: both are known now, under keys that are published


@pytest.fixture(scope="module")
def known(asked: Month) -> dict[str, list[Row]]:
    """What May leaves behind."""
    return {"pengenal_lalu": asked.learnt, "tinjauan_lalu": asked.asked}


def test_a_question_without_an_answer_is_the_same_question_next_month(
    make: Make, asked: Month, known: dict[str, list[Row]]
) -> None:
    june = Month(make, TWO, **known)
    same = ("tinjauan_id", "sidik", "orang_id_a", "orang_id_b", "bukti")
    assert [[q[c] for c in same] for q in june.asked] == [[q[c] for c in same] for q in asked.asked]


def test_the_elder_key_survives(make: Make, asked: Month, known: dict[str, list[Row]]) -> None:
    said = {"keputusan_masuk": answer(asked.asked[0], "sama")}
    late = [r | {"periode": "2024-03"} if r["nik"] == RINI else r for r in asked.learnt]  # RINI's is the elder
    june = Month(make, TWO, **known | {"pengenal_lalu": late} | said)
    rini, rina = asked.person["pbi_jk"], asked.person["dtks"]
    assert june.person == {"dtks": rini, "pbi_jk": rini}
    assert [(m["kunci_lama"], m["kunci_baru"]) for m in june.merged] == [(rina, rini)]
    july = Month(make, TWO, "2024-07", pengenal_lalu=late + june.learnt, tinjauan_lalu=june.asked, **said)
    assert (july.person, july.merged) == (june.person, june.merged)


def test_a_decision_withdrawn_leaves_no_trace(make: Make, asked: Month, known: dict[str, list[Row]]) -> None:
    said = {"keputusan_masuk": answer(asked.asked[0], "sama")}
    june = Month(make, TWO, **known, **said)
    july = Month(make, TWO, "2024-07", pengenal_lalu=asked.learnt + june.learnt, tinjauan_lalu=june.asked)
    assert july.person == asked.person
    assert [q["keputusan"] for q in july.asked] == [None]


def test_evidence_that_changed_is_asked_once_more(make: Make, asked: Month, known: dict[str, list[Row]]) -> None:
    """In May nobody said who the mother is; in June both lists do."""
    said = {"keputusan_masuk": answer(asked.asked[0], "beda")}
    told = [r | {"nama_ibu": "MARNI", "periode": JUNE} for r in asked.learnt]
    june = Month(make, TWO, "2024-07", pengenal_lalu=asked.learnt + told, tinjauan_lalu=asked.asked, **said)
    (question,) = june.asked
    assert (question["tinjauan_id"], question["keputusan"]) == (asked.asked[0]["tinjauan_id"], None)
    assert "nama ibu sama" in question["bukti"]
    answered = answer(question, "beda")
    july = Month(
        make, TWO, "2024-08", pengenal_lalu=asked.learnt + told, tinjauan_lalu=june.asked, keputusan_masuk=answered
    )
    assert [q["keputusan"] for q in july.asked] == ["beda"]


# --- a row that is nobody's


def test_a_row_is_asked_by_its_place_and_linked_by_an_answer(make: Make) -> None:
    stray = Month(make, STRAY)
    (question,) = stray.asked
    assert (question["orang_id_b"], question["berkas"], question["baris"]) == (None, "2024-06/pkh/satu.csv", 7)
    assert "pkh" not in stray.person
    said = answer(question, "sama")
    linked = Month(make, STRAY, keputusan_masuk=said)
    assert (linked.person["pkh"], linked.ways["pkh"]) == (linked.person["dtks"], "keputusan")
    assert (linked.merged, [r["nama_baku"] for r in linked.learnt]) == ([], ["RINA"])
    elsewhere = [STRAY[0], STRAY[1] | {"berkas": "2024-07/pkh/dua.csv", "baris": 90, "rid": ORDER["pkh"] + 90}]
    next_month = Month(make, elsewhere, "2024-07", pengenal_lalu=linked.learnt, keputusan_masuk=said)
    assert next_month.ways["pkh"] == "keputusan", "the same row in the next file is the same question"


def test_rows_that_say_the_same_are_one_question(make: Make) -> None:
    twice = [*STRAY, STRAY[1] | {"rid": ORDER["pkh"] + 2, "baris": 8}]
    found = Month(make, twice + [{"rid": 10**6 + at, "alasan": "nama_kosong "} for at in range(300)])
    assert [q["baris"] for q in found.asked] == [7]
