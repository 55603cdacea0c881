"""The key to the invented drop: what each row is, who is a member, what must be found."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.contoh.dirt import expect
from pipelines.contoh.draws import Bools
from pipelines.contoh.files import TextStyle, text_of, write_text
from pipelines.contoh.lists import AKTIF, MENINGGAL
from pipelines.contoh.period import Period


def row_truth(period: Period, source: str, rows: pd.DataFrame, place: pd.DataFrame) -> pd.DataFrame:
    """One row is one delivered row. `place` says `berkas`, `lembar` and `baris` of each of `rows`."""
    twin = pd.Series(np.where(period.people.kembar[rows["orang"]], "True", "False"), dtype="str")
    harapan = expect(rows["kotor"])
    return pd.concat(
        [
            pd.DataFrame({"periode": period.periode, "sumber": source}, index=rows.index),
            place[["berkas", "lembar", "baris"]],
            rows[["orang", "keluarga", "kotor"]].assign(harapan=harapan, kembar=twin),
        ],
        axis=1,
    )


def membership_truth(period: Period) -> pd.DataFrame:
    """One row is one lawful, living member; the person is -1 where the unit is the family."""
    lists = period.lists
    persons = {
        "DTKS": lists.registered & (lists.status == AKTIF),
        "PBI_JK": lists.pbi & (lists.status != MENINGGAL),
    }
    families = {"PKH": lists.pkh, "BPNT": lists.bpnt, "BLT_DD": lists.blt}
    parts = [_persons(period, on).assign(program=name) for name, on in persons.items()]
    parts += [_families(period, on).assign(program=name) for name, on in families.items()]
    return pd.concat(parts, ignore_index=True)[["periode", "program", "orang", "keluarga", "kode_desa"]]


def finding_truth(period: Period) -> pd.DataFrame:
    """One row is one finding that the lists of a period hold."""
    lists = period.lists
    parts = [
        _families(period, lists.blt & lists.pkh).assign(aturan="BLT_DD_DAN_PKH"),
        _persons(period, lists.pbi & (lists.status == MENINGGAL)).assign(aturan="MENINGGAL_MASIH_PESERTA"),
    ]
    return pd.concat(parts, ignore_index=True)[["periode", "aturan", "orang", "keluarga", "kode_desa"]]


def write_truth(path: Path, parts: list[pd.DataFrame]) -> None:
    """Write truth frames, one after the other, as one CSV file."""
    frame = pd.concat(parts, ignore_index=True)
    write_text(path, {str(name): text_of(frame[name]) for name in frame}, TextStyle(","))


def _persons(period: Period, on: Bools) -> pd.DataFrame:
    return _members(period, period.people.keluarga[on]).assign(orang=np.flatnonzero(on))


def _families(period: Period, on: Bools) -> pd.DataFrame:
    return _members(period, np.flatnonzero(on)).assign(orang=-1)


def _members(period: Period, keluarga: np.ndarray) -> pd.DataFrame:
    codes = period.people.wilayah["kode_desa"].take(period.lists.desa[keluarga]).to_numpy()
    return pd.DataFrame({"periode": period.periode, "keluarga": keluarga, "kode_desa": codes})
