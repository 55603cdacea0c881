"""The intake: what is read again, and what a run that is killed between two files of it leaves."""

import zipfile
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pytest

from pipelines.period import Period
from pipelines.sources import blt_dd, pkh
from resources.drop import Drop, DropError
from resources.engine import Engine
from resources.intake import Intake, Narrowing

JUNE = "2024-06"
HEADER = "NIK|NAMA_PENERIMA|NOKK|KAB_NAME|KEC_NAME|KEL_NAME"
BLT_ROW = "TOKOH REKAAN;2104085505900001;2104080101150001"
ROW = "2104085505900001|TOKOH REKAAN|2104080101150001|LINGGA|LINGGA TIMUR|SUNGAI PINANG"


def deliver(drop: Path, name: str, rows: int) -> None:
    """A list of so many rows."""
    path = drop / JUNE / "pkh" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *[ROW] * rows]) + "\n")


@pytest.mark.parametrize("killed_at", ["mentah_pkh.parquet", "berkas_pkh.parquet"])
def test_a_killed_reading_leaves_no_ledger_that_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    """The next run, narrowed to another source though it is, reads again what it cannot account for."""
    deliver(tmp_path, "a.csv", 2)
    deliver(tmp_path, "b.csv", 3)
    engine = Engine(tmp_path / "kerja", Period(JUNE, None), (pkh.SOURCE,), "rahasia")
    intake = Intake(Drop(tmp_path), engine)
    intake.take_in(JUNE, pkh.SOURCE, tmp_path)
    deliver(tmp_path, "a.csv", 7)
    with monkeypatch.context() as patch:
        replace = Path.replace

        def killed(path: Path, target: Path) -> Path:
            if target.name == killed_at:
                raise KeyboardInterrupt
            return replace(path, target)

        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            intake.take_in(JUNE, pkh.SOURCE, tmp_path)
    narrowed = Intake(Drop(tmp_path), engine, Narrowing(sources=("dtks",)))
    narrowed.take_in(JUNE, pkh.SOURCE, tmp_path)
    ledger = pd.read_parquet(engine.path("berkas_pkh"))
    rows = pd.read_parquet(engine.path("mentah_pkh"))
    engine.close()
    assert dict(zip(ledger.berkas, ledger.dibaca, strict=True)) == rows.groupby("berkas").size().to_dict()
    assert dict(zip(ledger.berkas, ledger.dibaca, strict=True)) == {f"{JUNE}/pkh/a.csv": 8, f"{JUNE}/pkh/b.csv": 4}


def test_a_damaged_correction_replaces_nothing(tmp_path: Path) -> None:
    """The former rows stay until its sender's file was read whole; a narrowed run does not pass over it."""
    deliver(tmp_path, "a.csv", 2)
    deliver(tmp_path, "b.csv", 3)
    engine = Engine(tmp_path / "kerja", Period(JUNE, None), (pkh.SOURCE,), "rahasia")

    def take_in(*sources: str) -> tuple[list[str], int]:
        reading = Intake(Drop(tmp_path), engine, Narrowing(sources=sources)).take_in(JUNE, pkh.SOURCE, tmp_path)
        return [failure.berkas for failure in reading.failures], engine.count("mentah_pkh")

    assert take_in() == ([], 7)
    ledger = engine.path("berkas_pkh").read_bytes()
    deliver(tmp_path, "b.csv", 9)
    (tmp_path / JUNE / "pkh" / "a.csv").write_bytes(b"\x07\x00\x03\x9c\x00" * 4096)
    for narrowing in ([], ["dtks"]):
        assert take_in(*narrowing) == ([f"{JUNE}/pkh/a.csv"], 7)
        assert engine.path("berkas_pkh").read_bytes() == ledger
    deliver(tmp_path, "a.csv", 4)
    assert take_in() == ([], 15)
    assert take_in("dtks") == ([], 15)
    engine.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [("BLT Sungai Pinang 06-2024.xlsx", False), ("BLT Sei Pinang.xlsx", False), ("BLT Raya.xlsx", True)],
)
def test_a_desa_without_a_file_is_said(tmp_path: Path, name: str, said: bool) -> None:
    """A run narrowed to a desa that no file is named after would read nothing of it again."""
    path = tmp_path / JUNE / "blt_dd" / name
    path.parent.mkdir(parents=True)
    path.touch()
    engine = Engine(tmp_path / "kerja", Period(JUNE, None), (blt_dd.SOURCE,), "rahasia")
    intake = Intake(Drop(tmp_path), engine, Narrowing(desa=("21.04.07.2005",)))
    with pytest.raises(DropError, match=r"21\.04\.07\.2005") if said else nullcontext():
        intake.check_choice(JUNE, (blt_dd.SOURCE,))
    engine.close()


def test_lists_in_an_archive_are_files_of_their_own(tmp_path: Path) -> None:
    """A run narrowed to one desa reads its list again, and keeps the rows of the others; progress is told."""
    folder = tmp_path / JUNE / "blt_dd"
    folder.mkdir(parents=True)

    def deliver(pinang: int) -> None:
        with zipfile.ZipFile(folder / "kiriman.zip", "w") as archive:
            for name, rows in (("BLT Sungai Pinang.csv", pinang), ("BLT Raya.csv", pinang)):
                archive.writestr(name, "\n".join(["Nama KPM;NIK;No KK", *[BLT_ROW] * rows]))

    engine = Engine(tmp_path / "kerja", Period(JUNE, None), (blt_dd.SOURCE,), "rahasia")
    deliver(1)
    told = list[tuple[str, int]]()
    Intake(Drop(tmp_path), engine).take_in(JUNE, blt_dd.SOURCE, tmp_path, lambda *said: told.append(said))
    deliver(3)
    narrowed = Intake(Drop(tmp_path), engine, Narrowing(desa=("21.04.07.2005",)))
    narrowed.check_choice(JUNE, (blt_dd.SOURCE,))
    narrowed.take_in(JUNE, blt_dd.SOURCE, tmp_path)
    ledger = pd.read_parquet(engine.path("berkas_blt_dd"))
    engine.close()
    top = f"{JUNE}/blt_dd/kiriman.zip"
    assert dict(zip(ledger.berkas, ledger.dibaca, strict=True)) == {
        f"{top}/BLT Sungai Pinang.csv": 4,
        f"{top}/BLT Raya.csv": 2,
    }
    assert {berkas for berkas, _ in told} == set(ledger.berkas)
