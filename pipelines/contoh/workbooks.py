"""The workbooks: one BLT-DD list a desa in five layouts, and the registry's workbook with title rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import xlsxwriter
from numpy.typing import NDArray

from pipelines.contoh.draws import Bools, Ints, chance
from pipelines.contoh.files import Columns, place_columns, write_dates
from pipelines.contoh.people import People
from pipelines.contoh.period import Period

SHEET_ROWS = 1_048_576
PEKERJAAN = ("PETANI", "NELAYAN", "BURUH HARIAN LEPAS", "WIRASWASTA", "MENGURUS RUMAH TANGGA")
NOMINAL = 300_000
IDENTIFIERS = ("nik", "no_kk")
_TITLES = 4
CREATED = datetime(2024, 1, 1, tzinfo=UTC)  # else the clock stands in the file


@dataclass(frozen=True)
class Layout:
    """A village's way to keep its list: header words, the field under each, a second header row if any."""

    header: tuple[str, ...]
    fields: tuple[str, ...]
    second: tuple[str | int, ...] = ()

    @property
    def first_row(self) -> int:
        """Physical number of the first data row."""
        return _TITLES + 2 + bool(self.second)


LAYOUTS = (
    Layout(("No", "Nama KPM", "NIK", "No. KK", "Alamat", "Jumlah (Rp)", "Tanda Tangan"),
           ("no", "nama", "nik", "no_kk", "alamat", "nominal", "")),
    Layout(("No", "Nama Kepala Keluarga", "No. KK", "Dusun", "Nominal", ""),
           ("no", "nama", "no_kk", "alamat", "nominal", "")),
    Layout(("NO", "NO KK", "NIK", "NAMA KEPALA KELUARGA", "RT/RW", "", "NOMINAL"),
           ("no", "no_kk", "nik", "nama", "rt", "rw", "nominal"), ("", "", "", "", "RT", "RW", "")),
    Layout(("NO", "NAMA", "NIK", "NKK", "PEKERJAAN", "KET"), ("no", "nama", "nik", "no_kk", "pekerjaan", "")),
    Layout(("No.", "N I K", "Nomor Kartu Keluarga", "Nama Penerima", "Tempat/Tgl Lahir", "Dusun", "Besaran"),
           ("no", "nik", "no_kk", "nama", "ttl", "alamat", "nominal"),
           ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)")),
)  # fmt: skip
WITHOUT_NIK, NUMERIC, NUMBERED = 1, 3, 4


@dataclass(frozen=True)
class Keeping:
    """How each desa keeps its list in one period: number of its layout, and three habits."""

    layout: Ints
    excel: Bools
    spaced: Bools
    short_title: Bools

    @property
    def habits(self) -> NDArray[np.bool_]:
        """One row a desa: excel, spaced, short_title."""
        return np.column_stack([self.excel, self.spaced, self.short_title])

    @property
    def without_nik(self) -> Bools:
        """Which desa keep no NIK."""
        return self.layout == WITHOUT_NIK


@dataclass(frozen=True)
class Village:
    """One desa as the keeper of its list: the words on its workbook."""

    desa: pd.Series
    layout: Layout
    excel: bool
    spaced: bool
    short_title: bool

    def titles(self, period: Period) -> tuple[str, ...]:
        """Title rows; some write `SEI` for `SUNGAI`."""
        name = str(self.desa["nama_desa"])
        shown = name.replace("Sungai ", "Sei ") if self.short_title else name
        kind = str(self.desa["jenis"]).upper()
        place = f"{kind} {shown} KECAMATAN {self.desa['nama_kecamatan']}".upper()
        month = f"BULAN {period.bulan.upper()} TAHUN {period.tahun}"
        return "DAFTAR KELUARGA PENERIMA MANFAAT BLT DANA DESA", place, month

    def header(self) -> list[str]:
        """Header row; some words carry stray blanks."""
        if not self.spaced:
            return list(self.layout.header)
        return [f" {word}  ".replace(" K", "  K") if word else "" for word in self.layout.header]

    def second_header(self) -> Sequence[str | int]:
        """Second header row; Excel reads a typed `(1)` as minus one."""
        if self.spaced and self.layout is LAYOUTS[NUMBERED]:
            return [-number for number in range(1, len(self.layout.header) + 1)]
        return self.layout.second

    def signature(self, period: Period) -> tuple[tuple[int, str], ...]:
        """Rows below the total, and what stands there."""
        name = self.desa["nama_desa"]
        office = "Lurah" if self.desa["jenis"] == "kelurahan" else "Kepala Desa"
        dated = f"{name}, 28 {period.bulan} {period.tahun}"
        return (2, dated), (3, f"{office} {name}"), (5, "( ............................ )")


def draw_keeping(rng: np.random.Generator, desa: int, rate: float) -> Keeping:
    """Draw how each desa keeps its list this period."""
    layout = rng.integers(0, len(LAYOUTS), desa)
    return Keeping(
        layout=layout,
        excel=(layout == NUMERIC) & chance(rng, min(0.45 * rate, 0.9), desa),
        spaced=chance(rng, min(0.2 * rate, 0.9), desa),
        short_title=chance(rng, min(0.3 * rate, 0.9), desa),
    )


def write_desa_workbooks(folder: Path, period: Period, rows: pd.DataFrame, keeping: Keeping) -> pd.DataFrame:
    """Write one workbook for each desa with a row. Give `berkas` (name), `baris` for each of `rows`."""
    folder.mkdir(parents=True, exist_ok=True)
    wilayah = period.people.wilayah
    tables, names = _cells(rows, period.people), _names(wilayah, period)
    desa = rows["desa_ke"].to_numpy()
    first = np.searchsorted(desa, np.arange(len(names)), "left")
    last = np.searchsorted(desa, np.arange(len(names)), "right")
    for at in np.unique(desa):
        part = {name: cells[first[at] : last[at]] for name, cells in tables.items()}
        village = Village(wilayah.iloc[at], LAYOUTS[keeping.layout[at]], *map(bool, keeping.habits[at]))
        _write_list(folder / names[at], part, village, period)
    starts = np.array([layout.first_row for layout in LAYOUTS])[keeping.layout[desa]]
    berkas = pd.Series(names, dtype="str").take(desa).reset_index(drop=True)
    return pd.DataFrame({"berkas": berkas, "baris": starts + np.arange(len(rows)) - first[desa]})


def write_registry_workbook(path: Path, columns: Columns, titles: Sequence[str]) -> None:
    """Write a registry as one sheet `BNBA`: the titles, a blank row, the header, the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("BNBA")
        for number, title in enumerate(titles):
            sheet.write_string(number, 0, title)
        sheet.write_row(len(titles) + 1, 0, list(columns))
        filled = [(at, cells) for at, cells in enumerate(columns.values()) if not isinstance(cells, str) or cells]
        length = next(len(cells) for _, cells in filled if not isinstance(cells, str))
        texts = [[cells] * length if isinstance(cells, str) else cells.to_pylist() for _, cells in filled]
        places = [number for number, _ in filled]
        for at, row in enumerate(zip(*texts, strict=True), start=len(titles) + 2):
            for place, cell in zip(places, row, strict=True):
                if cell:
                    sheet.write_string(at, place, cell)


def _names(wilayah: pd.DataFrame, period: Period) -> list[str]:
    """Name the workbook of each desa; the kecamatan is added where two desa share a name."""
    twice = wilayah["nama_desa"].duplicated(keep=False)
    place = wilayah["nama_desa"].mask(twice, wilayah["nama_desa"] + " " + wilayah["nama_kecamatan"])
    return [f"BLT {name} {period.periode[5:]}-{period.tahun}.xlsx" for name in place]


def _cells(rows: pd.DataFrame, people: People) -> dict[str, list[str]]:
    at = rows["orang"].to_numpy()
    place = place_columns(rows, people)
    return {
        **{name: rows[name].tolist() for name in ("nama", "nik", "no_kk", "kotor")},
        **{name: place[name].to_pylist() for name in ("alamat", "rt", "rw")},
        "ttl": write_dates(people.lahir[at], "ttl").to_pylist(),
        "pekerjaan": pa.array(PEKERJAAN).take(pa.array(at % len(PEKERJAAN))).to_pylist(),
    }


def _write_list(path: Path, part: dict[str, list[str]], village: Village, period: Period) -> None:
    layout, count = village.layout, len(part["nama"])
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet("Sheet1")
        for number, title in enumerate(village.titles(period)):
            sheet.write_string(number, 0, title)
        sheet.write_row(_TITLES, 0, village.header())
        sheet.write_row(_TITLES + 1, 0, village.second_header())
        start = layout.first_row - 1
        for place, field in enumerate(layout.fields):
            column: Sequence[str | int] = part.get(field, ())
            if field == "no":
                column = range(1, count + 1)
            elif field == "nominal":
                column = [NOMINAL] * count
            elif village.excel and field in IDENTIFIERS:
                column = [int(cell) for cell in column]
            sheet.write_column(start, place, column)
        foot = start + count
        sheet.write_string(foot, 0, "JUMLAH")
        sheet.write_number(foot, 5, NOMINAL * count)
        for below, line in village.signature(period):
            sheet.write_string(foot + below, 4, line)
