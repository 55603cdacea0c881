"""The office's own weights: what rows of one person and pairs of two teach, kept and bound to a period."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ibis
import pyarrow as pa
import pytest
from ibis.backends.duckdb import Backend

from pipelines.comparisons import COMPARISONS
from pipelines.period import Period
from pipelines.weights import DECLARED, Weights
from resources.training import keep_weights, learn, weights_kept, weights_of

Rows = list[dict[str, Any]]
JUNE = Period("2024-06", "2024-05")
PERSONS, OTHER_CARD = 2_400, 10  # of ten persons one has another card on the second list
NAMES = ("BUDI", "SITI", "HASAN", "AMINAH", "RAHMAT", "ZUBAIDAH", "WAGIMIN", "MARTINI")


def two_lists(persons: int = PERSONS) -> Rows:
    """Invented people, each on two lists; on the second one in ten has a new card."""
    made = []
    for person in range(persons):
        born = date(1950, 1, 2) + timedelta(days=person * 7)
        number = f"210407{born:%d%m%y}{person % 9000 + 1:04}"
        for which in range(2):
            card = person // 4 + (61_003 if which and person % OTHER_CARD == 0 else 0)
            made.append({
                "rid": person * 2 + which, "orang": person * 2, "nik": number, "nik12": None, "nik15": None,
                "no_kk": f"21040701011{card:05}", "nama_baku": NAMES[person % len(NAMES)] + f" {person % 37}",
                "tanggal_lahir": born, "jenis_kelamin": "L" if person % 2 else "P", "nama_ibu": None, "psnoka": None,
                "kode_desa": f"21.04.07.{person % 50:04}", "hubungan_keluarga": None, "id_registri": None,
            })  # fmt: skip
    return made


@pytest.fixture(scope="module")
def con() -> Iterator[Backend]:
    """An engine in memory."""
    backend = ibis.duckdb.connect(threads=2)
    yield backend
    backend.disconnect()


Taught = Callable[..., Weights]


@pytest.fixture(scope="module")
def taught(con: Backend) -> Taught:
    """What rows teach."""

    def learnt(rows: Rows) -> Weights:
        schema = pa.Table.from_pylist(two_lists(1)).schema
        text = {name: pa.string() for name in schema.names if schema.field(name).type == pa.null()}
        typed = pa.schema([(field.name, text.get(field.name, field.type)) for field in schema])
        table = ibis.memtable(pa.Table.from_pylist(rows, schema=typed))
        return learn(con, table.drop("orang"), table.select("rid", "orang"), JUNE.kini)

    return learnt


@pytest.fixture(scope="module")
def weights(taught: Taught) -> Weights:
    """What two lists of 2,400 people teach."""
    return taught(two_lists())


def share(weights: Weights, name: str, sentence: str) -> tuple[float, float]:
    """m and u of a level, by its sentence."""
    levels = next(c.levels for c in COMPARISONS if c.name == name)
    return weights.levels[name][[level.kalimat for level in levels].index(sentence)]


def test_what_rows_of_one_person_share_is_counted(weights: Weights) -> None:
    """A tenth has another card; all have one name and one number."""
    assert share(weights, "no_kk", "No KK beda")[0] == pytest.approx(1 / OTHER_CARD, abs=0.002)
    assert share(weights, "nama", "nama sama")[0] == pytest.approx(1)
    assert (weights.persons, weights.asal) == (PERSONS, JUNE.kini)


def test_what_two_persons_share_by_chance_is_counted(weights: Weights) -> None:
    assert share(weights, "jenis_kelamin", "jenis kelamin sama")[1] == pytest.approx(0.5, abs=0.02)
    assert share(weights, "kode_desa", "desa sama")[1] == pytest.approx(1 / 50, abs=0.004)


def test_what_nobody_told_keeps_its_declared_weight(weights: Weights) -> None:
    for name in ("nama_ibu", "psnoka", "hubungan"):
        assert weights.levels[name] == DECLARED.levels[name]


def test_the_order_of_rows_teaches_nothing(taught: Taught, weights: Weights) -> None:
    assert taught(two_lists()[::-1]) == weights


def test_few_people_teach_nothing(taught: Taught) -> None:
    assert taught(two_lists(300)) is DECLARED


def test_kept_weights_are_read_back_and_broken_ones_are_none(tmp_path: Path, weights: Weights) -> None:
    file = tmp_path / "padan.json"
    assert weights_kept(file) is None
    keep_weights(file, weights)
    assert weights_kept(file) == weights
    file.write_text("{")
    assert weights_kept(file) is None


@pytest.mark.parametrize(
    ("period", "own"), [(Period("2024-05", None), False), (JUNE, True), (Period("2024-07", "2024-06"), True)]
)
def test_a_period_before_the_one_that_taught_keeps_the_declared_weights(
    tmp_path: Path, weights: Weights, period: Period, own: bool
) -> None:
    keep_weights(tmp_path / "padan.json", weights)
    unasked = SimpleNamespace()  # an engine is not needed where weights are kept
    assert weights_of(tmp_path / "padan.json", unasked, period) == (weights if own else DECLARED)


def test_a_first_period_teaches_nothing(tmp_path: Path) -> None:
    assert weights_of(tmp_path / "padan.json", SimpleNamespace(), Period("2024-05", None)) is DECLARED
    assert not (tmp_path / "padan.json").exists()
