"""One period's deliveries: every source written in its office's layout, each with the truth of its rows."""

from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.contoh import files, truth, workbooks
from pipelines.contoh.deliveries import deliver, deliver_desa
from pipelines.contoh.files import BULAN, Columns, TextStyle
from pipelines.contoh.lists import Lists
from pipelines.contoh.people import People

_DTKS_STYLE = TextStyle("|", quoted=True)


class Drop:
    """The deliveries of one period: each `write_` method writes one source and gives the truth of its rows."""

    def __init__(
        self, sumber: Path, people: People, lists: Lists, periode: str, kotor: float, benih: int, first: bool
    ) -> None:
        self.sumber, self.people, self.lists = sumber, people, lists
        self.periode, self.kotor, self.benih, self.first = periode, kotor, benih, first
        code = people.wilayah["kode_kabupaten"].iloc[0]
        self.kode = code.replace(".", "")
        self.kabupaten = people.wilayah["nama_kabupaten"].iloc[0].replace("Kabupaten ", "").upper()
        self.bulan = f"{periode[5:]}{periode[:4]}"

    def write_dtks(self, rng: np.random.Generator, as_text: bool) -> pd.DataFrame:
        rows = deliver(rng, self.people, self.lists, "dtks", self.kotor)
        if self.first:
            columns = files.lay_out_dtks(rows, self.people, self.benih)
        else:
            columns = files.lay_out_bnba(rows, self.people, self.lists, self.benih)
        titles = ("DATA TERPADU KESEJAHTERAAN SOSIAL (BNBA)", f"KABUPATEN {self.kabupaten} - {self._month().upper()}")
        if self.first or as_text or len(rows) + len(titles) + 2 > workbooks.SHEET_ROWS:
            return self._text(rows, "dtks", f"DTKS_{self.kode}_{self.kabupaten}_{self.bulan}.txt", columns, _DTKS_STYLE)
        name = f"BNBA {self.kabupaten} {self._month()}.xlsx"
        workbooks.write_registry_workbook(self._path("dtks", name), columns, titles)
        place = self._place("dtks", name, "BNBA", np.arange(len(rows)) + len(titles) + 3)
        return truth.row_truth(rows, place, self.people, self.periode, "dtks")

    def write_distribution(self, rng: np.random.Generator, source: str, bansos: str) -> pd.DataFrame:
        masked = source == "bpnt" and self.first
        rows = deliver(rng, self.people, self.lists, source, self.kotor, masked=masked)
        columns = files.lay_out_distribution(rows, self.people, bansos, self.periode)
        style = TextStyle("|", eol="\r\n" if source == "bpnt" else "\n",
                          encoding="utf-8" if self.first or source == "bpnt" else "utf-8-sig")  # fmt: skip
        return self._text(rows, source, f"{bansos}_{self.kabupaten}_{self.periode}.csv", columns, style)

    def write_pbi(self, rng: np.random.Generator) -> pd.DataFrame:
        rows = deliver(rng, self.people, self.lists, "pbi_jk", self.kotor)
        columns: Columns = files.lay_out_bpjs_pbi(rows, self.periode)
        if self.first:
            columns = files.lay_out_siks_pbi(rows, self.people)
        return self._text(rows, "pbi_jk", f"PBI_{self.periode}.csv", columns, TextStyle(";", encoding="latin-1"))

    def write_blt(self, rng: np.random.Generator) -> pd.DataFrame:
        keeping = workbooks.draw_keeping(rng, len(self.people.wilayah), self.kotor)
        rows = deliver_desa(rng, self.people, self.lists, self.kotor, keeping.without_nik, keeping.excel)
        folder = self.sumber / self.periode / "blt_dd"
        place = workbooks.write_desa_workbooks(folder, rows, self.people, keeping, self.periode)
        place = place.assign(lembar="Sheet1", berkas=f"{self.periode}/blt_dd/" + place["berkas"])
        return truth.row_truth(rows, place, self.people, self.periode, "blt_dd")

    def _text(
        self, rows: pd.DataFrame, source: str, name: str, columns: Columns, style: TextStyle
    ) -> pd.DataFrame:
        files.write_text(self._path(source, name), columns, style)
        place = self._place(source, name, "", np.arange(len(rows)) + 2)
        return truth.row_truth(rows, place, self.people, self.periode, source)

    def _place(self, source: str, name: str, lembar: str, baris: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame({"berkas": f"{self.periode}/{source}/{name}", "lembar": lembar, "baris": baris})

    def _path(self, source: str, name: str) -> Path:
        return self.sumber / self.periode / source / name

    def _month(self) -> str:
        return f"{BULAN[int(self.periode[5:]) - 1]} {self.periode[:4]}"
