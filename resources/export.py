"""Refused rows as workbooks, one a sender, for the sender to correct; they hold what was delivered, so nobody else
may open them."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import xlsxwriter

from pipelines.reading.errors import without_numbers
from pipelines.reading.files import told_apart
from resources.denial import denial

_FOLDER, _FILE, _OTHERS = 0o700, 0o600, 0o077
_SHEET_ROWS, _CELL = 1_048_575, 32_767  # below the header; the longest text of a cell
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class ExportError(Exception):
    """The folder cannot take what is private; the message says what to do."""


def private_folder(folder: Path) -> None:
    """Make the folder, or take an empty one; one that others may open is refused where something lies in it."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
        if folder.stat().st_mode & _OTHERS:
            if any(folder.iterdir()):
                raise ExportError(f"Folder {folder} dapat dibuka pengguna lain; pilih folder baru untuk data orang.")
            folder.chmod(_FOLDER)
    except OSError as error:
        raise ExportError(f"Folder {folder} tidak dapat dibuat ({denial(error)}); pilih folder lain.") from None


def file_names(sumber: str, names: Iterable[str], periode: str) -> list[str]:
    """The workbooks' names, one for each of the senders' names, and no two the same."""
    return list(told_apart(file_name(sumber, name, periode) for name in names))


def file_name(sumber: str, name: str, periode: str) -> str:
    """`blt_dd`, `Sungai Pinang`, `2024-06` -> `blt_dd Sungai Pinang 2024-06.xlsx`; no number of a person."""
    plain = re.sub(r"[^\w .-]+", " ", f"{sumber} {name}")
    return f"{without_numbers(' '.join(plain.split()))} {periode}.xlsx"


@contextmanager
def private_draft(path: Path) -> Iterator[Path]:
    """A file of one reader beside `path`, which takes its place at the end; gone where that is not reached."""
    draft = path.with_name(f".{path.name}.tulis")
    try:
        draft.touch(_FILE)
        draft.chmod(_FILE)
        yield draft
        draft.replace(path)
    except OSError as error:
        raise ExportError(f"{path} tidak dapat ditulis ({denial(error)}); pilih folder lain.") from None
    finally:
        draft.unlink(missing_ok=True)


def write_workbook(path: Path, rows: pd.DataFrame) -> None:
    """Write every cell as text, whatever it looks like. The file appears whole."""
    with private_draft(path) as draft, xlsxwriter.Workbook(draft, AS_TEXT) as book:
        bold = book.add_format({"bold": True})
        for start in range(0, max(len(rows), 1), _SHEET_ROWS):
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            for at, name in enumerate(rows.columns):
                sheet.write_string(0, at, str(name), bold)
                for line, cell in enumerate(rows.iloc[start : start + _SHEET_ROWS, at], 1):
                    if isinstance(cell, str):
                        sheet.write_string(line, at, cell[:_CELL])
            sheet.autofit(max_width=400)
