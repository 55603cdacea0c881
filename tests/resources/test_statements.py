"""A stage is composed once for one question: never again for the same, always for another."""

from collections.abc import Callable
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pytest

from pipelines import plan
from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.sources import REGISTER
from resources.engine import Engine, EngineError

Open = Callable[..., Engine]


class Doubled:
    """A stage that counts how often it is composed."""

    times = 0

    def stage(self, name: str) -> plan.Stage:
        """The stage over `angka`, whose sums it keeps."""

        def function(angka: ir.Table, periode: Period, keep: Keep) -> ir.Table:
            self.times += 1
            named = keep(angka, written=False)
            twice = keep(named.mutate(dua=named.n * 2))
            return twice.mutate(bulan=ibis.literal(periode.kini))

        return plan.Stage(name, function, "uji")


@pytest.fixture
def open_engine(tmp_path: Path, request: pytest.FixtureRequest) -> Open:
    """Give an engine of its own, with a table `angka` of these columns."""

    def opened(periode: str = "2024-06", **columns: list[object]) -> Engine:
        engine = Engine(tmp_path / f"{len(list(tmp_path.iterdir()))}", Period(periode, None), REGISTER, "rahasia")
        pd.DataFrame(columns).to_parquet(engine.path("angka"), index=False)
        request.addfinalizer(engine.close)
        return engine

    return opened


def test_the_same_question_is_composed_once_and_told_of_its_own_rows(open_engine: Open) -> None:
    doubled = Doubled()
    stage = doubled.stage("sekali")
    for n in ([1, 2], [30]):
        engine = open_engine(n=n)
        engine.run(stage)
        assert sorted(engine.frame("sekali").dua) == [2 * number for number in n]
        assert engine.ask(stage).bulan.unique() == ["2024-06"]
    assert doubled.times == 1


@pytest.mark.parametrize(
    "other",
    [{"periode": "2024-07", "n": [1]}, {"n": [1.5]}, {"n": [1], "lagi": ["x"]}],
    ids=["parameter", "type", "column"],
)
def test_another_question_is_composed_anew(
    open_engine: Open, other: dict[str, object], request: pytest.FixtureRequest
) -> None:
    doubled = Doubled()
    stage = doubled.stage(f"dua_kali_{request.node.callspec.id}")
    open_engine(n=[1]).run(stage)
    engine = open_engine(**other)  # type: ignore[arg-type]
    engine.run(stage)
    told = engine.frame(stage.name)
    assert doubled.times == 2
    assert list(told.columns) == [*engine.frame("angka").columns, "dua", "bulan"]


def test_a_file_that_is_replaced_is_read_anew(open_engine: Open) -> None:
    engine, stage = open_engine(n=[1]), Doubled().stage("diganti")
    engine.run(stage)
    engine.write("angka", engine.table("angka").mutate(lain=ibis.literal("x"), n=ibis.literal(5, "int64")))
    engine.run(stage)
    assert engine.frame("diganti").dua.tolist() == [10]


def test_what_a_failed_stage_kept_is_given_back(open_engine: Open) -> None:
    def function(angka: ir.Table, keep: Keep) -> ir.Table:
        kept = keep(angka)
        return keep(kept.mutate(n=kept.teks.cast("int64")))

    engine, stage = open_engine(teks=["x"]), plan.Stage("gagal", function, "uji")
    with pytest.raises(EngineError, match="gagal"):
        engine.run(stage)
    pd.DataFrame({"teks": ["7"]}).to_parquet(engine.path("angka"), index=False)
    engine.run(stage)
    assert engine.frame("gagal").n.tolist() == [7]


def test_a_damaged_table_is_named_without_its_content(open_engine: Open) -> None:
    engine, stage = open_engine(n=[1]), Doubled().stage("rusak")
    engine.path("angka").write_bytes(b"2104070101150001")
    with pytest.raises(EngineError, match=r"Tabel rusak tidak dapat dibangun \(\w+\)\.") as error:
        engine.run(stage)
    assert "2104" not in str(error.value)
