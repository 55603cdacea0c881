"""How a versioned table is declared: its columns by the words of the warehouse, its key, its indexes, its comments."""

from collections.abc import Mapping

import sqlalchemy as sa

from pipelines.columns import column
from pipelines.publications import METADATA

VERSIONED: dict[str, sa.Table] = {}  # by name, in the order in which they are declared


def versioned(  # noqa: PLR0913 - a declaration reads best as one call
    name: str,
    comment: str,
    columns: str,
    *,
    key: str = "",
    required: str = "",
    index: str = "",
    meanings: Mapping[str, str] | None = None,
) -> None:
    """Declare a table. `key`, `required`, `index` name columns; key and index stand behind `publikasi_id`."""
    keys, narrower = key.split(), meanings or {}
    table = sa.Table(
        name,
        METADATA,
        column("publikasi_id", required=True, primary_key=bool(keys)),
        *(
            column(
                word,
                required=word in {"periode", *required.split()},
                primary_key=word in keys,
                meaning=narrower.get(word, ""),
            )
            for word in columns.split()
        ),
        comment=comment,
    )
    for word in index.split():
        sa.Index(f"ix_{name}_{word}", table.c.publikasi_id, table.c[word])
    if not keys and not index:
        # The rows of a publication lie together: a block range index finds them and costs the load nothing.
        lie, summed = (table.c.publikasi_id, table.c.periode), {"autosummarize": "on"}
        sa.Index(f"ix_{name}_publikasi", *lie, postgresql_using="brin", postgresql_with=summed)
    VERSIONED[name] = table
