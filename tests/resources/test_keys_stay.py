"""A person keeps his key from period to period, while lists change by some two in a hundred and dirt comes and goes."""

import pandas as pd
import pytest
from core import main as work_through

from pipelines.contoh import write_contoh
from resources.drop import Drop

PERIODS = tuple(f"2024-{month:02}" for month in range(5, 11))
LEAST = 0.999
PLACE = ["periode", "berkas", "lembar", "baris"]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """Every row for which a person was found, with the one whose it is: periode, orang, orang_id."""
    folder = tmp_path_factory.mktemp("enam")
    write_contoh(folder, orang=20_000, benih=11, periode=PERIODS)
    work_through(Drop(folder / "sumber"), folder / "kerja", verbose=False)
    key = pd.read_csv(folder / "kunci" / "baris.csv", dtype={"lembar": "str"}, keep_default_na=False)
    traces = pd.concat(pd.read_parquet(folder / "kerja" / periode / "jejak_baris.parquet") for periode in PERIODS)
    traces = traces.assign(lembar=traces.lembar.fillna(""))
    rows = key[key.orang >= 0].merge(traces[traces.orang_id.notna()], on=PLACE)
    assert len(rows) > 0.98 * len(key)
    return rows[["periode", "orang", "orang_id"]]


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 6])
def test_a_person_keeps_one_key(linked: pd.DataFrame, count: int) -> None:
    persons = linked[linked.periode.isin(PERIODS[:count])].groupby("orang")
    periods, keys = persons.periode.nunique(), persons.orang_id.nunique()
    assert (keys[periods > 1] == 1).mean() >= LEAST


@pytest.mark.slow
def test_no_key_is_of_two(linked: pd.DataFrame) -> None:
    assert linked.groupby("orang_id").orang.nunique().max() == 1
