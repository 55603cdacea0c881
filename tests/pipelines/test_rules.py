"""The refusals as values: each has a sentence that helps, and breaks on its own kind of row only."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from pipelines.rules import LINK_RULES, ROW_RULES, refusals, sentences
from pipelines.sources import dtsen, ppks

Records = Callable[[ir.Table], list[dict[str, Any]]]

# One that sorts people and ranks families: every rule is asked of it.
SOURCE = replace(ppks.SOURCE, fields=(*ppks.SOURCE.fields, *dtsen.SOURCE.fields), segments=("PBI",))
LAWFUL = {
    "alasan_baca": None, "nama_baku": "BUDI", "desa_alasan": "", "program_lain": False, "segmen_lain": False,
    "status": "AKTIF",
    "fasilitas": None, "desil": 4, "kategori": "PMKS-02", "berkas": "2024-06/ppks/a.csv", "umur_dari": 6,
    "umur_sampai": 18, "tanggal_lahir": date(2010, 6, 15), "jenis_kelamin": "L", "kelamin_jenis": None,
}  # fmt: skip
TYPES = {
    "program_lain": pa.bool_(), "segmen_lain": pa.bool_(), "desil": pa.int64(),
    "umur_dari": pa.int64(), "umur_sampai": pa.int64(),
    "tanggal_lahir": pa.date32(),
}  # fmt: skip
BROKEN = (
    ({}, ""),
    ({"alasan_baca": "jumlah_kolom"}, "jumlah_kolom "),
    ({"nama_baku": None}, "nama_kosong "),
    ({"program_lain": True}, "program_lain "),
    ({"segmen_lain": True}, "bukan_pbi "),
    ({"desa_alasan": "desa_tak_dikenal"}, "desa_tak_dikenal "),
    ({"desa_alasan": "desa_bertentangan"}, "desa_bertentangan "),
    ({"status": None}, "status_tak_dikenal "),
    ({"status": "MENINGGAL"}, ""),
    ({"desa_alasan": "kode_desa_ganda"}, "kode_desa_ganda "),
    ({"nama_baku": None, "fasilitas": "WC KOMUNAL"}, ""),
    ({"desil": None}, "desil_tak_dikenal "),
    ({"kategori": None}, "jenis_tak_dikenal "),
    ({"tanggal_lahir": date(2018, 6, 30)}, ""),  # six in the course of the month
    ({"tanggal_lahir": date(2018, 7, 1)}, "umur_bertentangan "),
    ({"tanggal_lahir": date(2005, 6, 2)}, ""),  # eighteen on its first day
    ({"tanggal_lahir": date(2005, 5, 31)}, "umur_bertentangan "),
    ({"tanggal_lahir": None}, ""),
    ({"umur_dari": None, "umur_sampai": None, "tanggal_lahir": date(1950, 1, 1)}, ""),
    ({"kelamin_jenis": "P"}, "kelamin_bertentangan "),
    ({"kelamin_jenis": "P", "jenis_kelamin": "P"}, ""),
    ({"kelamin_jenis": "P", "jenis_kelamin": None}, ""),
    ({"nama_baku": None, "status": None}, "nama_kosong status_tak_dikenal "),
)


def test_a_row_is_refused_for_what_is_wrong_with_it(records: Records) -> None:
    kinds = ((column, TYPES.get(column, pa.string())) for column in LAWFUL)
    schema = pa.schema([("urut", pa.int64()), *kinds])
    rows = [{"urut": i} | LAWFUL | case for i, (case, _) in enumerate(BROKEN)]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=schema))
    found = records(table.select("urut", alasan=refusals(table, SOURCE)).order_by("urut"))
    assert [row["alasan"] for row in found] == [codes for _, codes in BROKEN]


def test_every_rule_has_a_case() -> None:
    assert {codes.split()[0] for _, codes in BROKEN if codes} == {rule.code for rule in ROW_RULES}


def test_a_code_names_one_rule() -> None:
    assert len(sentences()) == len(ROW_RULES) + len(LINK_RULES)


@pytest.mark.parametrize("code", sentences())
def test_a_sentence_says_what_is_wrong_and_what_to_do(code: str) -> None:
    column, sentence = sentences()[code]
    wrong, _, todo = sentence.partition("; ")
    assert wrong and todo and sentence.endswith(".")
    assert column == "" or column.isidentifier()


def test_every_kind_of_unplaced_nik_has_its_sentence() -> None:
    assert set(LINK_RULES) == {f"nik_{kind}" for kind in ("sah", "rusak", "kosong", "tersamar", "tak_ada")}
