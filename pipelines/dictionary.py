"""Work on the distinct values of a column instead of on every row: names, dates and regions repeat by the thousand."""

from collections.abc import Callable

import ibis.expr.types as ir


def with_derived(
    rows: ir.Table, base: ir.Table, columns: tuple[str, ...], derive: Callable[[ir.Table], ir.Table]
) -> ir.Table:
    """Add to `rows` what `derive` computes once for each distinct combination of `columns` in `base`.

    `base` is the table that `rows` grew from: taken from `rows` itself, the query would hold everything before it
    twice, and twice again at the next call. A combination with a NULL in it derives nothing.
    """
    derived = derive(base.select(*columns).distinct())
    return rows.left_join(derived, list(columns)).drop(*(f"{c}_right" for c in columns))
