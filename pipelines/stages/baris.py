"""`baris_<source>`: the rows of one source in the common form, lawful ones and refused ones with their reasons."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from pipelines.amounts import parse_rupiah
from pipelines.codes import (
    HEAD,
    bounds_of,
    category_of,
    desil_of,
    facility_of,
    is_of_another_programme,
    is_of_another_segment,
    relation_of,
    sex_of,
    status_of,
)
from pipelines.dates import has_two_readings, parse_date, parse_month_first
from pipelines.declaration import Source
from pipelines.dictionary import with_derived
from pipelines.identifiers import digits_of, pad_psnoka
from pipelines.names import display_name, standard_name
from pipelines.numbers import sheets_of, standardise_numbers
from pipelines.regions import PLACE, resolve_desa
from pipelines.rules import refusals

_TEXT = (
    "nik", "nik_saksi", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "nama_ibu", "hubungan_keluarga",
    "kecamatan", "desa", "kode_wilayah", "psnoka", "id_registri", "id_keluarga", "status", "status_dasar", "segmen",
    "nominal", "bansos", "desil", "kategori", "fasilitas", "kohort", "lokasi", "tanggal_asesmen",
)  # fmt: skip

# Columns of few different cells; a source is asked for those that it declares.
_FEW = (
    "status", "status_dasar", "jenis_kelamin", "hubungan_keluarga", "segmen", "bansos", "desil", "kategori",
)  # fmt: skip
# What a whole cohort shares where no column says it: the folder below the source's, else the file's name.
_COHORT = r"^[^/]+/[^/]+/(?:(.+)/[^/]+|([^/]+?)(?:\.[A-Za-z]+)?)$"

_NOT_TEXT = {
    "baris": pa.int64(), "rid": pa.int64(), "tanggal_lahir": pa.date32(), "tanggal_ragu": pa.bool_(),
    "nominal": pa.int64(), "desil": pa.int64(), "tanggal_asesmen": pa.date32(),
}  # fmt: skip
# What every `baris_<source>` looks like, in the order of its columns.
SHAPE = pa.schema([(name, _NOT_TEXT.get(name, pa.string())) for name in (
    "berkas", "lembar", "baris", "nik", "nik_asli", "nik_jenis", "nik_calon", "nik12", "nik15", "no_kk", "no_kk15",
    "nama", "nama_baku", "kode_desa", "status", "jenis_kelamin", "hubungan_keluarga", "segmen", "tanggal_lahir",
    "tanggal_ragu", "fasilitas", "rid", "sumber", "nama_ibu", "psnoka", "id_registri", "nominal", "desil", "kohort",
    "lokasi", "tanggal_asesmen", "alasan",
)])  # fmt: skip

_ROWS_A_SHEET, ORDER_BITS = 1 << 32, 54


def baris(source: Source, order: int, mentah: ir.Table, wilayah_kunci: ir.Table, wilayah_kode: ir.Table) -> ir.Table:
    """Standardise the data rows of `mentah_<source>`; `order` is the source's place in the order of trust.

    One row is one data row. Columns: rid (unique over all sources, ordered by trust, file, sheet and row), sumber,
    berkas, lembar, baris; nik (sound, else NULL), nik_asli (as delivered, where it is not), nik_jenis (sah, tersamar,
    rusak, kosong, tak_ada), nik_calon (a sound reading of a damaged one), nik12, nik15 (leading digits that survive),
    no_kk (sound, else NULL), no_kk15, nama, nama_baku, tanggal_lahir (date), tanggal_ragu (it has two readings, and
    the list does not tell which), jenis_kelamin (L, P), nama_ibu (standard form), hubungan_keluarga, kode_desa, psnoka,
    id_registri (a family's stands for its head), status, segmen (a category's code where there are some), nominal
    (rupiah), desil (1 to 10, NULL: not ranked), kohort, lokasi, tanggal_asesmen, fasilitas (the shared facility that
    the row is about: such a row is nobody's), alasan (codes of broken rules, '' = lawful).
    """
    base = _with_every_column(mentah.filter(mentah.jenis == "data"))
    kinds = source.kinds()
    rows = with_derived(base, base, ("nama_asli",), lambda t: t.mutate(
        nama=display_name(t.nama_asli), nama_baku=standard_name(t.nama_asli)))  # fmt: skip
    for column, kind, derive in (
        ("nama_ibu", "string", standard_name),
        ("nominal", "int64", parse_rupiah),
        ("tanggal_asesmen", "date", parse_date),
    ):
        rows = _with_parsed(rows, base, column, kind, derive, column in kinds)
    rows = _with_birth(rows, base)
    rows = with_derived(rows, base, PLACE, lambda t: resolve_desa(t, wilayah_kunci, wilayah_kode, source.code_system))
    few = (*(f"sel_{name}" for name in _FEW if name in kinds), "tata_letak")
    rows = with_derived(rows, base, few, lambda t: _coded(source, t))
    rows = rows.inner_join(sheets_of(base), ["berkas", "lembar"])
    rows = standardise_numbers(rows, witnessed="nik_saksi" in kinds)
    nobody = (rows.nik_angka.fill_null("") == "") & (rows.kk_angka.fill_null("") == "")
    facility = ibis.cases((nobody, facility_of(source, rows.fasilitas, rows.nama_asli.fill_null(""))))
    rows = rows.mutate(
        fasilitas=facility,
        tanggal_ragu=(rows.tanggal_ganda & rows.bulan_dulu).fill_null(False),
        segmen=rows.kategori if source.categories else rows.segmen,
    )
    rows = rows.mutate(tanggal_lahir=ibis.cases((~rows.tanggal_ragu, _born(rows))))
    return rows.select(
        "berkas", "lembar", "baris", "nik", "nik_asli", "nik_jenis", "nik_calon", "nik12", "nik15", "no_kk", "no_kk15",
        "nama", "nama_baku", "kode_desa", "status", "jenis_kelamin", "hubungan_keluarga", "segmen", "tanggal_lahir",
        "tanggal_ragu", "fasilitas",
        rid=ibis.literal(order << ORDER_BITS, "int64") + rows.nomor * _ROWS_A_SHEET + rows.baris,
        sumber=ibis.literal(source.name),
        nama_ibu=rows.nama_ibu_baku,
        psnoka=pad_psnoka(rows.psnoka),
        id_registri=_registry_key(rows),
        nominal=rows.nominal_baku,
        desil=rows.desil.nullif(0),
        kohort=_cohort(rows) if "kohort" in kinds else ibis.null("string"),
        lokasi=rows.lokasi.upper().nullif(""),
        tanggal_asesmen=rows.tanggal_asesmen_baku,
        alasan=refusals(rows, source),
    )  # fmt: skip


def _with_every_column(rows: ir.Table) -> ir.Table:
    """Give every source the same text columns; the desa from the title where the row names none."""
    rows = rows.mutate(**{name: rows[name] if name in rows.columns else ibis.null("string") for name in _TEXT})
    return rows.select(
        "berkas", "lembar", "baris", "alasan_baca", "sel_angka", "tanggal_lahir", "nama_ibu", "psnoka", "id_registri",
        "id_keluarga", "nominal", "kohort", "lokasi", "tanggal_asesmen", "tata_letak",
        **{f"sel_{cell}": rows[cell].fill_null("") for cell in _FEW},
        nama_asli=rows.nama,
        nik_tertulis=rows.nik.coalesce(rows.nik_saksi),
        nik_angka=digits_of(rows.nik),
        saksi_angka=digits_of(rows.nik_saksi),
        kk_angka=digits_of(rows.no_kk),
        fasilitas=rows.fasilitas.fill_null(""),
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


def _with_birth(rows: ir.Table, base: ir.Table) -> ir.Table:
    """Add what a birth date's cell may mean: hari_dulu, bulan_saja (dates) and tanggal_ganda."""
    return with_derived(rows, base, ("tanggal_lahir",), lambda t: t.mutate(
        hari_dulu=parse_date(t.tanggal_lahir), bulan_saja=parse_month_first(t.tanggal_lahir),
        tanggal_ganda=has_two_readings(t.tanggal_lahir)))  # fmt: skip


def _born(rows: ir.Table) -> ir.DateValue:
    return rows.hari_dulu.coalesce(rows.bulan_saja)


def _coded(source: Source, cells: ir.Table) -> ir.Table:
    """Read the cells of few values; a source has no other columns than it declares."""

    def cell(name: str) -> ir.StringValue:
        return cells[f"sel_{name}"] if f"sel_{name}" in cells.columns else ibis.literal("")

    form, kategori = cells.tata_letak, category_of(source, cell("kategori"))
    return cells.mutate(
        status=status_of(source, cell("status"), cell("status_dasar"), form),
        jenis_kelamin=sex_of(source, cell("jenis_kelamin"), form),
        hubungan_keluarga=relation_of(source, cell("hubungan_keluarga"), form),
        segmen=cell("segmen").upper().nullif(""),
        program_lain=is_of_another_programme(source, cell("bansos")),
        segmen_lain=is_of_another_segment(source, cell("segmen")),
        kategori=kategori,
        **bounds_of(source, kategori),
        desil=desil_of(cell("desil")),
    )


def _registry_key(rows: ir.Table) -> ir.StringValue:
    """The registry's key of the person, or of the family whose head he is: shared by a family, it tells none apart."""
    family = ibis.cases((rows.hubungan_keluarga == HEAD, rows.id_keluarga))
    return rows.id_registri.nullif("").coalesce(family).upper().nullif("")


def _cohort(rows: ir.Table) -> ir.StringValue:
    """The cohort by its column, else by the folder or the file that it came in, in small letters and `_`."""
    path = rows.berkas.re_extract(_COHORT, 1).nullif("").coalesce(rows.berkas.re_extract(_COHORT, 2))
    name = rows.kohort.nullif("").coalesce(path)
    return name.lower().re_replace(r"[^a-z0-9]+", "_").re_replace(r"^_|_$", "").nullif("")
