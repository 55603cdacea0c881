"""The answers of a workbook, row by row: taken, left open, or refused with a sentence."""

import pytest

from pipelines.judgement import Answer, judged

ASKED = {"T1": "s1", "T2": "s2"}
# row of the workbook: pair, fingerprint, answer, reason
CASES: dict[str, tuple[list[tuple[str, str, str, str]], list[tuple[str, str, str]], int, list[str]]] = {
    "both answered": (
        [("T1", "s1", "ya", "satu rumah"), ("T2", "s2", "tidak", "")],
        [("T1", "sama", "satu rumah"), ("T2", "beda", "")], 0, [],
    ),
    "as people write": ([("T1", "s1", " YA ", "  dua   kata ")], [("T1", "sama", "dua kata")], 0, []),
    "left open": ([("T1", "s1", "", ""), ("T2", "s2", "  ", " ")], [], 2, []),
    "an unknown pair": ([("T9", "s1", "ya", "")], [], 0, ["baris 2: pasangan tidak dikenal"]),
    "changed evidence": ([("T1", "s0", "ya", "")], [], 0, ["baris 2: bukti pasangan ini berubah"]),
    "changed evidence, unanswered": ([("T1", "s0", "", "")], [], 1, []),
    "a reason without an answer": ([("T1", "s1", "", "mungkin")], [], 0, ["baris 2: ada alasan tetapi tidak ada"]),
    "another word": ([("T1", "s1", "mungkin", "")], [], 0, ["baris 2: jawaban harus ya atau tidak"]),
    "a number in the reason": ([("T1", "s1", "ya", "2104084101900001")], [], 0, ["baris 2: alasan memuat nomor"]),
    "both answers for one pair": (
        [("T1", "s1", "ya", ""), ("T1", "s1", "tidak", "")],
        [("T1", "sama", "")], 0, ["baris 3: pasangan ini dijawab lain pada baris 2"],
    ),
    "one answer twice": ([("T1", "s1", "ya", ""), ("T1", "s1", "Ya", "lagi")], [("T1", "sama", "lagi")], 0, []),
    "every row is looked at": (
        [("T1", "s1", "ya", ""), ("T9", "", "ya", ""), ("T2", "s2", "entah", "")],
        [("T1", "sama", "")], 0, ["baris 3: pasangan tidak dikenal", "baris 4: jawaban harus"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_row_is_taken_left_open_or_refused(case: str) -> None:
    rows, taken, left_open, wrong = CASES[case]
    found = judged([Answer(line, *row) for line, row in enumerate(rows, 2)], ASKED)
    assert [(a.tinjauan_id, a.jawaban, a.alasan) for a in found.taken] == taken
    assert found.left_open == left_open
    assert len(found.wrong) == len(wrong) and all(
        said.startswith(w) for said, w in zip(found.wrong, wrong, strict=True)
    )
    assert "2104084101900001" not in "".join(found.wrong)
