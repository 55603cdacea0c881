"""The files of decisions: what a run of a period is given of them."""

from pathlib import Path

import pytest

from pipelines.pair_decisions import DECIDED, FILE
from pipelines.sources import REGISTER
from resources.drop import Drop, DropError
from resources.last_run import keep_drop
from resources.pair_decisions import standing_decisions

MAY, JUNE, JULY = "2024-05", "2024-06", "2024-07"
HEAD = "tinjauan_id,keputusan,alasan,oleh,pada,sidik"


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    """Decisions of May and June; none of July."""
    for periode, rows in (
        (MAY, ["T1,sama,,a,2024-06-01,s1", "T2,beda,,a,2024-06-01,s2"]),
        (JUNE, ["T1,cabut,,b,2024-07-01,s1"]),
    ):
        (tmp_path / periode).mkdir()
        (tmp_path / periode / FILE).write_text("\n".join([HEAD, *rows]), "utf-8")
    (tmp_path / JULY).mkdir()
    return Drop(tmp_path)


@pytest.mark.parametrize(
    ("periode", "expected"),
    [("2024-04", {}), (MAY, {"T1": "sama", "T2": "beda"}), (JUNE, {"T2": "beda"}), (JULY, {"T2": "beda"})],
)
def test_a_run_is_given_what_stands_by_then(drop: Drop, periode: str, expected: dict[str, str]) -> None:
    found = standing_decisions(drop, periode)
    assert list(found.columns) == list(DECIDED) and set(map(str, found.dtypes)) == {"str"}
    assert dict(zip(found.tinjauan_id, found.keputusan, strict=True)) == expected


def test_they_are_no_delivery_but_a_reason_to_run_again(drop: Drop) -> None:
    assert drop.unclaimed(MAY, REGISTER) == []
    before = {periode: drop.fingerprint(periode, REGISTER) for periode in (MAY, JUNE)}
    (drop.root / MAY / FILE).write_text(HEAD, "utf-8")
    assert [drop.fingerprint(p, REGISTER) != before[p] for p in (MAY, JUNE)] == [True, False]


def test_a_spoiled_file_is_named_and_never_guessed(drop: Drop) -> None:
    (drop.root / MAY / FILE).write_text(f"{HEAD}\nT1,mungkin,,a,b,c\n", "utf-8")
    with pytest.raises(
        DropError, match=r"2024-05/TINJAUAN.csv, baris 2: keputusan harus sama.*ulangi perlinsos tinjau"
    ):
        standing_decisions(drop, JUNE)


def test_the_folder_that_a_run_read_is_written_down(drop: Drop, tmp_path: Path) -> None:
    keep_drop(tmp_path, drop.root)
    assert [path.read_text("utf-8") for path in tmp_path.glob("*.txt")] == [str(drop.root)]
