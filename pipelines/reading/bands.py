"""Bands: rows between the data that hold for the rows below them, such as `No. KK : ...` above each family.

Dukcapil's workbooks (BIP) carry the No KK so, lists of a whole kecamatan the desa (domain.md 2.4).
"""

import re
from collections.abc import Sequence, Set

# Field -> what its band looks like: the cells of the row, joined by blanks.
_BANDS = {
    "no_kk": re.compile(
        r"(?:(?:no|nomor)\b[. ]*)?(?:kk|kartu keluarga)\b *[:.=]? *((?:\d[ .'\u00a0-]?){15,17})(?!\d)", re.I
    ),
    # `Desa : Kudung`; without the colon it may be prose, and is a question (rows.py)
    "desa": re.compile(r"(?:desa|kelurahan|desa */ *kelurahan|kelurahan */ *desa) *: *([^\d:]+)", re.I),
}
# A band whose number is damaged or masked: what stood in the one before it holds no more.
_BEGINS = {"no_kk": re.compile(r"(?:no|nomor)\b[. ]*(?:kk|kartu keluarga)\b *[:.=]", re.I)}


def band_of(cells: Sequence[str], fields: frozenset[str]) -> tuple[str, str] | None:
    """The field, of those asked for, that a row states for the rows below it, and its value ('' = not readable)."""
    if not fields:
        return None
    text = " ".join(cell for cell in cells if cell)
    for field in sorted(fields):
        if found := _BANDS[field].match(text):
            return field, found[1].strip()
        if field in _BEGINS and _BEGINS[field].match(text):
            return field, ""
    return None


def fields_of_bands(rows: Sequence[Sequence[str]], columns: Set[str]) -> frozenset[str]:
    """The fields without a column of their own that bands among these rows below a header state."""
    lacking = frozenset(_BANDS) - columns
    return frozenset(found[0] for row in rows if (found := band_of(row, lacking)))
