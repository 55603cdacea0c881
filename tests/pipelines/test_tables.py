"""The declaration of the warehouse: every table explained, and derived without contradiction."""

import pyarrow as pa
import pytest
import sqlalchemy as sa

from pipelines import columns, publications, tables

ARROW = {sa.Text: pa.string(), sa.BigInteger: pa.int64(), sa.Double: pa.float64(), sa.Date: pa.date32()}


@pytest.mark.parametrize("table", publications.METADATA.sorted_tables, ids=str)
def test_every_table_and_column_is_explained(table: sa.Table) -> None:
    assert table.schema == "terbitan"
    assert table.comment
    assert [c.name for c in table.columns if not c.comment] == []


@pytest.mark.parametrize("name", tables.VERSIONED)
def test_a_stage_delivers_all_but_the_publication(name: str) -> None:
    table = tables.VERSIONED[name]
    assert table.columns.keys() == ["publikasi_id", *tables.columns_of(name)]
    schema = tables.arrow_schema_of(name)
    assert schema.names == list(tables.columns_of(name))
    assert [field.type for field in schema] == [ARROW[type(table.c[n].type)] for n in schema.names]


@pytest.mark.parametrize("name", tables.VERSIONED)
def test_a_row_says_its_period_and_is_found_by_its_publication(name: str) -> None:
    period, table = tables.period_column(name), tables.VERSIONED[name]
    assert (period is None) == (name in tables.REFERENCE)
    assert period is None or not table.c[period].nullable
    leading = {index.columns.keys()[0] for index in table.indexes} | set(table.primary_key.columns.keys()[:1])
    assert leading == {"publikasi_id"}


def test_the_end_of_a_version_is_never_delivered() -> None:
    assert [n for n in tables.HISTORY_KEY if "berlaku_sampai" in tables.columns_of(n)] == []


def test_groups_name_declared_tables() -> None:
    groups = tables.CUMULATIVE | tables.REFERENCE | tables.HISTORY_KEY.keys()
    assert groups <= tables.VERSIONED.keys()


def test_every_word_is_used() -> None:
    used = {word for name in tables.VERSIONED for word in tables.columns_of(name)}
    used |= {*publications.PUBLIKASI.columns.keys(), "berlaku_sampai"}
    assert columns.ARROW_TYPES.keys() - used == set()
