"""`baris_<source>`: the rows of one source in the common form, lawful ones and refused ones with their reasons."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from pipelines.amounts import parse_rupiah
from pipelines.dates import parse_date
from pipelines.declaration import Source, fold_header
from pipelines.dictionary import with_derived
from pipelines.identifiers import (
    EXCEL_CUT_CELLS,
    EXCEL_CUT_SHARE,
    FULL_LENGTH,
    digits_of,
    first_digits,
    is_sound_no_kk,
    is_womans_nik,
    nik_kind,
    pad_psnoka,
    read_letters_as_digits,
)
from pipelines.names import display_name, standard_name
from pipelines.regions import PLACE, resolve_desa
from pipelines.rules import refusals

_PERSON_TEXT = (
    "nik", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "nama_ibu", "hubungan_keluarga", "kecamatan", "desa",
    "kode_wilayah", "psnoka", "id_registri", "status", "segmen", "nominal", "bansos",
)  # fmt: skip

# Columns of few different cells; '' where there is none.
_FEW_WORDS = ("sel_status", "sel_jenis_kelamin", "sel_hubungan_keluarga", "sel_segmen", "sel_bansos")

_ROWS_A_SHEET, ORDER_BITS = 1 << 32, 54


def baris(source: Source, order: int, mentah: ir.Table, wilayah_kunci: ir.Table, wilayah_kode: ir.Table) -> ir.Table:
    """Standardise the data rows of `mentah_<source>`; `order` is the source's place in the order of trust.

    One row is one data row. Columns: rid (unique over all sources, ordered by trust, file, sheet and row), sumber,
    berkas, lembar, baris; nik (sound, else NULL), nik_jenis (sah, tersamar, rusak, kosong, tak_ada), nik_calon (a sound
    reading of a damaged one), nik12, nik15 (leading digits that survive), no_kk (sound, else NULL), no_kk15, nama,
    nama_baku, tanggal_lahir (date), jenis_kelamin (L, P), nama_ibu (standard form), hubungan_keluarga, kode_desa,
    psnoka, id_registri, status, segmen, nominal (rupiah), alasan (codes of broken rules, '' = lawful).
    """
    base = _with_every_column(mentah.filter(mentah.jenis == "data"))
    rows = with_derived(base, base, ("nama_asli",), lambda t: t.mutate(
        nama=display_name(t.nama_asli), nama_baku=standard_name(t.nama_asli)))  # fmt: skip
    for column, kind, derive in (
        ("nama_ibu", "string", standard_name),
        ("tanggal_lahir", "date", parse_date),
        ("nominal", "int64", parse_rupiah),
    ):
        rows = _with_parsed(rows, base, column, kind, derive, column in source.kinds())
    rows = with_derived(rows, base, PLACE, lambda t: resolve_desa(t, wilayah_kunci, wilayah_kode, source.code_system))
    rows = with_derived(rows, base, _FEW_WORDS, lambda t: t.mutate(
        status=_status(source, t.sel_status), jenis_kelamin=_sex(t.sel_jenis_kelamin),
        hubungan_keluarga=t.sel_hubungan_keluarga.upper().nullif(""),
        segmen=t.sel_segmen.upper().nullif(""), program_lain=_other_program(source, t.sel_bansos)))  # fmt: skip
    rows = _standardise_numbers(rows.inner_join(_sheets(base), ["berkas", "lembar"]))
    return rows.select(
        "berkas", "lembar", "baris", "nik", "nik_jenis", "nik_calon", "nik12", "nik15", "no_kk", "no_kk15", "nama",
        "nama_baku", "kode_desa", "status", "jenis_kelamin", "hubungan_keluarga", "segmen",
        rid=ibis.literal(order << ORDER_BITS, "int64") + rows.nomor * _ROWS_A_SHEET + rows.baris,
        sumber=ibis.literal(source.name),
        tanggal_lahir=rows.tanggal_lahir_baku,
        nama_ibu=rows.nama_ibu_baku,
        psnoka=pad_psnoka(rows.psnoka),
        id_registri=rows.id_registri.upper().nullif(""),
        nominal=rows.nominal_baku,
        alasan=refusals(rows),
    )  # fmt: skip


def _with_every_column(rows: ir.Table) -> ir.Table:
    """Give every source the same text columns; the desa from the title where the row names none."""
    rows = rows.mutate(**{name: rows[name] if name in rows.columns else ibis.null("string") for name in _PERSON_TEXT})
    return rows.select(
        "berkas", "lembar", "baris", "alasan_baca", "sel_angka", "tanggal_lahir", "nama_ibu", "psnoka", "id_registri",
        "nominal", **{cell: rows[cell.removeprefix("sel_")].fill_null("") for cell in _FEW_WORDS},
        nama_asli=rows.nama,
        nik_angka=digits_of(rows.nik),
        kk_angka=digits_of(rows.no_kk),
        desa=rows.desa.nullif("").coalesce(rows.judul_desa, ibis.literal("")),
        kecamatan=rows.kecamatan.nullif("").coalesce(rows.judul_kecamatan, ibis.literal("")),
        kode_wilayah=rows.kode_wilayah.fill_null(""),
    )  # fmt: skip


def _with_parsed(
    rows: ir.Table,
    base: ir.Table,
    column: str,
    kind: str,
    derive: Callable[[ir.StringValue], ir.Value],
    declared: bool,
) -> ir.Table:
    """Add <column>_baku, derived from each distinct cell; NULL where the source declares no such column."""
    name = f"{column}_baku"
    if not declared:
        return rows.mutate(**{name: ibis.null(kind)})
    return with_derived(rows, base, (column,), lambda t: t.mutate(**{name: derive(t[column])}))


def _standardise_numbers(rows: ir.Table) -> ir.Table:
    """Add nik and no_kk (their sound values) and what is left of the others."""
    nik_cut = _is_cut(rows, "nik", rows.nik_angka)
    no_kk_cut = _is_cut(rows, "no_kk", rows.kk_angka)
    # one number in both columns: a day above 31 is a woman's NIK typed as No KK, else it is the No KK typed as NIK
    twice = (rows.kk_angka == rows.nik_angka).fill_null(False)
    is_nik = is_womans_nik(rows.nik_angka)
    kind = nik_kind(rows.nik_angka, nik_cut)
    rows = rows.mutate(nik_jenis=(twice & ~is_nik & (kind == "sah")).ifelse("rusak", kind))
    kind, damaged = rows.nik_jenis, rows.nik_jenis == "rusak"
    sound_kk = is_sound_no_kk(rows.kk_angka) & ~no_kk_cut
    return rows.mutate(
        nik=ibis.cases((kind == "sah", rows.nik_angka)),
        nik_calon=ibis.cases((damaged & ~nik_cut & ~twice, read_letters_as_digits(rows.nik_angka))),
        nik12=ibis.cases((kind == "tersamar", rows.nik_angka.substr(0, 12))),
        nik15=ibis.cases((damaged & ~twice, first_digits(rows.nik_angka, 15))),
        no_kk=ibis.cases((sound_kk, rows.kk_angka)),
        no_kk15=ibis.cases((~sound_kk, first_digits(rows.kk_angka, 15))),
    )


def _is_cut(rows: ir.Table, field: str, digits: ir.StringValue) -> ir.BooleanValue:
    """The cell lost its sixteenth digit: a number ending in 0 in a column that Excel cut."""
    return rows[f"{field}_kolom_terpotong"] & rows.sel_angka.contains(field) & digits.endswith("0")


def _sheets(base: ir.Table) -> ir.Table:
    """One row is one sheet: berkas, lembar, nomor (its place among the source's sheets), and whether Excel cut its
    numeric NIK and No KK columns to 15 digits: nik_kolom_terpotong, no_kk_kolom_terpotong."""
    shares = {}
    for field, digits in (("nik", "nik_angka"), ("no_kk", "kk_angka")):
        numeric = base.sel_angka.contains(field) & (base[digits].length() == FULL_LENGTH)
        ends = base[digits].endswith("0").cast("int64").mean(where=numeric)
        many = numeric.sum() >= EXCEL_CUT_CELLS
        shares[f"{field}_kolom_terpotong"] = ((ends == 1) | (many & (ends > EXCEL_CUT_SHARE))).fill_null(False)
    sheets = base.group_by("berkas", "lembar").agg(**shares)
    return sheets.mutate(nomor=ibis.row_number().over(order_by=[sheets.berkas, sheets.lembar]))


def _sex(raw: ir.StringValue) -> ir.StringValue:
    """L or P; NULL where the cell says neither. Codes 1 and 2 as in DTKS and OpenSID."""
    first = raw.upper().strip()
    return ibis.cases(
        (first.isin(["1", "L", "LK", "LAKI-LAKI", "LAKI LAKI", "LAKILAKI", "PRIA", "M"]), "L"),
        (first.isin(["2", "P", "PR", "PEREMPUAN", "WANITA", "F"]), "P"),
    )


def _other_program(source: Source, raw: ir.StringValue) -> ir.BooleanValue:
    """The row names a programme, and not the source's own."""
    if not source.programs:
        return ibis.literal(False)
    named = raw.upper().re_replace(r"[^A-Z0-9]+", " ").strip()
    return (named != "") & ~named.isin(source.programs)


def _status(source: Source, raw: ir.StringValue) -> ir.StringValue:
    """AKTIF or the cause of removal by the source's own table; NULL where the word is not in it."""
    if not source.statuses:
        return ibis.literal("AKTIF")
    word = raw.lower().re_replace(r"[^a-z0-9]", "")
    return word.cases(*((fold_header(k), v) for k, v in source.statuses.items()))
