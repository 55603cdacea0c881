"""The refusals as values: each has a sentence that helps, and breaks on its own kind of row only."""

from collections.abc import Callable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from pipelines.rules import LINK_RULES, ROW_RULES, refusals, sentences

Records = Callable[[ir.Table], list[dict[str, Any]]]

LAWFUL = {"alasan_baca": None, "nama_baku": "BUDI", "desa_alasan": "", "program_lain": False, "status": "AKTIF"}
BROKEN = (
    ({}, ""),
    ({"alasan_baca": "jumlah_kolom"}, "jumlah_kolom "),
    ({"nama_baku": None}, "nama_kosong "),
    ({"program_lain": True}, "program_lain "),
    ({"desa_alasan": "desa_tak_dikenal"}, "desa_tak_dikenal "),
    ({"desa_alasan": "desa_bertentangan"}, "desa_bertentangan "),
    ({"status": None}, "status_tak_dikenal "),
    ({"status": "MENINGGAL"}, ""),
    ({"nama_baku": None, "status": None}, "nama_kosong status_tak_dikenal "),
)


def test_a_row_is_refused_for_what_is_wrong_with_it(records: Records) -> None:
    kinds = ((column, pa.bool_() if value is False else pa.string()) for column, value in LAWFUL.items())
    schema = pa.schema([("urut", pa.int64()), *kinds])
    rows = [{"urut": i} | LAWFUL | case for i, (case, _) in enumerate(BROKEN)]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=schema))
    found = records(table.select("urut", alasan=refusals(table)).order_by("urut"))
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
