"""What the workbook of pairs shows of a number: whole where it is one, masked where only part of it is left."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from pipelines.judgement import KEY, PERIOD, SEAL, SHEET
from resources.pair_book import write_pairs
from resources.sides import SHOWN

NIK, CUT, KK = "2104076012770003", "210407601277000", "2104070101150001"

# what the row says, what is left of its number, what is shown
CASES: dict[str, tuple[list[str] | None, str | None, str]] = {
    "whole": ([NIK], None, NIK),
    "whole, and something is left of another": ([NIK], CUT, NIK),
    "cut by Excel": ([], f"{CUT}0", "tertulis 210407******0000"),
    "a digit short": ([], CUT, "tertulis 210407*****7000"),
    "masked by the ministry": ([], f"{NIK[:12]}****", "tertulis 210407**********"),
    "a stump": ([], "2104", "tertulis 21**"),
    "blank": ([], "", ""),
    "no column": (None, None, ""),
    "unknown to the table": ([], float("nan"), ""),  # type: ignore[dict-item]
}


@pytest.mark.parametrize(("numbers", "left", "shown"), CASES.values(), ids=CASES)
@pytest.mark.parametrize(("field", "title"), [("nik", "NIK"), ("no_kk", "No KK")])
def test_what_is_left_of_a_damaged_number_is_shown(  # noqa: PLR0913, PLR0917 - a case of a field
    tmp_path: Path, field: str, title: str, numbers: list[str] | None, left: str | None, shown: str
) -> None:
    side: dict[str, Any] = dict.fromkeys(SHOWN)
    pair = {f"a_{name}": value for name, value in (side | {"nik": [NIK], "no_kk": [KK]}).items()}
    pair |= {f"b_{name}": value for name, value in (side | {field: numbers, f"{field}_tertulis": left}).items()}
    pair |= dict.fromkeys((KEY, PERIOD, SEAL, "sama", "beda", "bukti", "skor", "asal"), "x")
    write_pairs(tmp_path / "pasangan.xlsx", pd.DataFrame([pair]))
    head, row = CalamineWorkbook.from_path(tmp_path / "pasangan.xlsx").get_sheet_by_name(SHEET).to_python()
    found = dict(zip(head, row, strict=True))
    assert (found["NIK 1"], found["No KK 1"], found[f"{title} 2"]) == (NIK, KK, shown)
