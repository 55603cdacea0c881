"""A workbook of OpenSID's aid programmes: the sheet `Program` says what the column `Peserta` of the other one holds.

`Program` has key and value side by side: ID Program, Nama Program, Sasaran (1 penduduk, 2 keluarga, 3 rumah tangga,
4 kelompok), Rentang Waktu ... In `Peserta` a row `###` ends the data (pipelines/reading/rows.py).
"""

from collections.abc import Mapping
from dataclasses import replace

from pipelines.declaration import Source, fold_header
from pipelines.handover import OPENSID_PESERTA_KELUARGA, OPENSID_PESERTA_PENDUDUK
from pipelines.reading.errors import Refused

_SHEET, _TARGET, _NAME = "program", "sasaran", "namaprogram"
_LISTED = frozenset(map(fold_header, OPENSID_PESERTA_KELUARGA.marks))
_MEMBERS = {
    "1": OPENSID_PESERTA_PENDUDUK, "penduduk": OPENSID_PESERTA_PENDUDUK,
    "2": OPENSID_PESERTA_KELUARGA, "keluarga": OPENSID_PESERTA_KELUARGA,
}  # fmt: skip

Heads = Mapping[str, list[list[str]]]


def for_workbook(source: Source, sheets: Heads) -> Source:
    """The source as it reads a workbook, given the first rows of each sheet: a programme's list as its target says."""
    if not any(_is_list(row) for rows in sheets.values() for row in rows):
        return source
    told = next((rows for name, rows in sheets.items() if fold_header(name) == _SHEET), [])
    if _is_of_another_programme(source, _beside(told, _NAME)):
        raise Refused(
            f"Nama Program pada lembar Program bukan {source.program}; pindahkan berkas ini ke folder sumbernya, atau "
            "betulkan namanya bila memang program ini"
        )
    target = _beside(told, _TARGET)
    layout = _MEMBERS.get(target[0] if target[:1].isdecimal() else target)  # its number where one leads
    if layout is None:
        raise Refused(
            "kolom Peserta berisi NIK atau No KK menurut Sasaran pada lembar Program, dan lembar itu tidak menyebut "
            "1 (penduduk) atau 2 (keluarga); ekspor ulang program bantuan itu dari OpenSID"
        )
    return replace(source, layouts=(layout, *source.layouts))


def _is_list(row: list[str]) -> bool:
    return frozenset(map(fold_header, row)) >= _LISTED


def _beside(rows: list[list[str]], key: str) -> str:
    """The folded value beside a key, '' where there is none."""
    for row in rows:
        filled = [fold_header(cell) for cell in row if cell]
        at = next((n for n, word in enumerate(filled) if word.startswith(key)), None)
        if at is not None and len(filled) > at + 1:
            return filled[at + 1]
    return ""


def _is_of_another_programme(source: Source, named: str) -> bool:
    """Whether the sheet names a programme, and by none of the words for the source's own."""
    own = [fold_header(word) for word in (*source.programs, source.title)]
    return bool(source.programs and named) and not any(word in named or named in word for word in own)
