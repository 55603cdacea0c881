"""The gate of one source: which checks of its pandera schema fail, without any value."""

import warnings

import ibis.expr.types as ir

from pipelines.declaration import Source

# Ibis 12 still asks pandas 3 for it; where warnings are errors, every check would fail.
_ASKED_IN_VAIN = "The 'future.infer_string' option is deprecated"


def refused_by_schema(rows: ir.Table, source: Source) -> tuple[str, ...]:
    """The failing checks, `column: check`; none where every row is lawful. At least one row: over none, checks fail."""
    from pandera.errors import SchemaErrors  # noqa: PLC0415 - 1.3 s, only where rows are judged

    from pipelines.schema import schema_of  # noqa: PLC0415 - the same

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", _ASKED_IN_VAIN, DeprecationWarning)
            schema_of(source).validate(rows, lazy=True)
    except SchemaErrors as errors:
        return tuple(sorted({f"{e.schema.name}: {e.check or e.reason_code}" for e in errors.schema_errors}))
    return ()
