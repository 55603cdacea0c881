"""What the pre-flight counts of the rows of `mentah`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from ibis.backends.duckdb import Backend

from pipelines.declaration import Source
from pipelines.reading import DropFile, read_source
from pipelines.regions import wilayah_kode, wilayah_kunci
from pipelines.sources import asesmen, dtks
from pipelines.stages import praperiksa
from pipelines.stages.baris import SHAPE, baris

ROWS = [
    *(("a", "S", n, "data", "pindah", "RAYA") for n in range(1, 9)),
    ("a", "S", 9, "data", None, "RAYA"),
    ("a", "S", 10, "total", "tanpa judul", "RAYA"),
    ("b", "", 2, "data", "tanpa judul", None),
]
NAMES = ("berkas", "lembar", "baris", "jenis", "perhatian", "judul_desa")

Make = Callable[..., list[dict[str, Any]]]
KK = "2104070101150001"
NOTHING = ibis.memtable(SHAPE.empty_table())


def mentah() -> pa.Table:
    """Rows of two files."""
    columns = dict(zip(NAMES, map(list, zip(*ROWS, strict=True)), strict=True))
    nothing = pa.array([None] * len(ROWS), pa.string())
    return pa.table(columns | {"judul_kecamatan": nothing, "diisi": nothing})


def test_remarks_are_counted_with_their_first_rows(con: Backend) -> None:
    found = con.to_pyarrow(praperiksa.remarks(ibis.memtable(mentah()), NOTHING)).to_pylist()
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
    nothing = pa.array([None] * size, pa.string())
    texts = {"no_kk": pa.array(cells, pa.string()), "perhatian": nothing, "diisi": nothing}
    found = con.to_pyarrow(praperiksa.remarks(ibis.memtable(pa.table(columns | texts)), NOTHING)).to_pylist()
    assert sum(r["banyak"] for r in found) == told
    assert {r["perhatian"] for r in found} == ({praperiksa.BLANK_CARD} if told else set())


def test_a_card_from_the_row_above_is_told(con: Backend) -> None:
    """As the operator answered; what is blank even so is told beside it."""
    rows = pa.table({
        "berkas": ["a"] * 4, "lembar": [""] * 4, "baris": [2, 3, 4, 5], "jenis": ["data"] * 4,
        "no_kk": ["1", "1", "", "2"], "perhatian": pa.array([None] * 4, pa.string()),
        "diisi": [None, "no_kk", None, None],
    })  # fmt: skip
    found = con.to_pyarrow(praperiksa.remarks(ibis.memtable(rows), NOTHING)).to_pylist()
    said = {r["perhatian"]: tuple(filter(None, r["pertama"])) for r in found}
    assert said == {praperiksa.FILLED_CARD: (3,), praperiksa.BLANK_CARD: (4,)}


BIRTHS = (
    "28-03-1978", "31 Februari 1980", "tidak tahu", "", "-", "0000-00-00", "Lingga, 4 Mei 1980", "30/02/1981",
)  # fmt: skip
# A list whose dates are month first: a cell of two readings is doubtful, and said so elsewhere.
AMERICAN = ("12/25/1978", "03/04/1978", "13/13/1978")
LISTS = {
    "births": (dtks.SOURCE, "NIK;No KK;Nama;Desa;Tgl Lahir", BIRTHS, {"tanggal_lahir": (3, 4, 9)}),
    "month first": (dtks.SOURCE, "NIK;No KK;Nama;Desa;Tgl Lahir", AMERICAN, {"tanggal_lahir": (4,)}),
    "no date at all": (dtks.SOURCE, "NIK;No KK;Nama;Desa;Keterangan", ("", "", ""), {}),
    "a survey": (asesmen.SOURCE, "NIK;No KK;Nama;Desa;Tgl Asesmen", ("12-01-2024", "kemarin"), {
        "tanggal_asesmen": (3,)}),
}  # fmt: skip


@pytest.mark.parametrize(("source", "head", "cells", "told"), LISTS.values(), ids=LISTS)
def test_dates_that_nobody_can_read_are_told(  # noqa: PLR0913, PLR0917 - a file, what reads it, what is told
    con: Backend, wilayah: ir.Table, tmp_path: Path, source: Source, head: str, cells: tuple[str, ...],
    told: dict[str, tuple[int, ...]],
) -> None:  # fmt: skip
    """By column, with the rows of the file; a blank cell says no date, one of two readings is told elsewhere."""
    path, target = tmp_path / "a.csv", tmp_path / "mentah.parquet"
    rows = [f"21040705058000{n:02};2104070101150001;TOKOH {n};SEI PINANG;{cell}" for n, cell in enumerate(cells)]
    path.write_text("\n".join([head, *rows]))
    reading = read_source(source, [DropFile(path, f"2024-06/{source.name}/a.csv")], con.con, target, tmp_path)
    assert reading.failures == ()
    mentah = con.read_parquet(target)
    standardised = baris(source, 3, mentah, wilayah_kunci(wilayah), wilayah_kode(wilayah))
    found = con.to_pyarrow(praperiksa.remarks(mentah, standardised)).to_pylist()
    said = {r["perhatian"]: (r["banyak"], tuple(filter(None, r["pertama"]))) for r in found}
    assert said == {f"{name}{praperiksa.UNREAD}": (len(at), at) for name, at in told.items()}


def test_the_desa_of_a_title_is_that_of_its_sheet(con: Backend) -> None:
    found = con.to_pyarrow(praperiksa.titles(ibis.memtable(mentah()))).to_pylist()
    assert found == [{"berkas": "a", "lembar": "S", "desa": "RAYA", "kecamatan": None}]


CARDS = (("a.csv", KK, None), ("a.csv", None, KK[:15]), ("a.csv", None, None), ("b.csv", KK, None))


def test_family_cards_that_cannot_be_are_counted_by_file(make: Make) -> None:
    """Not a blank one, nor a masked one: of these nothing is left."""
    rows = [
        {"rid": at, "baris": at, "nik": "2104070505800001", "berkas": berkas, "no_kk": card, "no_kk15": left}
        for at, (berkas, card, left) in enumerate(CARDS)
    ]
    assert make(praperiksa.doubts, baris=rows) == [{"berkas": "a.csv", "nik_jenis": praperiksa.WRONG_CARD, "banyak": 1}]
