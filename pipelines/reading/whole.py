"""Whether a file was read to its end: the rows that came out of it, against what did not make them.

A list that ends early looks like one of fewer people, and the reader's own count of its rows agrees with itself. So the
lines of a text are counted by its bytes, and the rows of a workbook are those that the sheet spans.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from glob import escape
from pathlib import Path

import duckdb

from pipelines.reading.errors import Refused


@dataclass(frozen=True)
class End:
    """Where a sheet, or a text, ends: after `rows()` physical rows, blank ones too. `below(n)`: whether anything that
    must come out stands below row n; it is asked only where the last rows did not."""

    lembar: str
    rows: Callable[[], int]
    below: Callable[[int], bool]


def check_whole(con: duckdb.DuckDBPyConnection, part: Path, ends: Iterable[End]) -> int:
    """How many physical rows a file has; refused where a sheet did not come out to its end. `part`: its rows as they
    came out."""
    last = dict(con.read_parquet(escape(str(part))).aggregate("lembar, max(baris)").fetchall())
    total = 0
    for end in ends:
        read, rows = last.get(end.lembar, 0), end.rows()
        if read < rows and end.below(read):
            raise Refused(
                f"terbaca hanya sampai baris {read}, padahal isinya sampai baris {rows}; jangan ubah berkasnya, "
                "ulangi, dan bila tetap begitu laporkan kepada pengelola sistem",
                lembar=end.lembar,
            )
        total += rows
    return total
