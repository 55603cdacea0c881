"""No KK written in the first row of each family alone, the cells below it blank and not merged.

Blank may as well mean that nobody knows it, so nothing is filled in unless the operator answered so for this sender
(`kosong:no_kk,isi ke bawah`). What is filled is named in `diisi` of `mentah_<source>`.
"""

import re
from collections.abc import Sequence

from pipelines.declaration import Source
from pipelines.reading.header import Header
from pipelines.reading.rows import RowKind

_FIELD = "no_kk"
# Below these a family of the rows above does not go on; it does over a header that is repeated on the next page.
_PAGE: frozenset[RowKind] = frozenset(("kepala", "nomor"))
_PLACES = ("kecamatan", "desa", "kode_wilayah", "dusun")
# A head of a family has a card of his own, in words however short or as most forms number him.
_HEAD = re.compile(r"\b(?:kep(?:ala)?|kpl|ka|kk)\b|^\W*0?1(?!\d)", re.I)


class FilledDown:
    """Fills the rows of one table, downwards; false where that was not asked for, or no column has the number."""

    def __init__(self, source: Source, header: Header) -> None:
        """`source`: with the operator's answers for the file."""
        names = list(source.kinds())
        self._asked = _FIELD in source.filled_down and _FIELD in header.columns
        self._at = names.index(_FIELD) if self._asked else -1
        self._head = names.index("hubungan_keluarga") if "hubungan_keluarga" in names else -1
        self._places = [at for at, name in enumerate(names) if name in _PLACES]
        self._held: tuple[str, bool, list[str | None]] | None = None

    def __bool__(self) -> bool:
        """Whether anything is to be filled in."""
        return self._asked

    def pass_over(self, jenis: RowKind) -> None:
        """Take note of a row that is no data."""
        if jenis not in _PAGE:
            self._held = None

    def fill(self, fields: list[str | None], angka: str, *, sure: bool) -> tuple[str, str | None]:
        """Write the number of the row above into a data row that has none; return its `sel_angka` and `diisi`.

        `sure`: its cells stand where the header says; from and into another nothing is filled.
        """
        own, places = fields[self._at], [fields[at] for at in self._places]
        if own:
            self._held = (own, _FIELD in angka.split(), places) if sure else None
        elif self._held is None or not sure or self._is_head(fields) or _differ(self._held[2], places):
            self._held = None
        else:
            fields[self._at] = self._held[0]
            return f"{angka} {_FIELD}".strip() if self._held[1] else angka, _FIELD
        return angka, None

    def _is_head(self, fields: Sequence[str | None]) -> bool:
        return self._head >= 0 and _HEAD.search(fields[self._head] or "") is not None


def _differ(above: Sequence[str | None], below: Sequence[str | None]) -> bool:
    return any(a and b and a.casefold() != b.casefold() for a, b in zip(above, below, strict=True))
