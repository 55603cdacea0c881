"""The numbers of a row in the common form: what is sound of NIK and No KK, and what is left of the others."""

import ibis
import ibis.expr.types as ir

from pipelines.dates import is_month_first
from pipelines.identifiers import (
    EXCEL_CUT_CELLS,
    EXCEL_CUT_SHARE,
    EXCEL_HALF_CELLS,
    EXCEL_HALF_SHARE,
    EXCEL_SAVED_CARDS,
    EXCEL_SAVED_NIK,
    EXCEL_SAVED_SHARE,
    FULL_LENGTH,
    SHOWN_LENGTH,
    first_digits,
    is_sound_nik,
    is_sound_no_kk,
    is_womans_nik,
    nik_kind,
    read_letters_as_digits,
)


def standardise_numbers(rows: ir.Table, *, witnessed: bool) -> ir.Table:
    """Add nik and no_kk (their sound values), nik_jenis, nik_asli (as delivered, where that is not sound) and what is
    left of the others.

    `witnessed`: `saksi_angka` is the NIK of a second column. Where the first is blank it is the only one; two sound
    numbers that differ are neither's proof; a damaged one has it for a candidate, which needs a witness like any other.
    """
    nik_cut = _is_cut(rows, "nik", rows.nik_angka)
    no_kk_cut = _is_cut(rows, "no_kk", rows.kk_angka)
    if witnessed:
        witness = ibis.cases((is_sound_nik(rows.saksi_angka), rows.saksi_angka))
        alone = nik_kind(rows.nik_angka, nik_cut).isin(["kosong", "tak_ada"]) & witness.notnull()
        rows = rows.mutate(angka=alone.ifelse(witness, rows.nik_angka), saksi=witness, terpotong=nik_cut & ~alone)
        differs = (rows.saksi != rows.angka).fill_null(False)
    else:
        rows = rows.mutate(angka=rows.nik_angka, saksi=ibis.null("string"), terpotong=nik_cut)
        differs = ibis.literal(False)
    # one number in both columns: a day above 31 is a woman's NIK typed as No KK, else it is the No KK typed as NIK
    twice = (rows.kk_angka == rows.angka).fill_null(False)
    kind = nik_kind(rows.angka, rows.terpotong)
    doubtful = (twice & ~is_womans_nik(rows.angka)) | differs
    rows = rows.mutate(
        nik_jenis=(doubtful & (kind == "sah")).ifelse("rusak", kind), dua_nomor=doubtful & (kind == "sah")
    )
    kind = rows.nik_jenis
    legible = (kind == "rusak") & ~twice & ~rows.dua_nomor
    candidate = ibis.cases((~rows.terpotong, read_letters_as_digits(rows.angka))).coalesce(rows.saksi)
    sound_kk = is_sound_no_kk(rows.kk_angka) & ~no_kk_cut
    return rows.mutate(
        nik=ibis.cases((kind == "sah", rows.angka)),
        nik_asli=ibis.cases((kind != "sah", rows.nik_tertulis)),
        nik_calon=ibis.cases((legible, candidate)),
        nik12=ibis.cases((kind == "tersamar", first_digits(rows.angka, SHOWN_LENGTH))),
        nik15=ibis.cases((legible, first_digits(rows.angka, 15))),
        no_kk=ibis.cases((sound_kk, rows.kk_angka)),
        no_kk15=ibis.cases((~sound_kk, first_digits(rows.kk_angka, 15))),
    )


def _is_cut(rows: ir.Table, field: str, digits: ir.StringValue) -> ir.BooleanValue:
    """The cell lost its sixteenth digit: a number ending in 0 in a column that Excel cut."""
    numeric = rows[f"{field}_kolom_terpotong"] & rows.sel_angka.contains(field)
    return (numeric | rows[f"{field}_teks_terpotong"]) & digits.endswith("0")


def _rows(_: ir.StringValue, where: ir.BooleanValue) -> ir.IntegerValue:
    """A NIK is one row's: to tell one from another would only cost."""
    return where.sum()


def _numbers(number: ir.StringValue, where: ir.BooleanValue) -> ir.IntegerValue:
    """A No KK stands on the row of every member, and on every row that a merged cell covers: it counts once."""
    return number.nunique(where=where)


def sheets_of(base: ir.Table) -> ir.Table:
    """One row is one sheet: berkas, lembar, nomor (its place among the source's sheets), whether Excel cut its numeric
    NIK and No KK columns to 15 digits (nik_kolom_terpotong, no_kk_kolom_terpotong) or had cut them before it saved them
    as text (nik_teks_terpotong, no_kk_teks_terpotong), and whether a birth date in it can only be read month first
    (bulan_dulu)."""
    shares = {}
    for field, digits, count, few in (
        ("nik", "nik_angka", _rows, EXCEL_SAVED_NIK),
        ("no_kk", "kk_angka", _numbers, EXCEL_SAVED_CARDS),
    ):
        number = base[digits]
        whole, zero = number.length() == FULL_LENGTH, number.endswith("0")
        numeric = base.sel_angka.contains(field) & whole
        stored, stored_zero = count(number, numeric), count(number, numeric & zero)
        many = (stored >= EXCEL_CUT_CELLS) & (stored_zero > stored * EXCEL_CUT_SHARE)
        half = (stored >= EXCEL_HALF_CELLS) & (stored_zero >= stored * EXCEL_HALF_SHARE)
        every = (stored > 0) & (stored_zero == stored)
        shares[f"{field}_kolom_terpotong"] = (many | half | every).fill_null(False)
        several = (count(number, whole) >= few) & (number.min(where=whole) != number.max(where=whole))
        saved = several & (count(number, whole & zero) >= count(number, whole) * EXCEL_SAVED_SHARE)
        shares[f"{field}_teks_terpotong"] = saved.fill_null(False)
    sheets = base.group_by("berkas", "lembar").agg(
        **shares, bulan_dulu=is_month_first(base.tanggal_lahir).any().fill_null(False)
    )
    return sheets.mutate(nomor=ibis.row_number().over(order_by=[sheets.berkas, sheets.lembar]))
