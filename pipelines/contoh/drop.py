"""One drop: every source written in its office's layout, each with the truth of its rows."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.contoh import files, workbooks
from pipelines.contoh.deliveries import deliver, deliver_desa
from pipelines.contoh.files import TextStyle
from pipelines.contoh.period import Period
from pipelines.contoh.truth import row_truth


def write_drop(sumber: Path, period: Period, as_text: bool) -> list[pd.DataFrame]:
    """Write the five sources of a period below `sumber/<periode>`; give the truth of their rows."""
    return [
        _write_dtks(sumber, period, as_text),
        _write_distribution(sumber, period, "pkh", "PKH"),
        _write_distribution(sumber, period, "bpnt", "SEMBAKO"),
        _write_pbi(sumber, period),
        _write_blt(sumber, period),
    ]


def _write_dtks(sumber: Path, period: Period, as_text: bool) -> pd.DataFrame:
    rows = deliver(period, "dtks")
    columns = files.lay_out_dtks(period, rows) if period.first else files.lay_out_bnba(period, rows)
    month = f"{period.bulan} {period.tahun}"
    titles = ("DATA TERPADU KESEJAHTERAAN SOSIAL (BNBA)", f"KABUPATEN {period.kabupaten} - {month.upper()}")
    head = len(titles) + 2
    if period.first or as_text or len(rows) + head > workbooks.SHEET_ROWS:
        code = str(period.people.wilayah["kode_kabupaten"].iloc[0]).replace(".", "")
        name = f"DTKS_{code}_{period.kabupaten}_{period.periode[5:]}{period.tahun}.txt"
        berkas = f"{period.periode}/dtks/{name}"
        files.write_text(sumber / berkas, columns, TextStyle("|", quoted=True))
        return _truth(period, rows, berkas)
    berkas = f"{period.periode}/dtks/BNBA {period.kabupaten} {month}.xlsx"
    workbooks.write_registry_workbook(sumber / berkas, columns, titles)
    return _truth(period, rows, berkas, lembar="BNBA", head=head)


def _write_distribution(sumber: Path, period: Period, source: str, bansos: str) -> pd.DataFrame:
    rows = deliver(period, source, masked=source == "bpnt" and period.first)
    style = TextStyle("|", encoding="utf-8" if period.first else "utf-8-sig")
    if source == "bpnt":
        style = TextStyle("|", eol="\r\n")
    berkas = f"{period.periode}/{source}/{bansos}_{period.kabupaten}_{period.periode}.csv"
    files.write_text(sumber / berkas, files.lay_out_distribution(period, rows, bansos), style)
    return _truth(period, rows, berkas)


def _write_pbi(sumber: Path, period: Period) -> pd.DataFrame:
    rows = deliver(period, "pbi_jk")
    lay_out = files.lay_out_siks_pbi if period.first else files.lay_out_bpjs_pbi
    berkas = f"{period.periode}/pbi_jk/PBI_{period.periode}.csv"
    files.write_text(sumber / berkas, lay_out(period, rows), TextStyle(";", encoding="latin-1"))
    return _truth(period, rows, berkas)


def _write_blt(sumber: Path, period: Period) -> pd.DataFrame:
    keeping = workbooks.draw_keeping(period.rng, len(period.people.wilayah), period.kotor)
    rows = deliver_desa(period, keeping.without_nik, keeping.excel)
    place = workbooks.write_desa_workbooks(sumber / period.periode / "blt_dd", period, rows, keeping)
    berkas = f"{period.periode}/blt_dd/" + place["berkas"]
    return row_truth(period, "blt_dd", rows, place.assign(berkas=berkas, lembar="Sheet1"))


def _truth(period: Period, rows: pd.DataFrame, berkas: str, lembar: str = "", head: int = 1) -> pd.DataFrame:
    """Say where the rows of one file stand, that has `head` rows above them."""
    place = pd.DataFrame({"berkas": berkas, "lembar": lembar, "baris": np.arange(len(rows)) + head + 1})
    return row_truth(period, berkas.split("/")[1], rows, place)
