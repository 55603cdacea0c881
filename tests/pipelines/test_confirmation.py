"""The questions of a run as an officer reads them."""

import pandas as pd

from pipelines.confirmation import questions, told

PERIODE, CODE = "2024-06", "CAKUPAN_DESA_HILANG"


def frame(count: int) -> pd.DataFrame:
    """What was judged: so many senders."""
    codes = [f"blt_dd/21.04.07.{2000 + n}" for n in range(count)]
    return pd.DataFrame({"pengirim": codes, "sidik": [str(n) for n in range(count)], "keterangan": "tidak ada lagi"})


def test_a_question_says_what_to_type() -> None:
    asked = questions(CODE, ["blt_dd/21.04.07.2001"], frame(3))
    assert [(q.aturan, q.sidik) for q in asked] == [(CODE, "1")]
    assert told(asked, PERIODE) == [
        "blt_dd/21.04.07.2001: tidak ada lagi. Bila memang benar: perlinsos konfirmasi --periode 2024-06 "
        '--aturan CAKUPAN_DESA_HILANG --pengirim "blt_dd/21.04.07.2001" --alasan "..."'
    ]


def test_a_file_that_is_named_keeps_nobodys_number() -> None:
    """The files of a question are named as their senders named them."""
    named = frame(1).assign(keterangan="2 berkas: 2024-06/pkh/2104 0705 0580 0001.csv dan 2024-06/pkh/b.csv")
    (line,) = told(questions(CODE, named.pengirim, named), PERIODE)
    assert "0580" not in line and "2024-06/pkh/b.csv. Bila memang benar" in line


def test_many_questions_are_not_all_shown_and_it_is_said_where_they_are() -> None:
    asked = questions(CODE, frame(25).pengirim, frame(25))
    lines = told(asked, PERIODE)
    assert (len(asked), len(lines)) == (25, 11)
    assert lines[-1] == "... dan 15 lagi; semuanya: perlinsos konfirmasi --periode 2024-06"
