"""The workbook of pairs that an officer judges: its columns, and which of its answers may be taken."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipelines.pair_decisions import OTHER, SAME, wrong_reason

SHEET = "Pasangan"
KEY, SEAL, PERIOD, ANSWER, REASON = "tinjauan_id", "sidik", "periode", "SAMA? (ya/tidak)", "alasan"
CHOICES = {"ya": SAME, "tidak": OTHER}


class Answer(NamedTuple):
    """One row of the workbook, cells as text."""

    baris: int
    tinjauan_id: str
    sidik: str
    jawaban: str
    alasan: str


class Book(NamedTuple):
    """A workbook that was read: its name, the period that it is about, its rows."""

    name: str
    periode: str
    answers: list[Answer]


class Judged(NamedTuple):
    """`taken`: the sound answers, one a pair. `left_open`: rows without an answer. `wrong`: a sentence each."""

    taken: list[Answer]
    left_open: int
    wrong: list[str]


def judged(answers: Iterable[Answer], asked: Mapping[str, str]) -> Judged:
    """Look at every row. `asked`: the pairs of the period and the fingerprint of the evidence of each."""
    taken: dict[str, Answer] = {}
    left_open, wrong = 0, []
    for answer in answers:
        said = " ".join(answer.jawaban.split()).casefold()
        if not said and not answer.alasan.strip():
            left_open += 1
        elif complaint := _complaint(answer, said, asked):
            wrong.append(f"baris {answer.baris}: {complaint}")
        elif (former := taken.get(answer.tinjauan_id)) and former.jawaban != CHOICES[said]:
            wrong.append(
                f"baris {answer.baris}: pasangan ini dijawab lain pada baris {former.baris}; sisakan satu jawaban"
            )
        else:
            taken[answer.tinjauan_id] = answer._replace(jawaban=CHOICES[said], alasan=" ".join(answer.alasan.split()))
    return Judged(list(taken.values()), left_open, wrong)


def _complaint(answer: Answer, said: str, asked: Mapping[str, str]) -> str:
    """What is wrong with a row that somebody filled in, '' if nothing is."""
    if answer.tinjauan_id not in asked:
        return f"pasangan tidak dikenal pada periode ini; jangan mengubah kolom {KEY}, ekspor ulang"
    if answer.sidik != asked[answer.tinjauan_id]:
        return "bukti pasangan ini berubah sejak diekspor; ekspor ulang dan lihat lagi"
    if not said:
        return "ada alasan tetapi tidak ada jawaban; pilih ya atau tidak, atau hapus alasannya"
    if said not in CHOICES:
        return "jawaban harus ya atau tidak"
    return wrong_reason(answer.alasan)
