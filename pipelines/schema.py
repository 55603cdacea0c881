"""The closing gate of a source: a pandera schema derived from its declaration, over the rows that the rules let pass.

The rules (`pipelines/rules.py`) route a row, this asks once more whether every row that passed is lawful: a rule that
forgot a case blocks the run instead of publishing.
"""

import ibis.expr.datatypes as dt
import pandera.ibis as pa

from pipelines.declaration import Kind, Source
from pipelines.handover import POPULATION, layouts_of
from pipelines.identifiers import FULL_LENGTH

_CHECKS: dict[Kind, list[pa.Check]] = {
    "nik": [pa.Check.str_matches(rf"^\d{{{FULL_LENGTH}}}$")],
    "no_kk": [pa.Check.str_matches(rf"^\d{{{FULL_LENGTH}}}$")],
    "psnoka": [pa.Check.str_matches(r"^\d{13}$")],
    "jenis_kelamin": [pa.Check.isin(["L", "P"])],
    "rupiah": [pa.Check.ge(0)],
    "angka": [pa.Check.ge(0)],
}
_TYPES: dict[Kind, dt.DataType] = {"tanggal": dt.date, "rupiah": dt.int64, "angka": dt.int64}
# What a row's desa, number, status, category or refusal follows from, and what only `fasilitas` reads.
_READ_ONLY = (
    "kabupaten", "kecamatan", "desa", "kode_wilayah", "bansos", "nik_saksi", "status_dasar", "kategori", "id_keluarga",
    "dusun", "unit", "pengguna",
)  # fmt: skip


def schema_of(source: Source) -> pa.DataFrameSchema:
    """The schema of the lawful rows of `baris_<source>`: one column a declared field, and those that follow."""
    statuses = sorted({"AKTIF", *source.statuses.values(), *POPULATION.values(), *_of_layouts(source)})
    columns = {
        f.name: pa.Column(_TYPES.get(f.kind, dt.string), _CHECKS.get(f.kind, []), nullable=True)
        for f in source.fields
        if f.name not in _READ_ONLY
    }
    columns |= {
        "rid": pa.Column(dt.int64),
        "berkas": pa.Column(dt.string, pa.Check.str_matches(rf"^\d{{4}}-\d{{2}}/{source.name}/.+")),
        "baris": pa.Column(dt.int64, pa.Check.ge(1)),
        "nama": pa.Column(dt.string, nullable=bool(source.facilities)),
        "nama_baku": pa.Column(dt.string, pa.Check.str_matches(r"^[A-Z ]+$"), nullable=bool(source.facilities)),
        "nik_jenis": pa.Column(dt.string, pa.Check.isin(["sah", "tersamar", "rusak", "kosong", "tak_ada"])),
        "status": pa.Column(dt.string, pa.Check.isin(statuses)),
        "kode_desa": pa.Column(dt.string, pa.Check.str_matches(r"^\d{2}\.\d{2}\.\d{2}\.\d{4}$"), nullable=True),
    }
    return pa.DataFrameSchema(columns, name=source.name, strict=False)


def _of_layouts(source: Source) -> set[str]:
    """The statuses that the forms of its files give."""
    fields = ("status", "status_dasar")
    codes = {word for x in layouts_of(source) for name in fields for word in x.codes.get(name, {}).values()}
    return codes | {x.status for x in layouts_of(source) if x.status}
