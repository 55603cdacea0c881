"""Names of persons reduced to a form that two spellings of one name share (rules: domain.md 2.5)."""

import ibis
import ibis.expr.types as ir

from pipelines.newborns import UNNAMED, with_letters

_TITLES = "H|HJ|HI|HAJI|HAJJAH|KH|DR|DRS|DRA|DRG|IR|PROF|ALM|ALMH|ALMARHUM|ALMARHUMAH|R|TGK|RADEN|ENCIK|USTADZ|USTAZ"
_DEGREES = r"S\. ?PD|S\. ?SOS|S\. ?E|S\. ?H|S\. ?T|ST\.|A\. ?MD|S\. ?ST|S\. ?AG|S\. ?KOM|M\. ?PD"

_NOT_LETTERS = r"[^A-Z]+"
# (pattern, replacement), applied in this order to the upper-case name; A to Z and single spaces remain.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r",.*$", ""),  # degrees stand behind a comma
    (rf"( +({_DEGREES})(\. ?I)?\.?)+ *$", ""),
    (r"['`\x{00b4}\x{02bc}\x{2018}\x{2019}\x{0300}-\x{036f}]", ""),  # apostrophes, and accents written apart
    (r" B\. ?[A-Z].*$", ""),  # BIN; a last initial stays
    (_NOT_LETTERS, " "),
    (r"^ +| +$", ""),
    (r" (BIN|BINTI|BTE|BT) .*$", ""),
    (rf"^(({_TITLES}) )+", ""),
    (r" (ALM|ALMH|ALMARHUM|ALMARHUMAH)$", ""),
    (r"\b(M[UO]HAMM?[AE]D|M[UO]HD?|MHD)\b", "MUHAMMAD"),
    (r"^(MD|M) ", "MUHAMMAD "),
    (r"^(ST|STI|SITTI) ", "SITI "),
    (r"\b(ABDUL|ABDUR|ABD|ABDL|ABDOEL) ", "ABDUL"),
    (r"\bABDURR", "ABDULR"),
    (r"\b(AKHMAD|ACHMAD|AKHMAT|ACHMAT)\b", "AHMAD"),
    (r"\b(NOER|NOR)\b", "NUR"),
    (r"\b[JY](OE|U)S(OE|U)[FP]\b", "YUSUF"),
)
_OLD_SPELLING = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"), ("CH", "KH"), ("V", "F"))
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED, _UNACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ\u00a0", "AAAAAACEEEEIIIINOOOOOUUUUY "

# A plain name that none of the rules touches is its own standard form: most names, and to ask costs a tenth.
_PLAIN_NAME = r"^[A-Z]+( [A-Z]+)*$"
_TOUCHED = "|".join(
    f"(?:{pattern})"
    for pattern in (
        *(pattern for pattern, _ in _SPELLINGS if pattern != _NOT_LETTERS),
        *(old for old, _ in _OLD_SPELLING),
        *(letter * 2 for letter in _LETTERS),
        UNNAMED,
    )
)


SAME_NAME = 0.75  # below this similarity two names are two persons' unless something else agrees


@ibis.udf.scalar.builtin(name="jaro_winkler_similarity")
def similarity(a: str, b: str) -> float:  # type: ignore[empty-body]
    """Jaro-Winkler similarity, 0 to 1: the engine's own function."""


ONE_SLIP = 1  # edits: a digit or letter wrong, missing, too many, or swapped with its neighbour


@ibis.udf.scalar.builtin(name="damerau_levenshtein")
def edits(a: str, b: str) -> int:  # type: ignore[empty-body]
    """Edits that make one name of the other, two letters swapped counting as one: the engine's own function."""


def display_name(raw: ir.StringValue) -> ir.StringValue:
    """The name as it is shown: upper case, single spaces."""
    shown = raw.upper().translate("\u00a0\t", "  ").re_replace(r" +", " ").strip()
    return raw.re_search(_PLAIN_NAME).ifelse(raw, shown)


def standard_name(raw: ir.StringValue) -> ir.StringValue:
    """The name as it is compared: A to Z, without titles and degrees, old spelling folded, no double letters.

    Double letters are folded letter by letter: back-references in a replacement differ between engines.
    """
    given = raw.upper()
    name = with_letters(given)
    name = name.translate(_ACCENTED, _UNACCENTED)
    for pattern, replacement in _SPELLINGS:
        name = name.re_replace(pattern, replacement)
    for old, new in _OLD_SPELLING:
        name = name.replace(old, new)
    for letter in _LETTERS:
        name = name.replace(letter * 2, letter)
    plain = given.re_search(_PLAIN_NAME) & ~given.re_search(_TOUCHED)
    return plain.ifelse(given, name.nullif(""))
