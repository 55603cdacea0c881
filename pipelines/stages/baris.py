"""`baris_<source>`: the rows of one source in the common form, lawful ones and refused ones with their reasons."""

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
from pipelines.dates import NEWEST, day_before_month, has_two_readings, with_dates
from pipelines.declaration import Source
from pipelines.dictionary import Derivation, with_derived
from pipelines.identifiers import digits_of, pad_psnoka
from pipelines.names import display_name, standard_name
from pipelines.numbers import sheets_of, standardise_numbers
from pipelines.regions import PLACE, resolve_desa
from pipelines.rules import refusals

_TEXT = (
    "nik", "nik_saksi", "no_kk", "nama", "tanggal_lahir", "jenis_kelamin", "nama_ibu", "hubungan_keluarga",
    "kabupaten", "kecamatan", "desa", "kode_wilayah", "psnoka", "id_registri", "id_keluarga", "status", "status_dasar",
    "segmen", "nominal", "bansos", "desil", "kategori", "fasilitas", "kohort", "lokasi", "tanggal_asesmen",
)  # fmt: skip

# Columns of few different cells; a source is asked for those that it declares.
_FEW = (
    "status", "status_dasar", "jenis_kelamin", "hubungan_keluarga", "segmen", "bansos", "desil", "kategori",
)  # fmt: skip
# Columns of many different cells, read only where the source declares them, and the type of what is read.
_MANY = {"nama_ibu": "string", "nominal": "int64", "tanggal_asesmen": "date"}
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
    base = _with_every_column(mentah.filter(mentah.jenis == "data"), source.code_system)
    kinds = source.kinds()
    # the numbers first, while the rows carry few columns: each query lists all of them again
    rows = standardise_numbers(base.inner_join(sheets_of(base), ["berkas", "lembar"]), witnessed="nik_saksi" in kinds)
    rows = with_derived(rows, *_derivations(source, wilayah_kunci, wilayah_kode))
    nobody = (rows.nik_angka.fill_null("") == "") & (rows.kk_angka.fill_null("") == "")
    doubtful = (rows.tanggal_ganda & rows.bulan_dulu).fill_null(False)
    rows = rows.mutate(
        fasilitas=ibis.cases((nobody, facility_of(source, rows.fasilitas, rows.nama_asli.fill_null("")))),
        tanggal_ragu=doubtful,
        segmen=rows.kategori if source.categories else rows.segmen,
        tanggal_lahir=ibis.cases((~doubtful, rows.hari_dulu.coalesce(rows.bulan_saja))),
    )
    read = {name: rows[f"{name}_baku"] if name in kinds else ibis.null(kind) for name, kind in _MANY.items()}
    made = {
        **read,
        "rid": ibis.literal(order << ORDER_BITS, "int64") + rows.nomor * _ROWS_A_SHEET + rows.baris,
        "sumber": ibis.literal(source.name),
        "psnoka": pad_psnoka(rows.psnoka),
        "id_registri": _registry_key(rows),
        "desil": rows.desil.nullif(0),
        "kohort": _cohort(rows) if "kohort" in kinds else ibis.null("string"),
        "lokasi": rows.lokasi.upper().nullif(""),
        "alasan": refusals(rows, source),
    }
    return rows.select(**{name: made[name] if name in made else rows[name] for name in SHAPE.names})


def _derivations(source: Source, wilayah_kunci: ir.Table, wilayah_kode: ir.Table) -> list[Derivation]:
    """What is computed once for each distinct cell, or combination of cells: names, dates, amounts, places, codes."""
    kinds = source.kinds()
    few = (*(f"sel_{name}" for name in _FEW if name in kinds), "tata_letak")
    every: list[Derivation] = [
        (("nama_asli",), lambda t: t.mutate(nama=display_name(t.nama_asli), nama_baku=standard_name(t.nama_asli))),
        (("tanggal_lahir", "tahun_daftar"), _births),
        (PLACE, lambda t: resolve_desa(t, wilayah_kunci, wilayah_kode, source.code_system)),
        (few, lambda t: _coded(source, t)),
        (("nama_ibu",), lambda t: t.mutate(nama_ibu_baku=standard_name(t.nama_ibu))),
        (("nominal",), lambda t: t.mutate(nominal_baku=parse_rupiah(t.nominal))),
        (
            ("tanggal_asesmen", "tahun_daftar"),
            lambda t: with_dates(t, "tahun_daftar", tanggal_asesmen_baku=t.tanggal_asesmen),
        ),
    ]
    return [(columns, derive) for columns, derive in every if kinds.keys() >= _MANY.keys() & set(columns)]


def _with_every_column(rows: ir.Table, system: str) -> ir.Table:
    """Give every source the same text columns; the desa from the title where the row names none, the code with the
    `system` that its sender writes where that is not the source's."""
    another = (rows.kode_sistem != system) & (rows.kode_sistem != "")
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
        kabupaten=rows.kabupaten.fill_null(""),
        kode_wilayah=another.ifelse(rows.kode_sistem + " ", "") + rows.kode_wilayah.fill_null(""),
        tahun_daftar=rows.berkas.substr(2, 2).try_cast("int64").fill_null(NEWEST),
    )  # fmt: skip


def _births(cells: ir.Table) -> ir.Table:
    """Add what a birth date's cell may mean: hari_dulu, bulan_saja (dates) and tanggal_ganda."""
    cell = cells.tanggal_lahir
    read = with_dates(cells, "tahun_daftar", hari_dulu=cell, bulan_saja=day_before_month(cell))
    return read.mutate(tanggal_ganda=has_two_readings(read.tanggal_lahir))


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


def of_persons(baris: ir.Table) -> ir.Table:
    """The lawful rows that are about somebody: one about a shared facility is nobody's."""
    return baris.filter(baris.alasan == "", baris.fasilitas.isnull())
