"""The shape of the database: schema, tables, views, comments, grants; created where missing."""

import hashlib
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable, CreateView

from pipelines.tables import METADATA
from resources.views import SCHEMA, view_comments, view_selects

READER = "pembaca"
_LOCK = 7_310_001
_DIALECT = postgresql.dialect()


def prepare_structure(connection: sa.Connection) -> None:
    """Bring the database to the declared shape, within the caller's transaction.

    One process at a time. The shape's hash is kept as the schema's comment: where it agrees nothing is
    altered, so that a start beside readers takes no lock on a view.
    """
    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    if _present_shape(connection) != _declared_shape():
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {METADATA.schema}")
        METADATA.create_all(connection)
        _complete_tables(connection)
        for statement in (*_view_statements(), *_comment_statements()):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"COMMENT ON SCHEMA {METADATA.schema} IS '{_declared_shape()}'")
    reader = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    if connection.execute(reader, {"name": READER}).first():
        views = ", ".join(f"{SCHEMA}.{name}" for name in view_selects())
        connection.exec_driver_sql(f"GRANT SELECT ON {views} TO {READER}")


def _present_shape(connection: sa.Connection) -> str | None:
    comment = sa.text("SELECT obj_description(to_regnamespace(:name), 'pg_namespace')")
    return connection.execute(comment, {"name": METADATA.schema}).scalar()


def _declared_shape() -> str:
    elements: list[sa.ExecutableDDLElement] = []
    for table in METADATA.sorted_tables:
        elements += [CreateTable(table), *map(CreateIndex, sorted(table.indexes, key=str))]
    parts = [str(element.compile(dialect=_DIALECT)) for element in elements]
    whole = "\n".join((*parts, *_view_statements(), *_comment_statements()))
    return f"bentuk {hashlib.sha256(whole.encode()).hexdigest()}"


def _complete_tables(connection: sa.Connection) -> None:
    inspector = sa.inspect(connection)
    for table in METADATA.sorted_tables:
        present = {c["name"]: c for c in inspector.get_columns(table.name, schema=table.schema)}
        for missing in (c for c in table.columns if c.name not in present):
            # Nullable even where declared otherwise: former publications have no value for it.
            kind = missing.type.compile(dialect=_DIALECT)
            connection.exec_driver_sql(f"ALTER TABLE {table.fullname} ADD COLUMN {missing.name} {kind}")
        for freed in (c.name for c in table.columns if c.nullable and c.name in present):
            if not present[freed]["nullable"]:
                connection.exec_driver_sql(f"ALTER TABLE {table.fullname} ALTER COLUMN {freed} DROP NOT NULL")
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def _view_statements() -> Iterator[str]:
    # Without CASCADE: what another office built upon a view is never dropped in silence.
    for name, select in view_selects().items():
        yield f"DROP VIEW IF EXISTS {SCHEMA}.{name}"
        yield str(CreateView(select, name, schema=SCHEMA).compile(dialect=_DIALECT))


def _comment_statements() -> Iterator[str]:
    for table in METADATA.sorted_tables:
        columns = {c.name: c.comment or "" for c in table.columns}
        yield from _comments("TABLE", table.fullname, table.comment or "", columns)
    for name, select in view_selects().items():
        yield from _comments("VIEW", f"{SCHEMA}.{name}", *view_comments(name, select))


def _comments(kind: str, name: str, comment: str, columns: dict[str, str]) -> Iterator[str]:
    literal = sa.String().literal_processor(_DIALECT) or repr
    yield f"COMMENT ON {kind} {name} IS {literal(comment)}"
    for column, text in columns.items():
        yield f"COMMENT ON COLUMN {name}.{column} IS {literal(text)}"
