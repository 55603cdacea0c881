"""What the pre-flight counts of the rows of `mentah`."""

import ibis
import pyarrow as pa
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


def test_the_desa_of_a_title_is_that_of_its_sheet(con: Backend) -> None:
    found = con.to_pyarrow(praperiksa.titles(ibis.memtable(mentah()))).to_pylist()
    assert found == [{"berkas": "a", "lembar": "S", "desa": "RAYA", "kecamatan": None}]
