"""Children who have no name yet: `BAYI NY SITI`, `BY. NY. SITI II`, `ANAK NY SITI`; `ANAK AGUNG` is a name."""

import ibis.expr.types as ir

# Before the name is standardised and after: what stands between the words is a blank then.
UNNAMED = (
    r"^\W*(?:CALON\W+)?(?:(?:AN|ANAK)\W+)?(?:BAYI|BY|JANIN)(?:\W|$)"
    r"|^\W*(?:CALON\W+)?(?:AN|ANAK)\W+(?:NY|NYONYA|IBU|DARI|TN)(?:\W|$)"
    r"|^\W*(?:CALON\W+)?ANAK\W*$"
)
# Twins are numbered, and a name loses its digits and double letters. Letters stay, and a letter in the place of another
# is no slip of the pen.
_LETTERED = ((r"[\W_]+(?:III|3)\W*$", " C"), (r"[\W_]+(?:II|2)\W*$", " B"), (r"[\W_]+(?:I|1)\W*$", " A"))


def is_unnamed(name: ir.StringValue) -> ir.BooleanValue:
    """The name says only whose child it is."""
    return name.re_search(UNNAMED)


def is_of_twins(name: ir.StringValue) -> ir.BooleanValue:
    """A standard name of an unnamed child ends in its letter among twins."""
    return name.re_search(r" [A-C]$")


def with_letters(name: ir.StringValue) -> ir.StringValue:
    """An upper-case name in which unnamed twins have a letter instead of a number: I and 1 are A."""
    lettered = name
    for pattern, letter in _LETTERED:
        lettered = lettered.re_replace(pattern, letter)
    return is_unnamed(name).ifelse(lettered, name)
