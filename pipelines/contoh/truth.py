"""The key to the invented drop: what each row is, who is a member, what must be found."""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from pipelines.contoh.dirt import expect
from pipelines.contoh.files import TextStyle, text_of, write_text
from pipelines.contoh.lists import AKTIF, MENINGGAL, Lists
from pipelines.contoh.people import People

_COMMA = TextStyle(",")


def row_truth(rows: pd.DataFrame, place: pd.DataFrame, people: People, periode: str, source: str) -> pd.DataFrame:
    """One row is one delivered row. `place` says `berkas`, `lembar` and `baris` of each of `rows`."""
    return pd.DataFrame(
        {
            "periode": periode, "sumber": source, "berkas": place["berkas"], "lembar": place["lembar"],
            "baris": place["baris"], "orang": rows["orang"], "keluarga": rows["keluarga"], "kotor": rows["kotor"],
            "harapan": expect(rows["kotor"]),
            "kembar": pd.Series(np.where(people.kembar[rows["orang"]], "True", "False"), dtype="str"),
        }
    )  # fmt: skip


def membership_truth(people: People, lists: Lists, periode: str) -> pd.DataFrame:
    """One row is one lawful, living member; the person is -1 where the unit is the family."""
    persons = {"DTKS": lists.registered & (lists.status == AKTIF), "PBI_JK": lists.pbi & (lists.status != MENINGGAL)}
    families = {"PKH": lists.pkh, "BPNT": lists.bpnt, "BLT_DD": lists.blt}
    parts = [_members(people, lists, periode, name, np.flatnonzero(on), None) for name, on in persons.items()]
    parts += [_members(people, lists, periode, name, None, np.flatnonzero(on)) for name, on in families.items()]
    return pd.concat(parts, ignore_index=True)


def finding_truth(people: People, lists: Lists, periode: str) -> pd.DataFrame:
    """One row is one finding that the lists of a period hold."""
    both = np.flatnonzero(lists.blt & lists.pkh)
    dead = np.flatnonzero(lists.pbi & (lists.status == MENINGGAL))
    return pd.concat(
        [
            _members(people, lists, periode, "BLT_DD_DAN_PKH", None, both),
            _members(people, lists, periode, "MENINGGAL_MASIH_PESERTA", dead, None),
        ],
        ignore_index=True,
    ).rename(columns={"program": "aturan"})


def write_truth(path: Path, parts: list[pd.DataFrame]) -> None:
    """Write truth frames, one after the other, as one CSV file."""
    frame = pd.concat(parts, ignore_index=True)
    write_text(path, {str(name): text_of(frame[name]) for name in frame}, _COMMA)


def _members(
    people: People, lists: Lists, periode: str, program: str, orang: np.ndarray | None, keluarga: np.ndarray | None
) -> pd.DataFrame:
    if orang is not None:
        keluarga = people.keluarga[orang]
    elif keluarga is not None:
        orang = np.full(len(keluarga), -1)
    codes = text_of(people.wilayah["kode_desa"]).take(pa.array(lists.desa[keluarga]))
    return pd.DataFrame(
        {"periode": periode, "program": program, "orang": orang, "keluarga": keluarga,
         "kode_desa": pd.Series(codes, dtype="str")}
    )  # fmt: skip
