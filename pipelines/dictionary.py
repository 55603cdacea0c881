"""Work on the distinct values of a column instead of on every row: names, dates and regions repeat by the thousand."""

from collections.abc import Callable

import ibis.expr.types as ir

Derivation = tuple[tuple[str, ...], Callable[[ir.Table], ir.Table]]


def with_derived(base: ir.Table, *derivations: Derivation) -> ir.Table:
    """Add to `base` what each derivation computes once for each distinct combination of its columns.

    A combination with a NULL in it derives nothing. The joins stand in one chain: a query that lists every column
    again after each of them takes longer to build and to plan than a small one runs.
    """
    rows, keys = base, list[str]()
    for place, (columns, derive) in enumerate(derivations):
        by = {f"{column}_kunci_{place}": column for column in columns}
        rows = rows.left_join(derive(base.select(*columns).distinct()).rename(by), [(c, k) for k, c in by.items()])
        keys.extend(by)
    return rows.drop(*keys)
