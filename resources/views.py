"""What readers see: one view a table, under the contract's name, that follows the pointer."""

import sqlalchemy as sa

from pipelines.columns import column
from pipelines.publications import PENUNJUK, PUBLIKASI
from pipelines.tables import HISTORY_KEY, REFERENCE, VERSIONED, period_column

SCHEMA = "public"


def view_selects() -> dict[str, sa.Select]:
    """View name -> its query. Every view shows `publikasi_id` and published rows only."""
    return {"publikasi": _publications(), **{name: _view(name) for name in VERSIONED}}


def view_comments(name: str, select: sa.Select) -> tuple[str, dict[str, str]]:
    """Comment of a view and of each of its columns, taken from the tables' declaration."""
    table = PUBLIKASI if name == "publikasi" else VERSIONED[name]
    computed = {
        "berlaku": "benar: terbitan ini yang sekarang ditampilkan untuk periodenya",
        "berlaku_sampai": column("berlaku_sampai").comment or "",
    }
    comments = {c.name: getattr(c, "comment", None) or computed[c.name] for c in select.selected_columns}
    return table.comment or "", comments


def _publications() -> sa.Select:
    pointed = sa.exists().where(PENUNJUK.c.publikasi_id == PUBLIKASI.c.publikasi_id)
    return sa.select(*PUBLIKASI.columns, pointed.label("berlaku"))


def _view(name: str) -> sa.Select:
    if name in REFERENCE:
        return _of_latest_period(VERSIONED[name])
    if name in HISTORY_KEY:
        return _with_end(VERSIONED[name], HISTORY_KEY[name])
    return published(VERSIONED[name])


def published(table: sa.Table) -> sa.Select:
    """Rows of every publication that is pointed at.

    The period is joined too, so that a reader's filter on it reaches the pointer and then the index.
    """
    period = table.c[period_column(table.name) or "periode"]
    pointed = sa.and_(PENUNJUK.c.publikasi_id == table.c.publikasi_id, PENUNJUK.c.periode == period)
    return sa.select(*table.columns).join(PENUNJUK, pointed)


def _with_end(table: sa.Table, key: str) -> sa.Select:
    start = table.c.berlaku_dari
    end = sa.func.lead(start).over(partition_by=table.c[key], order_by=start)
    return published(table).add_columns(end.label("berlaku_sampai"))


def _of_latest_period(table: sa.Table) -> sa.Select:
    latest = sa.select(PENUNJUK.c.publikasi_id).order_by(PENUNJUK.c.periode.desc()).limit(1)
    return sa.select(*table.columns).where(table.c.publikasi_id == latest.scalar_subquery())
