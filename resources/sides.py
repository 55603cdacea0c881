"""Both sides of a question: persons as the warehouse knows them, rows as the period's work tables still have them."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from pipelines.dates import NO_DATE
from pipelines.sides import SIDE
from pipelines.stages.baris import SHAPE
from resources.warehouse import Warehouse
from resources.work_rows import ROW, work_rows

_AT = "berlaku_dari <= :periode and (berlaku_sampai is null or berlaku_sampai > :periode)"
_PERSONS = (
    "select orang_id, nama, nama_baku, nik, tanggal_lahir, jenis_kelamin, keluarga_id, kode_desa, status"  # noqa: S608
    f" from dim_orang where orang_id = any(:orang) and {_AT}"
)
_FAMILIES = f"select keluarga_id, no_kk from dim_keluarga where keluarga_id = any(:keluarga) and {_AT}"  # noqa: S608
_EVIDENCE = (
    "select orang_id, nik, no_kk, psnoka, id_registri from pengenal where orang_id = any(:orang)"
    " and (periode < :periode or (:termasuk and periode = :periode)) order by periode desc, nik, no_kk"
)
_PROGRAMMES = (
    "select orang_id, keluarga_id, program, satuan from fakta_kepesertaan join dim_program using (program)"
    " where periode = :periode and (orang_id = any(:orang) or keluarga_id = any(:keluarga)) order by program"
)
_DESA = "select distinct kode_desa, nama_desa from dim_wilayah"
_TRACE = (
    "select orang_id, sumber, berkas, lembar, baris from jejak_baris"
    " where periode = :periode and orang_id = any(:orang) and nasib <> 'duplikat'"
)
_FILES = (
    "select berkas, sidik_berkas, coalesce(pengirim, sumber) as pengirim from neraca_baris where periode = :periode"
)
_NUMBERS = ("nik", "no_kk", "psnoka", "id_registri")
# What a side has beyond what is compared: where it lives, by name, what it draws, and who sent it in which file.
SHOWN = (*SIDE.names, "nama_desa", "program", "pengirim")


class Sides(NamedTuple):
    """`rows`: one a person or a row, with SHOWN columns and its key. `whole`: no cell that was asked for is gone."""

    rows: pd.DataFrame
    whole: bool


def persons(warehouse: Warehouse, periode: str, keys: list[str], work: Path, *, own: bool = True) -> Sides:
    """Persons as of a period, by `orang_id`; also keluarga_id and status. `own`: with the evidence that this very
    period added."""
    found = warehouse.query(_PERSONS, orang=keys, periode=periode)
    homes = [str(key) for key in found.keluarga_id.dropna().unique()]
    cards = warehouse.query(_FAMILIES, keluarga=homes, periode=periode)
    evidence = warehouse.query(_EVIDENCE, orang=keys, periode=periode, termasuk=own)
    now = found[["orang_id", "keluarga_id", "nik"]].merge(cards, on="keluarga_id", how="left")
    numbers = pd.concat([now.drop(columns="keluarga_id"), evidence], ignore_index=True)
    lists = {name: _distinct(numbers, name) for name in _NUMBERS}
    drawn = warehouse.query(_PROGRAMMES, orang=keys, keluarga=homes, periode=periode)
    places = warehouse.query(_TRACE, orang=keys, periode=periode)
    mothers, whole = _mothers(warehouse, periode, places, work)
    sent = places[["orang_id", "berkas"]].drop_duplicates().sort_values("berkas")
    senders = _senders(warehouse, periode, sent.berkas).groupby(sent.orang_id).agg("; ".join)
    rows = found.drop(columns="nik").merge(warehouse.query(_DESA), on="kode_desa", how="left")
    for name, values in {**lists, "nama_ibu": mothers, "program": _programmes(found, drawn),
                         "pengirim": senders}.items():  # fmt: skip
        rows[name] = rows.orang_id.map(values)
    return Sides(rows.assign(nik_tertulis=None, no_kk_tertulis=None), whole)


def rows(warehouse: Warehouse, periode: str, places: pd.DataFrame, work: Path) -> Sides:
    """Data rows by sumber, berkas, lembar and baris (the columns of `places`), as they were standardised."""
    found, whole = _standardised(warehouse, periode, places, work)
    found = found.merge(warehouse.query(_DESA), on="kode_desa", how="left")
    for name in _NUMBERS:
        found[name] = [[number] if isinstance(number, str) else [] for number in found[name]]
    written = {"nik_asli": "nik_tertulis", "no_kk15": "no_kk_tertulis"}
    found = found.rename(columns=written)
    return Sides(found.assign(program=None, pengirim=_senders(warehouse, periode, found.berkas)), whole)


def read_cells(warehouse: Warehouse, periode: str, row: pd.DataFrame, work: Path) -> pd.DataFrame:
    """The cells of one row (a row of `rows`) as they were read; none where they are there no more."""
    files = warehouse.query(_FILES, periode=periode)
    cells = work_rows(work, "mentah", str(row.sumber.iloc[0]), row, files)
    return pd.DataFrame() if cells is None else cells


def has_unread_birth(cells: pd.DataFrame) -> bool:
    """Whether the cell of one row, in which no birth date was read, says one all the same."""
    return "tanggal_lahir" in cells and any(c.upper() not in NO_DATE for c in cells.tanggal_lahir.dropna().astype(str))


def has_card_from_above(cells: pd.DataFrame) -> bool:
    """Whether a row has its No KK from the row above, as the operator answered."""
    return "diisi" in cells and "no_kk" in set(cells.diisi)


def as_arrow(sides: pd.DataFrame, prefix: str) -> pa.Table:
    """The columns that are compared, with the prefix of a side."""
    return pa.table({f"{prefix}_{field.name}": pa.array(_plain(sides[field.name]), field.type) for field in SIDE})


def _plain(column: pd.Series) -> list[object]:
    return [None if value is None or (not isinstance(value, list) and pd.isna(value)) else value for value in column]


def _distinct(numbers: pd.DataFrame, name: str) -> pd.Series:
    """Every number of a person, today's and the latest first."""
    known = numbers.dropna(subset=[name]).drop_duplicates(["orang_id", name]) if name in numbers else numbers.iloc[:0]
    return known.groupby("orang_id")[name].agg(list)


def _programmes(found: pd.DataFrame, drawn: pd.DataFrame) -> pd.Series:
    """What a person draws himself, and what his family draws."""
    own = drawn[drawn.satuan == "orang"][["orang_id", "program"]]
    home = drawn[drawn.satuan == "keluarga"][["keluarga_id", "program"]]
    of_home = found[["orang_id", "keluarga_id"]].merge(home, on="keluarga_id")[["orang_id", "program"]]
    every = pd.concat([own, of_home]).drop_duplicates().sort_values("program")
    return every.groupby("orang_id").program.agg(", ".join)


def _senders(warehouse: Warehouse, periode: str, berkas: pd.Series) -> pd.Series:
    """Who sent each file, and the file: `blt_dd/21.04.07.2005 (2024-06/blt_dd/BLT Raya.xlsx)`."""
    known = warehouse.query(_FILES, periode=periode).drop_duplicates("berkas").set_index("berkas").pengirim
    return berkas.map(known).astype("object").fillna("-").astype("str") + " (" + berkas.astype("str") + ")"


def _mothers(warehouse: Warehouse, periode: str, places: pd.DataFrame, work: Path) -> tuple[pd.Series, bool]:
    """The mother's name on any row of the person's (`places`): no table of the warehouse has it."""
    found, whole = _standardised(warehouse, periode, places, work)
    named = places.merge(found.dropna(subset=["nama_ibu"]), on=["sumber", *ROW])
    return named.sort_values(["sumber", *ROW]).groupby("orang_id").nama_ibu.first(), whole


def _standardised(warehouse: Warehouse, periode: str, places: pd.DataFrame, work: Path) -> tuple[pd.DataFrame, bool]:
    files = warehouse.query(_FILES, periode=periode)
    parts = [work_rows(work, "baris", str(sumber), of, files) for sumber, of in places.groupby("sumber")]
    there = [part for part in parts if part is not None]
    found = pd.concat(there, ignore_index=True) if there else pd.DataFrame(columns=SHAPE.names)
    return found, len(found) == len(places[ROW].drop_duplicates())
