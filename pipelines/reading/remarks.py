"""What stands beside the data under a word that is not used, or under none, and may matter: that somebody has left.

`Ket: MENINGGAL, diganti` takes nobody off a list, since the columns that do are the source's to declare; but it is told
(`perhatian` in `mentah_<source>`: the word, or `tanpa judul`), with its rows and without its text.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.declaration import fold_header
from pipelines.fields import SILENT
from pipelines.reading.header import IGNORED, Header

NAMELESS = "tanpa judul"
# Both engines that search read RE2. A house unfit to live in is no removal.
_NO_REMOVAL = ("tidak layak huni",)
REMOVED = (
    r"(?i)\b(?P<kata>meninggal|wafat|almarhum(?:ah)?|pindah|dicoret|diganti(?:kan)?|tidak layak(?: huni)?|graduasi|"
    r"mengundurkan diri|dikeluarkan|dihapus|non ?aktif|tidak ditemukan|sudah mampu|ganda)\b"
)
# The numbering of rows, and the place for a signature, need no word.
TELLING = r"^[^\x1f]*(?:\pL{2}|\d{4})"
_BETWEEN = "\x1f"


def remark_columns(header: Header) -> tuple[list[int], list[int]]:
    """The columns without a word, and those whose word is not used and may tell; the rest of a merged column is covered
    by its word."""
    nameless, unused, before = list[int](), list[int](), ""
    for at, (word, meaning) in enumerate(zip(header.words, header.meanings, strict=True)):
        if meaning == IGNORED and not (word or before):
            nameless.append(at)
        elif meaning == IGNORED and fold_header(word or before) not in SILENT:
            unused.append(at)
        before = word if meaning == IGNORED else ""
    return nameless, unused


def beside(cells: Sequence[str], nameless: Sequence[int], unused: Sequence[int], width: int) -> str:
    """What one row says in these columns, for `found_in`; `width`: the header's, beyond which nothing has a word."""
    size = len(cells)
    if not nameless and not unused and size <= width:
        return ""
    without = [cells[c] for c in nameless if c < size]
    if size > width:
        without += cells[width:]
    return " ".join(without) + _BETWEEN + " ".join([cells[c] for c in unused if c < size])


def found_in(texts: pa.Array) -> pa.Array:
    """The remark of each text of `beside`: the word, `tanpa judul`, or NULL."""
    word = pc.struct_field(pc.extract_regex(texts, REMOVED), "kata")
    word = pc.utf8_lower(word)
    left = pc.and_(pc.is_valid(word), pc.invert(pc.is_in(word, pa.array(_NO_REMOVAL))))
    said = pc.fill_null(pc.match_substring_regex(texts, TELLING), False)
    return pc.if_else(left, word, pc.if_else(said, NAMELESS, pa.scalar(None, pa.string())))


def sql_of(nameless: Sequence[int], unused: Sequence[int]) -> str:
    """The same of columns c0, c1, ... in SQL; NULL where there is nothing to look at."""
    if not nameless and not unused:
        return "cast(NULL as varchar)"
    text = " || chr(31) || ".join(_joined(columns) for columns in (nameless, unused))
    word = f"lower(regexp_extract({text}, '{REMOVED}', 1))"
    none = ", ".join(f"'{said}'" for said in ("", *_NO_REMOVAL))
    telling = f"regexp_matches({_joined(nameless)}, '{TELLING}')" if nameless else "false"
    return f"case when {word} not in ({none}) then {word} when {telling} then '{NAMELESS}' end"


def _joined(columns: Sequence[int]) -> str:
    return f"concat_ws(' ', {', '.join(f'c{c}' for c in columns)})" if columns else "''"
