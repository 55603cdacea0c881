"""The refused rows of a period by who sent them: from the warehouse, or as the last run of the period left them."""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from resources.places import REGIONS
from resources.warehouse import Warehouse
from resources.work_rows import ROW

_TABLES = {
    "karantina": "select sumber, berkas, lembar, baris, kolom, alasan, pesan, kode_desa from karantina"
                 " where periode = :periode",
    "neraca_baris": "select sumber, berkas, sidik_berkas, pengirim, dikarantina from neraca_baris"
                    " where periode = :periode",
    "dim_wilayah": REGIONS,
}  # fmt: skip


@dataclass(frozen=True)
class Refusals:
    """`rows`: one row a reason, with sumber, pengirim and kode_desa; `files`: one row a file; `regions`: the desa that
    the rows may name."""

    periode: str
    published: bool
    rows: pd.DataFrame
    files: pd.DataFrame
    regions: pd.DataFrame

    def of(self, sumber: str | None, desa: str | None) -> "Refusals":
        """Only those of a source, or of a desa: rows that name it and rows that it sent."""
        rows, files = self.rows, self.files
        if sumber:
            rows, files = rows[rows.sumber == sumber], files[files.sumber == sumber]
        if desa:
            rows = rows[(rows.kode_desa == desa) | rows.pengirim.str.endswith(f"/{desa}")]
        return replace(self, rows=rows, files=files)

    def name(self, pengirim: str) -> str:
        """How a reader knows a sender: the name of its desa, else what stands below its source."""
        below = pengirim.partition("/")[2]
        return self.desa.get(below, below)

    def senders(self) -> dict[str, list[str]]:
        """Source -> who of its senders had a row refused, in order."""
        return {str(sumber): sorted(of.unique()) for sumber, of in self.rows.groupby("sumber").pengirim}

    @cached_property
    def desa(self) -> dict[str, str]:
        """Code -> name, with the kecamatan where two have one name."""
        own = self.regions.drop_duplicates("kode_desa")
        twice = own.nama_desa.duplicated(keep=False)
        return dict(
            zip(own.kode_desa, own.nama_desa.mask(twice, own.nama_desa + " " + own.nama_kecamatan), strict=True)
        )

    @property
    def refused(self) -> int:
        """Rows refused; one may have several reasons."""
        return len(self.rows[ROW].drop_duplicates())

    @property
    def balance(self) -> int:
        """The same by the balance of the files."""
        return int(self.files.dikarantina.sum())


def read_refusals(warehouse: Warehouse, periode: str, work: Path) -> Refusals | None:
    """Those of what is published; else of what lies in the work folder; None where there is neither."""
    published = warehouse.active(periode) is not None
    if published:
        tables = {name: warehouse.query(query, periode=periode) for name, query in _TABLES.items()}
    elif all((work / f"{name}.parquet").exists() for name in _TABLES):
        tables = {name: pd.read_parquet(work / f"{name}.parquet") for name in _TABLES}
    else:
        return None
    files = tables["neraca_baris"]
    files = files.assign(pengirim=files.pengirim.fillna(files.sumber))  # published before senders were known
    rows = tables["karantina"].merge(files[["berkas", "pengirim"]], on="berkas")
    return Refusals(periode, published, rows, files, tables["dim_wilayah"])
