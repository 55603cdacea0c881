"""The workbooks: one BLT-DD list a desa in five layouts, and the registry's workbook with title rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import xlsxwriter

from pipelines.contoh.files import BULAN, Columns, place_columns, write_dates
from pipelines.contoh.people import Bools, Ints, People

SHEET_ROWS = 1_048_576
PEKERJAAN = ("PETANI", "NELAYAN", "BURUH HARIAN LEPAS", "WIRASWASTA", "MENGURUS RUMAH TANGGA")
NOMINAL = 300_000
_TITLES = 4


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
    def without_nik(self) -> Bools:
        """Which desa keep no NIK."""
        return self.layout == WITHOUT_NIK


def draw_keeping(rng: np.random.Generator, desa: int, rate: float) -> Keeping:
    """Draw how each desa keeps its list this period."""
    layout = rng.integers(0, len(LAYOUTS), desa)
    return Keeping(
        layout=layout,
        excel=(layout == NUMERIC) & (rng.random(desa) < min(0.45 * rate, 0.9)),
        spaced=rng.random(desa) < min(0.2 * rate, 0.9),
        short_title=rng.random(desa) < min(0.3 * rate, 0.9),
    )


def write_desa_workbooks(
    folder: Path, rows: pd.DataFrame, people: People, keeping: Keeping, periode: str
) -> pd.DataFrame:
    """Write one workbook for each desa with a row. Give `berkas` (name), `baris` for each of `rows`."""
    folder.mkdir(parents=True, exist_ok=True)
    tables, names = _cells(rows, people), _names(people.wilayah, periode)
    desa = rows["desa_ke"].to_numpy()
    first = np.searchsorted(desa, np.arange(len(names)), "left")
    last = np.searchsorted(desa, np.arange(len(names)), "right")
    for at in np.unique(desa):
        part = {name: cells[first[at] : last[at]] for name, cells in tables.items()}
        _write_list(folder / names[at], part, people.wilayah.iloc[at], keeping, at, periode)
    starts = np.array([layout.first_row for layout in LAYOUTS])[keeping.layout[desa]]
    berkas = pd.Series(names, dtype="str").take(desa).reset_index(drop=True)
    return pd.DataFrame({"berkas": berkas, "baris": starts + np.arange(len(rows)) - first[desa]})


def write_registry_workbook(path: Path, columns: Columns, titles: Sequence[str]) -> None:
    """Write a registry as one sheet `BNBA`: the titles, a blank row, the header, the rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("BNBA")
        for number, title in enumerate(titles):
            sheet.write_string(number, 0, title)
        sheet.write_row(len(titles) + 1, 0, list(columns))
        filled = [(number, cells) for number, cells in enumerate(columns.values()) if not isinstance(cells, str) or cells]
        length = next(len(cells) for _, cells in filled if not isinstance(cells, str))
        texts = [[cells] * length if isinstance(cells, str) else cells.to_pylist() for _, cells in filled]
        places = [number for number, _ in filled]
        for at, row in enumerate(zip(*texts, strict=True), start=len(titles) + 2):
            for place, cell in zip(places, row, strict=True):
                if cell:
                    sheet.write_string(at, place, cell)


def _names(wilayah: pd.DataFrame, periode: str) -> list[str]:
    """Name the workbook of each desa; the kecamatan is added where two desa share a name."""
    twice = wilayah["nama_desa"].duplicated(keep=False)
    place = wilayah["nama_desa"].mask(twice, wilayah["nama_desa"] + " " + wilayah["nama_kecamatan"])
    return [f"BLT {name} {periode[5:]}-{periode[:4]}.xlsx" for name in place]


def _cells(rows: pd.DataFrame, people: People) -> dict[str, list[str]]:
    at = rows["orang"].to_numpy()
    place = place_columns(rows, people)
    return {
        **{name: rows[name].tolist() for name in ("nama", "nik", "no_kk", "kotor")},
        **{name: place[name].to_pylist() for name in ("alamat", "rt", "rw")},
        "ttl": write_dates(people.lahir[at], "ttl").to_pylist(),
        "pekerjaan": pa.array(PEKERJAAN).take(pa.array(at % len(PEKERJAAN))).to_pylist(),
    }


def _write_list(
    path: Path, part: dict[str, list[str]], desa: pd.Series, keeping: Keeping, at: int, periode: str
) -> None:
    layout, count = LAYOUTS[keeping.layout[at]], len(part["nama"])
    village = desa["jenis"] != "kelurahan"
    name, month = str(desa["nama_desa"]), BULAN[int(periode[5:]) - 1]
    shown = name.replace("Sungai ", "Sei ") if keeping.short_title[at] else name
    header = [f" {word}  ".replace(" K", "  K") if keeping.spaced[at] and word else word for word in layout.header]
    second: tuple[str | int, ...] = layout.second
    if keeping.layout[at] == NUMBERED and keeping.spaced[at]:
        second = tuple(-number for number in range(1, len(header) + 1))  # Excel reads `(1)` as minus one
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        kind = "DESA" if village else "KELURAHAN"
        sheet.write_string(0, 0, "DAFTAR KELUARGA PENERIMA MANFAAT BLT DANA DESA")
        sheet.write_string(1, 0, f"{kind} {shown} KECAMATAN {desa['nama_kecamatan']}".upper())
        sheet.write_string(2, 0, f"BULAN {month.upper()} TAHUN {periode[:4]}")
        sheet.write_row(_TITLES, 0, header)
        sheet.write_row(_TITLES + 1, 0, second)
        start = layout.first_row - 1
        for place, field in enumerate(layout.fields):
            column: Sequence[str | int] = part.get(field, ())
            if field == "no":
                column = range(1, count + 1)
            elif field == "nominal":
                column = [NOMINAL] * count
            elif keeping.excel[at] and field in ("nik", "no_kk"):
                column = [int(cell) for cell in column]
            sheet.write_column(start, place, column)
        foot = start + count
        sheet.write_string(foot, 0, "JUMLAH")
        sheet.write_number(foot, 5, NOMINAL * count)
        sheet.write_string(foot + 2, 4, f"{name}, 28 {month} {periode[:4]}")
        sheet.write_string(foot + 3, 4, f"{'Kepala Desa' if village else 'Lurah'} {name}")
        sheet.write_string(foot + 5, 4, "( ............................ )")
