"""The workbook of pairs: both sides beside each other for an officer, and his answers read back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from pipelines.judgement import ANSWER, CHOICES, KEY, PERIOD, REASON, SEAL, SHEET, Answer, Book
from pipelines.link_words import masked
from resources.export import AS_TEXT, ExportError, private_draft

# Column of a side -> what an officer calls it.
_SIDES = {
    "nama": "nama", "nik": "NIK", "no_kk": "No KK", "tanggal_lahir": "tanggal lahir", "nama_ibu": "nama ibu",
    "nama_desa": "desa", "program": "program", "pengirim": "pengirim dan berkas",
}  # fmt: skip
_BESIDE = {
    "sama": "yang sama",
    "beda": "yang beda",
    "bukti": "menurut pemadanan",
    "skor": "kemiripan",
    "asal": "baris asal sisi 2",
}
_NEEDED = (KEY, SEAL, PERIOD, ANSWER, REASON)
_WIDTH, _REASON_WIDTH = 22, 40
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


def write_pairs(path: Path, pairs: pd.DataFrame) -> None:
    """One row a pair: KEY, PERIOD, SEAL, a_ and b_ columns of the sides, and those of _BESIDE; every cell is text. Of a
    damaged number what is left of it is shown, masked as `perlinsos mengapa` masks it.

    Only the answer and its reason can be filled in.
    """
    columns = [KEY, *(f"{title} {n}" for title in _SIDES.values() for n in (1, 2)), *_BESIDE.values()]
    columns += [ANSWER, REASON, PERIOD, SEAL]
    sources = [KEY, *(f"{side}_{name}" for name in _SIDES for side in "ab"), *_BESIDE, "", "", PERIOD, SEAL]
    with private_draft(path) as draft, xlsxwriter.Workbook(draft, AS_TEXT) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.protect("", _ALLOWED)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        free = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "locked": False, "border": 1})
        sheet.write_row(0, 0, columns, book.add_format({"bold": True, "text_wrap": True, "valign": "top"}))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(pairs), 1), len(columns) - 1)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.set_column(columns.index(REASON), columns.index(REASON), _REASON_WIDTH)
        for at, source in enumerate(sources):
            for line, cell in enumerate(_texts(pairs, source), 1):
                sheet.write_string(line, at, cell, text if source else free)
        answers = columns.index(ANSWER)
        sheet.data_validation(1, answers, max(len(pairs), 1), answers, {
            "validate": "list", "source": list(CHOICES), "error_title": "Jawaban",
            "error_message": "Pilih ya atau tidak; kosongkan bila belum tahu.",
        })  # fmt: skip


def read_answers(path: Path) -> Book:
    """A workbook that comes back. ExportError: it is not such a workbook, and why."""
    if not path.exists():
        raise ExportError(f"{path}: berkas itu tidak ada; periksa nama dan foldernya.")
    try:
        book = CalamineWorkbook.from_path(path)
        if SHEET not in book.sheet_names:
            raise ExportError(
                f"{path.name}: lembar {SHEET} tidak ada; pakai buku kerja dari perlinsos tinjau --ekspor."
            )
        head, *rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False) or [[]]
    except PasswordError:
        raise ExportError(f"{path.name}: buku kerja ini berkata sandi; simpan tanpa kata sandi.") from None
    except (CalamineError, ZipError, OSError) as error:
        raise ExportError(f"{path.name}: tidak terbaca ({type(error).__name__}); simpan sebagai .xlsx.") from None
    if missing := [name for name in _NEEDED if name not in head]:
        raise ExportError(
            f"{path.name}, lembar {SHEET}, baris 1: kolom {', '.join(missing)} tidak ada; jangan mengubah kepalanya."
        )
    found = list(_filled([dict(zip(map(str, head), map(_cell, row), strict=False)) for row in rows]))
    periods = {period for period, _ in found}
    if len(periods) != 1:
        raise ExportError(f"{path.name}: buku kerja harus berisi pasangan satu periode; ekspor ulang.")
    return Book(path.name, periods.pop(), [answer for _, answer in found])


def _filled(rows: list[dict[str, str]]) -> Iterator[tuple[str, Answer]]:
    """The rows with anything in them, by their line in the sheet."""
    for line, row in enumerate(rows, 2):
        if any(row.values()):
            yield row[PERIOD], Answer(line, row[KEY], row[SEAL], row[ANSWER], row[REASON])


def _cell(value: object) -> str:
    return str(value).strip()


def _texts(pairs: pd.DataFrame, source: str) -> Iterator[str]:
    """The cells of one column; blank where there is none."""
    left = pairs.get(f"{source}_tertulis", [None] * len(pairs))
    for cell, written in zip(pairs[source] if source else [""] * len(pairs), left, strict=True):
        text = _as_text(cell)
        yield text or (f"tertulis {masked(written)}" if isinstance(written, str) and written else "")


def _as_text(cell: Any) -> str:
    """A list joined by commas, a date as officers write it, nothing for what is unknown."""
    if isinstance(cell, list):
        return ", ".join(cell)
    if cell is None or pd.isna(cell):
        return ""
    return cell.strftime("%d-%m-%Y") if hasattr(cell, "strftime") else str(cell)
