"""The words of a stage in the engine's language: composed once in a process, and said again to the same question.

To compose the statements of a small period takes longer than to run them. They follow from what the stage is asked
alone: its parameters and the columns of the tables that it is given, never from a row.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from pipelines.linkage import Keep

_COMPOSED: dict[object, "Statements"] = {}


@dataclass(frozen=True)
class Statements:
    """`before`: what is kept by a name, in this order; `query`: the table itself; `after`: the names given back."""

    before: tuple[str, ...]
    query: str
    after: tuple[str, ...]


def composed(question: object, name: str, engine: Backend, compose: Callable[[Keep], ir.Table]) -> Statements:
    """The statements of one stage. `question`: all that they follow from, the stage's `name` among it; `compose` is
    given a `keep` that says what is kept until the stage ends, and gives the expression of its table."""
    if question not in _COMPOSED:
        _COMPOSED[question] = _compose(name, engine, compose)
    return _COMPOSED[question]


def _compose(name: str, engine: Backend, compose: Callable[[Keep], ir.Table]) -> Statements:
    before, after, numbers = list[str](), list[str](), itertools.count(1)

    def keep(table: ir.Table, *, written: bool = True) -> ir.Table:
        kind, kept = "TABLE" if written else "VIEW", f"~{name}~{next(numbers)}"  # no table is called so
        before.append(_creation(kind, kept, table, engine))
        after.insert(0, f'DROP {kind} IF EXISTS "{kept}"')
        return ops.DatabaseTable(kept, table.schema(), engine, ops.Namespace()).to_expr()

    query = engine.compile(compose(keep))
    return Statements(tuple(before), query, tuple(after))


def _creation(kind: str, name: str, table: ir.Table, engine: Backend) -> str:
    # by hand: create_table builds, copies and prints the statement three times, and asks for the schema that is
    # known; both take longer than a small query runs
    columns = ", ".join(f'"{column}"::{_spelt(of)} AS "{column}"' for column, of in table.schema().items())
    return f'CREATE TEMP {kind} "{name}" AS SELECT {columns} FROM ({engine.compile(table)})'  # noqa: S608


@cache
def _spelt(of: dt.DataType) -> str:
    """The engine's own word for a type."""
    return str(Backend.compiler.type_mapper.to_string(of))
