"""The same drop in another order: its files under names that sort otherwise, the data rows of each in another order."""

import random
import re
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
from lxml import etree

_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def shuffle_drop(sumber: Path, kunci: Path, to: Path, seed: int) -> None:
    """Write the drop below `sumber` anew below `to`; `kunci/baris.csv` says which rows are data."""
    rng = random.Random(seed)
    key = pd.read_csv(kunci / "baris.csv", usecols=["berkas", "baris"])
    for berkas, rows in key.groupby("berkas").baris:
        source = sumber / str(berkas)
        target = to / Path(str(berkas)).with_name(f"{rng.randrange(100, 1_000)} {source.name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        places = sorted(rows)
        another = dict(zip(places, rng.sample(places, len(places)), strict=True))
        (_shuffle_workbook if source.suffix == ".xlsx" else _shuffle_text)(source, target, another)


def _shuffle_text(source: Path, target: Path, another: dict[int, int]) -> None:
    lines = source.read_bytes().splitlines(keepends=True)
    target.write_bytes(b"".join(lines[another.get(at, at) - 1] for at in range(1, len(lines) + 1)))


def _shuffle_workbook(source: Path, target: Path, another: dict[int, int]) -> None:
    """Rows are numbered in the row and in each of its cells."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.startswith("xl/worksheets/"):
                sheet = etree.fromstring(content)
                (data,) = sheet.iter(f"{_SPREADSHEET}sheetData")
                for row in data:
                    at = another.get(int(row.get("r")), int(row.get("r")))
                    row.set("r", str(at))
                    for cell in row:
                        cell.set("r", re.sub(r"\d+", str(at), cell.get("r")))
                data[:] = sorted(data, key=lambda row: int(row.get("r")))
                content = etree.tostring(sheet)
            new.writestr(part, content)
