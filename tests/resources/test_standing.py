"""A period that readers do not see: withdrawn, or never published; and the periods that a run leaves out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from resources.drop import Drop
from resources.standing import passed_over, standing, state_of
from resources.warehouse import Warehouse

Deliver = Callable[..., Mapping[str, Path]]


def test_a_withdrawn_period_is_told_from_one_that_never_was(
    warehouse: Warehouse, deliver: Deliver, tmp_path: Path
) -> None:
    """With the day, in the office's own time; and what a later run would pass over."""
    for periode, sidik in (("2024-04", "lama"), ("2024-05", "lama"), ("2024-04", "baru")):
        warehouse.publish(periode, "r", sidik, deliver())
    day = f"{datetime.now(ZoneInfo('Asia/Jakarta')):%d-%m-%Y}"
    assert [state_of(warehouse, p) for p in ("2024-05", "2024-06")] == [f"ditarik {day}", "belum terbit"]
    again = "karena periode sebelumnya terbit ulang; jalankan lagi: perlinsos pemutakhiran --periode 2024-05"
    assert standing(warehouse, "2024-05") == f"ditarik {day}, {again}"
    assert standing(warehouse, "2024-06") == "belum terbit"
    for periode in ("2024-02", "2024-06", "2024-08"):
        (tmp_path / periode).mkdir()
    said = passed_over(warehouse, Drop(tmp_path), "2024-07", "2024-04")
    assert said.startswith(f"2024-05 (ditarik {day}), 2024-06 (belum terbit) dilewati: 2024-07 dibandingkan dengan")
    assert passed_over(warehouse, Drop(tmp_path), "2024-07", None) == ""
    warehouse.publish("2024-05", "r", "baru", deliver())
    assert passed_over(warehouse, Drop(tmp_path), "2024-06", "2024-05") == ""
