"""Names of persons reduced to a form that two spellings of one name share (rules: domain.md 2.5)."""

import ibis
import ibis.expr.types as ir

_TITLES = "H|HJ|HI|HAJI|HAJJAH|KH|DR|DRS|DRA|DRG|IR|PROF|ALM|ALMH|ALMARHUM|ALMARHUMAH|R|TGK|RADEN|ENCIK|USTADZ|USTAZ"

# (pattern, replacement), applied in this order to the upper-case name; A to Z and single spaces remain.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r",.*$", ""),  # degrees stand behind a comma
    (r" (S\. ?PD|S\. ?SOS|S\. ?E|S\. ?H|S\. ?T|ST\.|A\. ?MD|S\. ?ST|S\. ?AG|S\. ?KOM|M\. ?PD)(\. ?I)?\.?$", ""),
    (r"['`\x{2018}\x{2019}]", ""),
    (r"[^A-Z]+", " "),
    (r"^ +| +$", ""),
    (r" (BIN|BINTI|BTE|BT) .*$", ""),
    (rf"^(({_TITLES}) )+", ""),
    (r" (ALM|ALMH|ALMARHUM|ALMARHUMAH)$", ""),
    (r"^(MUHAMAD|MOHAMMAD|MOHAMAD|MUHAMED|MUH|MUHD|MOH|MOHD|MHD|MD|M) ", "MUHAMMAD "),
    (r"^(MUHAMAD|MOHAMMAD|MOHAMAD|MUHAMED)$", "MUHAMMAD"),
    (r"^(ST|STI|SITTI) ", "SITI "),
    (r"\b(ABDUL|ABD|ABDL|ABDOEL) ", "ABDUL"),
    (r"\bABDURR", "ABDULR"),
    (r"\b(AKHMAD|ACHMAD|AKHMAT|ACHMAT)\b", "AHMAD"),
    (r"\b(NOER|NOR)\b", "NUR"),
)
_OLD_SPELLING = (("OE", "U"), ("DJ", "J"), ("TJ", "C"), ("SJ", "SY"), ("NJ", "NY"), ("CH", "KH"), ("V", "F"))
_ACCENTED, _PLAIN = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ\u00a0", "AAAAAACEEEEIIIINOOOOOUUUUY "


@ibis.udf.scalar.builtin(name="jaro_winkler_similarity")
def similarity(a: str, b: str) -> float:  # type: ignore[empty-body]
    """Jaro-Winkler similarity, 0 to 1: the engine's own function."""


def display_name(raw: ir.StringValue) -> ir.StringValue:
    """The name as it is shown: upper case, single spaces."""
    return raw.upper().translate("\u00a0\t", "  ").re_replace(r" +", " ").strip()


def standard_name(raw: ir.StringValue) -> ir.StringValue:
    """The name as it is compared: A to Z, without titles and degrees, old spelling folded, no double letters.

    Double letters are folded letter by letter: back-references in a replacement differ between engines.
    """
    name = raw.upper().translate(_ACCENTED, _PLAIN)
    for pattern, replacement in _SPELLINGS:
        name = name.re_replace(pattern, replacement)
    for old, new in _OLD_SPELLING:
        name = name.replace(old, new)
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        name = name.replace(letter * 2, letter)
    return name.nullif("")
