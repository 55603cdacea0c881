"""What an officer decided about a pair of `tinjauan`: the same person, two persons, or neither said nor denied."""

from collections.abc import Mapping

import pandas as pd

from pipelines.confirmation import Form
from pipelines.long_numbers import holds_long_number

FILE = "TINJAUAN.csv"  # lies in the folder of the period whose pair it is
COLUMNS = ("tinjauan_id", "keputusan", "alasan", "oleh", "pada", "sidik")
DECIDED = ("tinjauan_id", "keputusan", "sidik", "alasan", "oleh", "pada")  # as the linkage is given them
SAME, OTHER, WITHDRAWN = "sama", "beda", "cabut"
_NEEDED = ("tinjauan_id", "keputusan", "oleh", "pada", "sidik")


def wrong_reason(alasan: str) -> str:
    """What is wrong with a decision's reason, '' if nothing is; it may be empty: the evidence is the reason then."""
    if holds_long_number(alasan):
        return "alasan memuat nomor panjang, padahal ikut disimpan; tulis tanpa NIK, No KK, atau nomor lain"
    return ""


def wrong_row(row: Mapping[str, str]) -> str:
    """What is wrong with a row of the file, '' if it may count."""
    if empty := [name for name in _NEEDED if not row[name].strip()]:
        return f"kolom {', '.join(empty)} kosong"
    if row["keputusan"] not in (SAME, OTHER, WITHDRAWN):
        return f"keputusan harus {SAME}, {OTHER}, atau {WITHDRAWN}"
    return wrong_reason(row["alasan"])


JUDGEMENTS = Form(FILE, COLUMNS, "perlinsos tinjau", wrong_row)


def standing(rows: pd.DataFrame) -> pd.DataFrame:
    """The decisions in force, one a pair: the last by time, of one time the last in order; none where it was withdrawn.

    `rows` has COLUMNS and may have more.
    """
    last = rows.sort_values("pada", kind="stable").drop_duplicates("tinjauan_id", keep="last")
    return last[last.keputusan != WITHDRAWN].sort_values("tinjauan_id").reset_index(drop=True)
