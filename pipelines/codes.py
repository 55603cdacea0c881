"""Cells of few different values: codes and words of a source become the words that every stage knows.

A code means what its form says (`tata_letak`): 3 is GANDA in one list and PINDAH in another. What is not in a form's
table stands for nothing and is never read by another's.
"""

from collections.abc import Collection, Mapping

import ibis
import ibis.expr.types as ir

from pipelines.declaration import Category, Source, fold_header
from pipelines.handover import POPULATION, layouts_of

_MALE = ("1", "L", "LK", "LAKI-LAKI", "LAKI LAKI", "LAKILAKI", "PRIA", "M")
_FEMALE = ("2", "P", "PR", "PEREMPUAN", "WANITA", "F")
HEAD = "KEPALA KELUARGA"
_UNRANKED = ("", "-", "0", "belumditentukan", "belumperingkat", "belumdiperingkat", "belumadaperingkat", "null")
MAX_DESIL = 10
_OWN = r"\b(sendiri|pribadi|milik)\b"


def fold_cell(cell: ir.StringValue) -> ir.StringValue:
    """A cell of a word or code for comparison."""
    return cell.lower().re_replace(r"[^a-z0-9]", "")


def _by_form(source: Source, field: str, cell: ir.StringValue, form: ir.StringValue, usual: ir.Value) -> ir.Value:
    """What the cell stands for in a form with codes of its own, else `usual`."""
    own = [
        (form == layout.name, fold_cell(cell).cases(*layout.codes[field].items()))
        for layout in layouts_of(source)
        if field in layout.codes
    ]
    return ibis.cases(*own, else_=usual) if own else usual


def sex_of(source: Source, cell: ir.StringValue, form: ir.StringValue) -> ir.StringValue:
    """L or P; NULL where the cell says neither."""
    word = cell.upper().strip()
    usual = ibis.cases((word.isin(_MALE), "L"), (word.isin(_FEMALE), "P"))
    return _by_form(source, "jenis_kelamin", cell, form, usual)


def relation_of(source: Source, cell: ir.StringValue, form: ir.StringValue) -> ir.StringValue:
    """The relation to the head of the family, in the form's words or as written."""
    written = cell.upper().nullif("")
    heads = [layout.name for layout in layouts_of(source) if layout.heads]
    said = _by_form(source, "hubungan_keluarga", cell, form, written)
    return ibis.cases((form.isin(heads), HEAD), else_=said) if heads else said


def status_of(source: Source, cell: ir.StringValue, population: ir.StringValue, form: ir.StringValue) -> ir.StringValue:
    """AKTIF or the cause of a removal, by the form, else by the source's word, else by what a population register says
    of the person; NULL where a word is in no table."""
    listed: ir.StringValue = ibis.literal("AKTIF")
    if source.statuses:
        listed = _by_form(source, "status", cell, form, _meaning_of(source.statuses, fold_cell(cell)))
    living = _by_form(source, "status_dasar", population, form, fold_cell(population).cases(*POPULATION.items()))
    removed = [(form == x.name, ibis.literal(x.status)) for x in layouts_of(source) if x.status]
    return ibis.cases(
        *removed,
        (listed.isnull() | living.isnull(), ibis.null("string")),
        (listed != "AKTIF", listed),
        else_=living,
    )


def _meaning_of(words: Mapping[str, str], folded: ir.StringValue) -> ir.StringValue:
    """What a folded cell stands for: a whole word, else one that it begins with; NULL where it is neither."""
    whole = folded.cases(*((fold_header(w), meaning) for w, meaning in words.items() if not w.endswith("*")))
    begun = [(folded.startswith(fold_header(w)), meaning) for w, meaning in words.items() if w.endswith("*")]
    return whole.coalesce(ibis.cases(*begun)) if begun else whole


def is_of_another_programme(source: Source, cell: ir.StringValue) -> ir.BooleanValue:
    """The row names a programme, and not the source's own."""
    return _is_named_otherwise(source.programs, cell)


def is_of_another_segment(source: Source, cell: ir.StringValue) -> ir.BooleanValue:
    """The row names a segment of members, and none of the source's own."""
    return _is_named_otherwise(source.segments, cell)


def _is_named_otherwise(names: Collection[str], cell: ir.StringValue) -> ir.BooleanValue:
    if not names:
        return ibis.literal(False)
    named = cell.upper().re_replace(r"[^A-Z0-9]+", " ").strip()
    return (named != "") & ~named.isin(names)


def category_of(source: Source, cell: ir.StringValue) -> ir.StringValue:
    """The code of the category that the cell names by code, number or name; NULL where there is none."""
    words = {word: c.code for c in source.categories for word in words_of(c)}
    return fold_cell(cell).cases(*words.items()) if words else ibis.null("string")


def words_of(category: Category) -> set[str]:
    """Every folded way to name a category."""
    number = category.code.rpartition("-")[2]
    numbers = {number, number.lstrip("0")} if number.isdecimal() else set()
    return {fold_header(word) for word in (category.code, category.name, *category.also)} | numbers


def bounds_of(source: Source, code: ir.StringValue) -> dict[str, ir.Value]:
    """Of which age (umur_dari, umur_sampai: full years) and sex (kelamin_jenis) somebody of the category is; NULL: of
    any."""
    aged = [(c.code, c.ages) for c in source.categories if c.ages]
    sexed = [(c.code, c.sex) for c in source.categories if c.sex]
    return {
        "umur_dari": code.cases(*((c, ages[0]) for c, ages in aged)) if aged else ibis.null("int64"),
        "umur_sampai": code.cases(*((c, ages[1]) for c, ages in aged)) if aged else ibis.null("int64"),
        "kelamin_jenis": code.cases(*sexed) if sexed else ibis.null("string"),
    }


def desil_of(cell: ir.StringValue) -> ir.IntegerValue:
    """The decile 1 to 10; 0 where the family is not ranked yet; NULL where the cell is no decile, or says several."""
    decile = r"^\s*(?:desil\s*)?0*(\d{1,2})(?:[.,]0+)?\s*$"
    number = cell.lower().re_extract(decile, 1).try_cast("int64")
    return ibis.cases((fold_cell(cell).isin(_UNRANKED), 0), (number.between(1, MAX_DESIL), number))


def facility_of(source: Source, cell: ir.StringValue, name: ir.StringValue) -> ir.StringValue:
    """The shared facility that a row without a person's number is about, in the row's own word; NULL for a person's.

    The word stands in its own column, where no name is given, or in the place of the name. What is
    somebody's own is not shared.
    """
    if not source.facilities:
        return ibis.null("string")
    words = rf"\b({'|'.join(source.facilities)})\b"
    is_one = name.lower().re_search(words)
    named = ibis.cases((fold_cell(name) == "", cell), (is_one, name))
    shared = named.lower().re_search(words) & ~named.lower().re_search(_OWN)
    return ibis.cases((shared, named.strip()))
