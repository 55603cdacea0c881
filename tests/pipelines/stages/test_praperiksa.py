"""What the pre-flight counts of the rows of `mentah`."""

import ibis
import pyarrow as pa
import pytest
from ibis.backends.duckdb import Backend

from pipelines.stages import praperiksa

ROWS = [
    *(("a", "S", n, "data", "pindah", "RAYA") for n in range(1, 9)),
    ("a", "S", 9, "data", None, "RAYA"),
    ("a", "S", 10, "total", "tanpa judul", "RAYA"),
    ("b", "", 2, "data", "tanpa judul", None),
]
NAMES = ("berkas", "lembar", "baris", "jenis", "perhatian", "judul_desa")


def mentah() -> pa.Table:
    """Rows of two files."""
    columns = dict(zip(NAMES, map(list, zip(*ROWS, strict=True)), strict=True))
    return pa.table(columns | {"judul_kecamatan": pa.array([None] * len(ROWS), pa.string())})


def test_remarks_are_counted_with_their_first_rows(con: Backend) -> None:
    found = con.to_pyarrow(praperiksa.remarks(ibis.memtable(mentah()))).to_pylist()
    said = {(r["berkas"], r["data"], r["perhatian"], r["banyak"], tuple(filter(None, r["pertama"]))) for r in found}
    assert said == {
        ("a", True, "pindah", 8, (1, 2, 3, 4, 5)),
        ("a", False, "tanpa judul", 1, (10,)),
        ("b", True, "tanpa judul", 1, (2,)),
    }


CARDS = {
    "the first of each family alone": (["1", "", "", "2", ""], 3),
    "every row": (["1", "1", "2"], 0),
    "a list without numbers": (["", "", ""], 0),
    "a list without the column": ([None, None], 0),
}


@pytest.mark.parametrize(("cells", "told"), CARDS.values(), ids=CARDS)
def test_a_blank_card_among_others_is_told(con: Backend, cells: list[str | None], told: int) -> None:
    """It may mean the same as above; nobody fills it in."""
    size = len(cells)
    columns = {
        "berkas": ["a"] * size,
        "lembar": [""] * size,
        "baris": list(range(2, size + 2)),
        "jenis": ["data"] * size,
    }
    texts = {"no_kk": pa.array(cells, pa.string()), "perhatian": pa.array([None] * size, pa.string())}
    found = con.to_pyarrow(praperiksa.remarks(ibis.memtable(pa.table(columns | texts)))).to_pylist()
    assert sum(r["banyak"] for r in found) == told
    assert {r["perhatian"] for r in found} == ({praperiksa.BLANK_CARD} if told else set())


def test_the_desa_of_a_title_is_that_of_its_sheet(con: Backend) -> None:
    found = con.to_pyarrow(praperiksa.titles(ibis.memtable(mentah()))).to_pylist()
    assert found == [{"berkas": "a", "lembar": "S", "desa": "RAYA", "kecamatan": None}]
