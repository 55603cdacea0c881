"""The hash of what a publication holds: the same for any order of rows, any number of threads."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow.parquet as pq


def content_hash(tables: Mapping[str, Path]) -> str:
    """SHA-256 over every table's name, columns, number of rows and the sum of its rows' hashes."""
    parts = []
    with duckdb.connect(config={"threads": 2}) as engine:
        for name in sorted(tables):
            columns = pq.read_schema(tables[name]).names
            # a NULL and an empty text differ; the separator cannot stand in a value that was read from a cell
            row = " || chr(31) || ".join(f"coalesce(\"{c}\"::VARCHAR, chr(0) || 'NULL')" for c in columns)
            rows, total = engine.execute(
                f"SELECT count(*), sum(md5_number_lower({row})) FROM read_parquet(?)",  # noqa: S608 - declared names
                [str(tables[name])],
            ).fetchall()[0]
            parts.append([name, columns, rows, str(total)])
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
