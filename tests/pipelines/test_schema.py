"""The closing gate: derived from the declaration, it lets lawful rows pass and stops what a rule forgot."""

from collections.abc import Callable
from datetime import date
from typing import Any

import ibis.expr.types as ir
import pandera.errors
import pytest

from pipelines.declaration import Source
from pipelines.schema import schema_of
from pipelines.sources import REGISTER, dtks

Rows = Callable[..., ir.Table]

LAWFUL = {
    "nik": "2104070505800001", "no_kk": "2104070101100001", "tanggal_lahir": date(1980, 5, 5),
    "jenis_kelamin": "L",
}  # fmt: skip
UNLAWFUL = (
    {"nik": "210407050580001"}, {"nik": "210407050580****"}, {"no_kk": "0"}, {"jenis_kelamin": "X"},
    {"nama": None}, {"nama_baku": None}, {"nama_baku": "ALI-2"}, {"nik_jenis": "baik"}, {"status": "LULUS"},
    {"status": None}, {"kode_desa": "2104072005"}, {"baris": 0}, {"berkas": "2024-06/bpnt/satu.csv"},
)  # fmt: skip


@pytest.mark.parametrize("source", REGISTER, ids=lambda s: s.name)
def test_a_lawful_row_passes(rows: Rows, source: Source) -> None:
    table = rows("baris", LAWFUL | {"sumber": source.name, "berkas": f"2024-06/{source.name}/satu.csv"})
    schema_of(source).validate(table)


@pytest.mark.parametrize("case", UNLAWFUL, ids=str)
def test_an_unlawful_value_is_stopped(rows: Rows, case: dict[str, Any]) -> None:
    with pytest.raises(pandera.errors.SchemaError):
        schema_of(dtks.SOURCE).validate(rows("baris", LAWFUL | case))


def test_what_is_not_known_passes(rows: Rows) -> None:
    unknown = dict.fromkeys(("nik", "no_kk", "tanggal_lahir", "jenis_kelamin", "kode_desa"))
    schema_of(dtks.SOURCE).validate(rows("baris", unknown | {"nik_jenis": "kosong"}))


@pytest.mark.parametrize("source", REGISTER, ids=lambda s: s.name)
def test_the_region_of_a_row_is_one_column(source: Source) -> None:
    columns = schema_of(source).columns
    assert "kode_desa" in columns
    assert columns.keys() & {"kecamatan", "desa", "kode_wilayah"} == set()
