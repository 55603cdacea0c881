"""What went wrong with the warehouse, said to an operator: no password, no SQL, no value of a row."""

from collections.abc import Iterator
from contextlib import contextmanager

import adbc_driver_manager.dbapi as adbc
import psycopg
import sqlalchemy as sa

_NOT_PREPARED = {"3F000", "42P01"}
# Classes (data, integrity, checks, raised by a function) whose messages may quote a row.
_QUOTING = {"22", "23", "44", "P0"}
# Connection lost, server shutting down or starting: a little later it answers.
_GONE, _GONE_CLASS = {"57P01", "57P02", "57P03"}, "08"
_NO_ANSWER = "server tidak menjawab; periksa apakah server berjalan dan alamat serta kata sandinya benar"


class WarehouseError(Exception):
    """The warehouse cannot do what was asked. The message is Indonesian and may be shown and logged."""


class WarehouseUnreachable(WarehouseError):
    """The server did not answer; a little later it may."""


@contextmanager
def explained(doing: str) -> Iterator[None]:
    """Turn a database error into a `WarehouseError`: `doing`, then the cause without any row."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        cause = error.orig if isinstance(error.orig, psycopg.Error) else None
        text = _cause(cause) if cause else "galat pada sambungan"
    except psycopg.Error as error:
        text = _cause(error)
    except adbc.Error as error:
        text = _NO_ANSWER if _is_gone(error.sqlstate or "") else f"kode {error.sqlstate}"
    else:
        return
    # `from None`: the database's own error quotes the row, and Dagster stores a context not suppressed.
    kind = WarehouseUnreachable if text == _NO_ANSWER else WarehouseError
    raise kind(f"{doing}: {text}.") from None


def _cause(error: psycopg.Error) -> str:
    state = error.sqlstate or ""
    if state in _NOT_PREPARED:
        return f"tabel tidak ada, gudang belum disiapkan? ({error.diag.message_primary})"
    if _is_gone(state):
        return _NO_ANSWER
    if state[:2] not in _QUOTING:
        return f"{error.diag.message_primary} (kode {state})"
    place = [error.diag.table_name, error.diag.column_name, error.diag.constraint_name]
    named = ", ".join(part for part in place if part) or "tanpa keterangan tempat"
    return f"isi melanggar aturan tabel ({named}; kode {state})"


def _is_gone(state: str) -> bool:
    return not state or state in _GONE or state.startswith(_GONE_CLASS)
