"""The desa that somebody means by what he typed: a code or a name, looked for in a table of regions."""

from typing import NamedTuple

import ibis
import pandas as pd

from pipelines.regions import UNKNOWN_DESA, places_called
from resources.warehouse import Warehouse

_COLUMNS = ["kode_desa", "nama_desa", "jenis", "nama_kecamatan", "kode_lama", "nama_lain"]
REGIONS = f"select {', '.join(_COLUMNS)} from dim_wilayah"  # noqa: S608 - our own names


class Place(NamedTuple):
    """A desa, kelurahan, or those of a kabupaten whose desa no list names."""

    kode: str
    nama: str
    jenis: str
    kecamatan: str

    @property
    def named(self) -> str:
        """Sungai Pinang, Kecamatan Lingga Timur (21.04.07.2005)."""
        return f"{self.nama}, Kecamatan {self.kecamatan} ({self.kode})"

    @property
    def title(self) -> str:
        """The same with its kind."""
        if self.nama == UNKNOWN_DESA:
            return f"{self.nama} ({self.kode}): orang dan keluarga yang desanya tidak disebut daftar mana pun"
        return f"{self.jenis.capitalize()} {self.named}"


class Meant(NamedTuple):
    """`exact`: places that are called just so, one where it is clear; `near`: those that are nearly called so."""

    exact: list[Place]
    near: list[Place]


def published_regions(warehouse: Warehouse) -> pd.DataFrame:
    """Those of every publication: what `places_meant` takes."""
    return warehouse.query(REGIONS)


def places_meant(regions: pd.DataFrame, said: str) -> Meant:
    """What may be meant, the likeliest first. `regions`: dim_wilayah, or the region table of a drop folder."""
    known = regions[_COLUMNS].astype("str").where(lambda t: t != "None", "")
    engine = ibis.duckdb.connect()
    rows = engine.to_pyarrow(places_called(ibis.memtable(known), said.strip())).to_pylist()
    engine.disconnect()
    found = [(r["beda"], Place(r["kode_desa"], r["nama_desa"], r["jenis"], r["nama_kecamatan"])) for r in rows]
    return Meant([place for beda, place in found if beda == 0], [place for beda, place in found if beda])
