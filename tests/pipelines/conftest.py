"""What the tests of the pipelines share: one engine, and rows written as short as a case needs them.

A case names only the columns that it is about; `rows` fills in the rest of the table's columns (SHAPES).
`make` runs a stage on the tables that a case names; the others are empty.
"""

import inspect
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv
import pytest
from ibis.backends.duckdb import Backend

from pipelines import plan, regions
from pipelines.linkage import Keep
from pipelines.period import Period
from pipelines.sources import REGISTER
from resources.rulebook import shipped_rules

Row = dict[str, Any]
Rows = Callable[..., ir.Table]
Records = Callable[[ir.Table], list[Row]]
Make = Callable[..., list[Row]]
Each = Callable[[Callable[[ir.StringColumn], ir.Value], Sequence[str | None]], list[Any]]

_PLACE = {"berkas": "2024-06/dtks/satu.csv", "lembar": "", "baris": 1}
_PERSON = {
    "nik": None, "nama": "BUDI", "nama_baku": "BUDI", "tanggal_lahir": None, "jenis_kelamin": None,
    "hubungan_keluarga": None, "kode_desa": "21.04.07.2005", "nik_jenis": "sah",
}  # fmt: skip
_ASKED = {"pengirim": "dtks", "sidik": "", "keterangan": "", "ditanya": 1.0}
_FINDING = {
    "temuan_id": "T1", "periode": "2024-06", "aturan": "BLT_DD_DAN_PKH", "tingkat": "kesalahan", "program": None,
    "orang_id": None, "keluarga_id": "KA", "kode_desa": "21.04.07.2005", "keterangan": "Dua.", "dasar_hukum": "PMK",
    "sidik": "bukti",
}  # fmt: skip
_SAID = {"alasan": None, "oleh": None, "pada": None}
# Columns of every table that a stage is given, with the value of a case that does not name them.
SHAPES: dict[str, Row] = {
    "mentah": _PLACE | {
        "jenis": "data", "alasan_baca": None, "sel_angka": "", "judul_desa": None, "judul_kecamatan": None,
        "tata_letak": "", "perhatian": None, "kode_sistem": "", "diisi": None,
        "nik": "", "no_kk": "", "nama": "BUDI", "kecamatan": "", "desa": "",
    },
    "berkas": {"berkas": "2024-06/dtks/satu.csv", "sidik_berkas": "sidik", "dibaca": 0, "sumber": "dtks"},
    "baris": _PLACE | _PERSON | {
        "rid": 0, "sumber": "dtks", "nik_asli": None, "nik_calon": None, "nik12": None, "nik15": None, "no_kk": None,
        "no_kk15": None,
        "nama_ibu": None, "psnoka": None, "id_registri": None, "status": "AKTIF",
        "segmen": None, "desil": None, "fasilitas": None, "kohort": None, "lokasi": None, "tanggal_asesmen": None,
        "nominal": None, "alasan": "",
    },
    "langkah": {
        "rid": 0, "orang": 0, "cara_padan": "nik", "skor_padan": 1.0, "utuh": True, "pendiri": None,
    },
    "pasangan": {
        "orang_a": 0, "orang_b": 0, "rid_b": 0, "orang_id_a": "OA", "orang_id_b": "OB", "sidik": "s",
        "tinjauan_id": "T1", "putusan": "tanya", "skor": 1.0, "bukti": "nama sama",
    },
    "tinjauan": {
        "tinjauan_id": "T1", "periode": "2024-05", "orang_id_a": "OA", "orang_id_b": "OB", "skor": 1.0,
        "bukti": "nama sama", "keputusan": None, "sidik": "s", "berkas": None, "lembar": None, "baris": 0,
    },
    "tautan": {
        "rid": 0, "sumber": "dtks", "orang": 0, "orang_id": "OA", "cara_padan": "nik", "skor_padan": 1.0,
        "nasib": "dimuat", "salinan": False, "pendiri": None,
    },
    "orang": _PERSON | {
        "orang": 0, "orang_id": "OA", "no_kk": None, "rid_no_kk": None, "status": "AKTIF",
        "keluarga_lalu": None, "berubah": False,
    },
    "anggota_keluarga": {"orang": 0, "orang_id": "OA", "keluarga_id": "KA", "no_kk": None, "kartu_sah": True},
    "fakta_kepesertaan": _PLACE | {
        "periode": "2024-06", "program": "DTKS", "orang_id": "OA", "keluarga_id": "KA",
        "kode_desa": "21.04.07.2005",
        "segmen": None, "nominal": None, "desil": None,
    },
    "fakta_perubahan": {
        "periode": "2024-06", "periode_sebelum": "2024-05", "program": "DTKS", "orang_id": "OA",
        "keluarga_id": "KA",
        "kode_desa": "21.04.07.2005", "jenis": "masuk", "sebab": "ORANG_BARU",
    },
    "daftar_tidak_dikirim": {
        "periode": "2024-05", "program": "DTKS", "orang_id": "OA", "keluarga_id": "KA", "kode_desa": "21.04.07.2005",
        "sumber": "dtks", "pengirim": "dtks", "sejak": "2024-05",
    },
    "karantina": {"sumber": "dtks", "berkas": "2024-06/dtks/satu.csv", "lembar": "", "baris": 7},
    "tertahan": {
        "periode": "2024-05", "program": "DTKS", "orang_id": "OA", "keluarga_id": "KA", "kode_desa": "21.04.07.2005",
        "sejak": "2024-05",
    },
    "kehadiran": {"sumber": "dtks", "pengirim": "dtks", "baris_lalu": 30.0, "hilang": 0.0},
    "dim_orang": _PERSON | {
        "orang_id": "OA", "keluarga_id": "KA", "status": "AKTIF", "berlaku_dari": "2024-05",
    },
    "dim_keluarga": {
        "keluarga_id": "KA", "no_kk": None, "kepala_orang_id": None, "kode_desa": "21.04.07.2005",
        "berlaku_dari": "2024-05",
    },
    "dim_wilayah": {"kode_desa": "21.04.07.2005", "nama_desa": "Sungai Pinang"},
    "dim_program": {"program": "DTKS", "satuan": "orang"},
    "program_sumber": {
        "sumber": "dtks", "program": "DTKS", "satuan": "orang", "registri": False,
        "ditunggu": True, "registri_berlaku": False, "memberi": True, "dari_registri": False,
        "min_baris": 1.0,
        "maks_baris": 100.0, "selisih_maks": 0.3, "per_desa": False,
    },
    "pengenal": {
        "periode": "2024-05", "orang_id": "OA", "keluarga_id": "KA", "nik": None, "no_kk": None,
        "nama_baku": "BUDI",
        "tanggal_lahir": None, "jenis_kelamin": None, "psnoka": None, "id_registri": None,
        "kode_desa": "21.04.07.2005", "nama_ibu": None, "nik12": None,
    },
    "dikenal": {
        "periode": "2024-05", "jenis_kelamin": None, "nama_ibu": None, "nik12": 0,
        "orang": 0, "orang_id": "OA", "nik": 0, "no_kk": 0, "nama_baku": "BUDI", "tanggal_lahir": None,
        "psnoka": 0,
        "id_registri": None, "kode_desa": "21.04.07.2005",
    },
    "keputusan_masuk": {
        "tinjauan_id": "T1", "keputusan": "sama", "sidik": "s", "alasan": "", "oleh": "petugas",
        "pada": "2024-06-20T01:02:03Z",
    },
    "gabung_kunci": {"kunci_lama": "OA", "kunci_baru": "OB", "jenis": "gabung", "bukti": "nama mirip", "skor": 0.99},
    "log_kunci": {
        "periode": "2024-05", "jenis": "gabung", "unit": "orang", "kunci_lama": "OA", "kunci_baru": "OB",
        "bukti": "nama mirip", "cara": "padanan", "skor": 0.99,
    },
    "kartu_keluarga": {"periode": "2024-05", "no_kk": "2104070101100001", "keluarga_id": "KA"},
    "snapshot_desa": {
        "periode": "2024-06", "kode_desa": "21.04.07.2005", "program": "DTKS", "satuan": "orang", "jumlah": 0,
        "masuk": 0, "keluar": 0, "pindah_masuk": 0, "pindah_keluar": 0, "tetap": 0,
        "periode_sebelum": "2024-05",
    },
    "jejak_baris": _PLACE | {
        "periode": "2024-06", "sumber": "dtks", "nasib": "dimuat", "orang_id": None, "keluarga_id": None,
        "cara_padan": None, "skor_padan": None, "jenis": "data",
    },
    "neraca_baris": {
        "berkas": "2024-06/dtks/satu.csv", "dibaca": 0, "dimuat": 0, "diperbaiki": 0, "dikarantina": 0,
        "duplikat": 0,
        "diabaikan": 0, "sumber": "dtks", "sidik_berkas": "sidik", "pengirim": "dtks",
    },
    "pengirim": {
        "sumber": "dtks", "berkas": "2024-06/dtks/satu.csv", "sidik_berkas": "sidik", "pengirim": "dtks",
        "salinan_dari": None,
    },
    "isi_pengirim": {"pengirim": "dtks", "sumber": "dtks", "isi": "sidik", "berkas": 1},
    "konfirmasi_masuk": {
        "aturan": "KIRIMAN_TURUN_TAJAM", "pengirim": "dtks", "alasan": "Benar", "oleh": "petugas", "pada": "",
        "sidik": "",
    },
    **dict.fromkeys(("kiriman", "pergeseran", "berkas_ganda", "cakupan", "kekosongan"), _ASKED),
    "wilayah_kunci": {
        "kunci_kecamatan": "", "kunci_desa": "SUNGAIPINANG", "kode_desa": "21.04.07.2005", "kabupaten": "LINGGA",
    },
    "wilayah_kode": {"kode_sistem": "kemendagri", "kode": "2104072005", "kode_desa": "21.04.07.2005",
                     "bermakna_dua": False},
    "kolom": {
        "sumber": "dtks", "berkas": "2024-06/dtks/satu.csv", "lembar": "", "baris": 1, "nomor": 1, "kolom": "NIK",
        "arti": "nik",
    },
    "anggota_kohort": {
        "periode": "2024-06", "kohort": "dapur", "lokasi": None, "orang_id": "OA", "keluarga_id": "KA",
        "kode_desa": "21.04.07.2005",
    },
    "temuan": {"temuan_id": "T1", "orang_id": None, "keluarga_id": "KA"},
    "temuan_kini": _FINDING, "putusan_masuk": {"temuan_id": "T1", "putusan": "ditutup", "sidik": "bukti"} | _SAID,
    "temuan_riwayat": _FINDING | _SAID | {
        "periode": "2024-05", "status": "terbuka", "sebab": "BARU", "sejak": "2024-05",
    },
    "ukuran_kiriman": {"periode": "2024-06", "sumber": "dtks", "ukuran": "baris", "nilai": 0.0},
}  # fmt: skip
_OTHER_TYPES = {
    "baris": pa.int64(), "rid": pa.int64(), "rid_no_kk": pa.int64(), "nominal": pa.int64(), "desil": pa.int64(),
    "skor_padan": pa.float64(), "nomor": pa.int64(), "tanggal_lahir": pa.date32(), "tanggal_asesmen": pa.date32(),
}  # fmt: skip
RULES = shipped_rules(REGISTER)
JUNE = Period("2024-06", "2024-05")
_LEARNED = {bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
_REFERENCE = Path(regions.__file__).parent / "reference" / "lingga.csv"


def _whole(table: str, case: Row) -> Row:
    """The row of a case with every column of its table; a person's number in the run follows from his key."""
    row = SHAPES[table] | case
    numbered = "orang" in row and "orang_id" in row
    return row | {"orang": zlib.crc32(row["orang_id"].encode())} | case if numbered else row


def _type_of(column: str, usual: object) -> pa.DataType:
    return _OTHER_TYPES.get(column, _LEARNED.get(type(usual), pa.string()))


@pytest.fixture(scope="session")
def con() -> Iterator[Backend]:
    """An engine in memory, asked as resources/engine.py asks its own."""
    ibis.options.sql.fuse_selects = False
    backend = ibis.duckdb.connect(threads=2)
    yield backend
    backend.disconnect()


@pytest.fixture(scope="session")
def rows() -> Rows:
    """Make a table of SHAPES from rows that name only what they are about; other columns are text."""

    def build(table: str, *cases: Row) -> ir.Table:
        shape = SHAPES[table]
        beyond = dict.fromkeys(c for case in cases for c in case if c not in shape)
        schema = pa.schema([(c, _type_of(c, usual)) for c, usual in shape.items()] + [(c, pa.string()) for c in beyond])
        return ibis.memtable(pa.Table.from_pylist([beyond | _whole(table, case) for case in cases], schema=schema))

    return build


@pytest.fixture(scope="session")
def records(con: Backend) -> Records:
    """Run an expression: its rows as dictionaries."""
    return lambda table: con.to_pyarrow(table).to_pylist()


@pytest.fixture(scope="session")
def each(con: Backend) -> Each:
    """Apply a function of a text column to many texts in one query; results in the order of the texts."""

    def apply(function: Callable[[ir.StringColumn], ir.Value], texts: Sequence[str | None]) -> list[Any]:
        numbered = pa.table({"urut": range(len(texts)), "teks": pa.array(texts, pa.string())})
        table = ibis.memtable(numbered)
        result = table.select("urut", hasil=function(table.teks)).order_by("urut")
        return con.to_pyarrow(result)["hasil"].to_pylist()

    return apply


@pytest.fixture(scope="session")
def keep(con: Backend) -> Keep:
    """Write a table down, as a stage asks for; where it asks for the name of a query only, as well."""

    def write(table: ir.Table, *, written: bool = True) -> ir.Table:
        return ibis.memtable(con.to_pyarrow(table))

    return write


@pytest.fixture(scope="session")
def kantor() -> ir.Table:
    """The office with its secret key."""
    return ibis.memtable({"kunci": ["rahasia"]})


@pytest.fixture(scope="session")
def wilayah() -> ir.Table:
    """The region table that comes with the product, all text."""
    names = _REFERENCE.read_text(encoding="utf-8").splitlines()[0].split(",")
    options = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    return ibis.memtable(pyarrow.csv.read_csv(_REFERENCE, convert_options=options))


@pytest.fixture(scope="session")
def make(rows: Rows, records: Records, keep: Keep, kantor: ir.Table, wilayah: ir.Table) -> Make:
    """Run a stage on rows given as `<table>=[row, ...]`; those below rid 100 name whole families."""
    usual = {"kantor": kantor, "wilayah": wilayah}

    def run(function: Callable[..., ir.Table], periode: Period = JUNE, **given: list[Row]) -> list[Row]:
        values = (
            plan.values(REGISTER, periode, RULES.at(periode.kini))
            | {plan.KEEP: keep, "family_rids": 100, "registri": ("dtks",)}
            | usual
        )
        arguments = {}
        for name in inspect.signature(function).parameters:
            if name in values and name not in given:
                arguments[name] = values[name]
            else:
                arguments[name] = rows(name.removesuffix(plan.BEFORE), *given.pop(name, []))
        assert not given, f"no tables of this stage: {sorted(given)}"
        return records(function(**arguments))

    return run
