"""The same drop gives the same content, whatever the order of its files and rows, on one thread or two."""

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from core import main as work_through
from shuffled_drop import shuffle_drop

from pipelines import regions
from pipelines.contoh import write_contoh
from pipelines.tables import VERSIONED
from resources.drop import Drop
from resources.fingerprint import content_hash

# Where a row stands is what was changed.
PLACES = {"berkas", "lembar", "baris", "sidik_berkas"}
LINGGA = Path(regions.__file__).parent / "reference" / "lingga.csv"
IDENTITY = {"pengenal", "dim_orang", "dim_keluarga", "kartu_keluarga", "tinjauan", "log_kunci"}


def contents(work: Path, bare: Path) -> dict[str, str]:
    """The hash of what each table of each period holds beside places."""
    found = {}
    for path in sorted(work.glob("20*/*.parquet")):
        if path.stem in VERSIONED:
            table = pq.read_table(path)
            target = bare / f"{path.parent.name} {path.name}"
            target.parent.mkdir(exist_ok=True)
            pq.write_table(table.drop_columns([name for name in table.column_names if name in PLACES]), target)
            found[target.stem] = content_hash({path.stem: target})
    return found


def assert_one_content(folder: Path, times: int) -> None:
    """Work through the drop below `folder` and through `times` shuffled ones, on one thread and two in turn."""
    expected: dict[str, str] = {}
    for time in range(times + 1):
        sumber = folder / "sumber"
        if time:
            sumber = folder / f"acak-{time}"
            shuffle_drop(folder / "sumber", folder / "kunci", sumber, time)
        work_through(Drop(sumber), folder / f"kerja-{time}", verbose=False, threads=2 - time % 2)
        found = contents(folder / f"kerja-{time}", folder / f"isi-{time}")
        assert {name.split()[1] for name in found} >= IDENTITY
        expected = expected or found
        assert {name for name in expected if found.get(name) != expected[name]} == set()


def test_another_order_gives_the_same_content(tmp_path: Path) -> None:
    """Eight desa with all dirt, their first period."""
    desa = pd.read_csv(LINGGA, dtype="str", keep_default_na=False).head(8)
    write_contoh(tmp_path, orang=500, benih=3, kotor=5.0, periode=("2024-05",), wilayah=desa)
    assert_one_content(tmp_path, times=1)


@pytest.mark.slow
def test_five_orders_give_the_same_content(tmp_path: Path) -> None:
    """Two periods, with lists long enough to be worked on by both threads."""
    write_contoh(tmp_path, orang=80_000, benih=3, kotor=2.0)
    assert_one_content(tmp_path, times=4)
