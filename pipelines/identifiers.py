"""NIK, No KK and PSNOKA as values: what is sound, what is damaged, and what that still tells (domain.md 2.1, 2.2)."""

import ibis
import ibis.expr.types as ir

# Region of first registration (province codes in use) and birth date; the day is 40 higher for women.
_PROVINCE = r"(1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])"
_SOUND_NIK = rf"^{_PROVINCE}\d{{4}}(0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(0[1-9]|1[0-2])\d{{6}}$"
_SOUND_NO_KK = rf"^{_PROVINCE}\d{{4}}(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{{6}}$"
_MASKED = r"^[\d*xX#•]{12,16}$"  # some digits hidden, whichever; what is left is asked for apart
_MASK = r"[*xX#•]{2}"
_NOISE = " =.'`\"\u2018\u2019\u00b4\u2013-\u00a0\u200b\ufeff\t,"
_LABEL = r"^(?i:(?:NO\.? *)?(?:NIK|KK))[ .:]+"
_DECIMAL = r"^\D*(\d{13,16})[.,]0{1,2}\D*$"
_BLANK = ("", "NULL", "NIHIL", "NONE", "NAN", "#N/A", "N/A")
_IN_ORDER = "1234567890"
_DUMMY = "1" * 16  # of the numbers of one digit, the only one that could be lawful by region and date

# A numeric column in which more than this share of the numbers ends in 0 was cut to 15 digits by Excel; healthy columns
# end in 0 in 1.5 to 2.5 % of NIK and 6 to 7 % of No KK (measured on a real village, domain.md 2.2). Of fewer than this
# half must, of fewer than that all: one lawful number in four is a quarter, four lawful cards of eight one in 1,000.
EXCEL_CUT_SHARE, EXCEL_CUT_CELLS = 0.20, 20
EXCEL_HALF_SHARE, EXCEL_HALF_CELLS = 0.50, 8
# Saved as text by Excel a column was cut as a whole: nearly all of its numbers end in 0, of four NIK or three No KK
# that differ (7 % to the power of three is the chance that three lawful cards do: cut cards fall together, so few are
# left).
EXCEL_SAVED_SHARE, EXCEL_SAVED_NIK, EXCEL_SAVED_CARDS = 0.90, 4, 3

FULL_LENGTH, PSNOKA_LENGTH = 16, 13  # digits of a NIK and of a No KK, and of a PSNOKA
SHOWN_LENGTH = 12  # the first digits of a NIK, which its mask leaves
WOMAN_DAY = 40
# DDMM that offices write where nobody knows the day; 17 % of the rows of a real list are born on 31-12 (domain.md 2.3).
DEFAULT_BIRTHDAYS = (3112, 107, 101)


def digits_of(raw: ir.StringValue) -> ir.StringValue:
    """The identifier without the blanks, dots and apostrophes that offices add; '' where nothing is left.

    The word NIK or KK before it and the decimal places that an export adds go too. A number that is digits already is
    passed over: to look is a fifth of the cost of translating.
    """
    whole = raw.re_extract(_DECIMAL, 1).nullif("").coalesce(raw.re_replace(_LABEL, ""))
    return raw.re_search(r"^\d*$").ifelse(raw, whole.translate(_NOISE, ""))


def is_sound_nik(number: ir.StringValue) -> ir.BooleanValue:
    """A lawful NIK: 16 digits, region and birth date possible, serial not 0000, not a dummy number."""
    return number.re_search(_SOUND_NIK) & ~number.endswith("0000") & (number != _DUMMY)


def is_sound_no_kk(number: ir.StringValue) -> ir.BooleanValue:
    """A lawful No KK: 16 digits, region and date of issue possible, serial not 0000, not a dummy number."""
    return number.re_search(_SOUND_NO_KK) & ~number.endswith("0000") & (number != _DUMMY)


def is_womans_nik(number: ir.StringValue) -> ir.BooleanValue:
    """The day of birth carries the 40 for women: no No KK has such a date."""
    return number.re_search(r"^\d{6}[4-7]")


def nik_kind(number: ir.StringValue, cut: ir.BooleanValue) -> ir.StringValue:
    """What the NIK of a row is: tak_ada (no column), kosong, sah, tersamar (masked) or rusak (damaged).

    `cut`: the cell's column was cut to 15 digits by Excel.
    """
    return ibis.cases(
        (number.isnull(), "tak_ada"),
        (number.upper().isin(_BLANK) | number.re_search(r"^0+$"), "kosong"),
        (number.re_search(_MASKED) & number.re_search(_MASK), "tersamar"),
        (is_sound_nik(number) & ~cut, "sah"),
        else_="rusak",
    )


def first_digits(number: ir.StringValue, count: int) -> ir.StringValue:
    """The first `count` characters where all of them are digits, else NULL: what a cut or masked number still tells.

    A dummy, one digit over and over or all in their order, tells nothing: who has the same is as good as anybody.
    """
    head = number.substr(0, count)
    dummy = (head.replace(head.substr(0, 1), "") == "") | head.startswith(_IN_ORDER)
    return ibis.cases((head.re_search(rf"^\d{{{count}}}$") & ~dummy, head))


def read_letters_as_digits(number: ir.StringValue) -> ir.StringValue:
    """The only sound NIK that a damaged one can be read as: letters O, I, l as digits; NULL where that is not sound.

    A candidate, never a repair by itself: it needs a witness.
    """
    candidate = number.translate("OoIlL", "00111").substr(0, 16)
    return ibis.cases((is_sound_nik(candidate), candidate))


def birth_number(nik: ir.IntegerValue) -> ir.IntegerValue:
    """The birth date DDMMYY that the digits 7 to 12 of a sound NIK carry, the day without the 40 for women."""
    part = without_last(nik, 4) % 10**6
    return part - (part > WOMAN_DAY * 10**4).cast("int64") * (WOMAN_DAY * 10**4)


def pad_psnoka(raw: ir.StringValue) -> ir.StringValue:
    """PSNOKA with the zeros that a spreadsheet dropped: 13 digits; NULL where it is none."""
    number = digits_of(raw)
    sound = number.re_search(r"^\d{6,13}$") & ~number.re_search(r"^0+$")
    return ibis.cases((sound, number.lpad(PSNOKA_LENGTH, "0")))


def number_text(number: ir.IntegerValue, length: int) -> ir.StringValue:
    """The identifier of that many digits that a number stands for."""
    return number.cast("string").lpad(length, "0")


def without_last(number: ir.IntegerValue, count: int) -> ir.IntegerValue:
    """A number without its last `count` digits.

    Taken off before dividing: the engines divide as floating point, which ends at 9 x 10^15, below the NIK of Papua.
    """
    return (number - number % 10**count) // 10**count
