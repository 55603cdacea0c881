"""The refused rows of a period by who sent them: from the warehouse, or as the last run of the period left them."""

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from resources.warehouse import Warehouse
from resources.work_rows import ROW

_TABLES = {
    "karantina": "select sumber, berkas, lembar, baris, kolom, alasan, pesan, kode_desa from karantina"
                 " where periode = :periode",
    "neraca_baris": "select sumber, berkas, sidik_berkas, pengirim, dikarantina from neraca_baris"
                    " where periode = :periode",
    "dim_wilayah": "select kode_desa, nama_desa, nama_kecamatan from dim_wilayah",
}  # fmt: skip


@dataclass(frozen=True)
class Refusals:
    """`rows`: one row a reason, with sumber, pengirim and kode_desa; `files`: one row a file; `desa`: code -> name."""

    periode: str
    published: bool
    rows: pd.DataFrame
    files: pd.DataFrame
    desa: dict[str, str]

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
    files, regions = tables["neraca_baris"], tables["dim_wilayah"].drop_duplicates("kode_desa")
    files = files.assign(pengirim=files.pengirim.fillna(files.sumber))  # published before senders were known
    rows = tables["karantina"].merge(files[["berkas", "pengirim"]], on="berkas")
    twice = regions.nama_desa.duplicated(keep=False)
    named = regions.nama_desa.mask(twice, regions.nama_desa + " " + regions.nama_kecamatan)
    return Refusals(periode, published, rows, files, dict(zip(regions.kode_desa, named, strict=True)))
