"""What Dagster shows of a table, in Indonesian: the words of its declaration; docstrings are for developers."""

from dagster import TableColumn, TableSchema

from pipelines.tables import VERSIONED, arrow_schema_of

# Tables that are not published, so no declaration explains them.
_WORK = {
    "tautan": "satu baris: satu baris kiriman yang sah, orangnya, dan cara ia dikenali",
    "orang": "satu baris: satu orang pada daftar periode ini, menurut sumber yang paling dipercaya",
    "anggota_keluarga": "satu baris: satu orang periode ini dan keluarganya",
}
_KINDS = {"string": "teks", "int64": "bilangan bulat", "double": "bilangan", "date32[day]": "tanggal"}


def described(table: str) -> str:
    """What one row of a table is."""
    said = (VERSIONED[table].comment or "") if table in VERSIONED else _WORK[table]
    return f"{said[:1].upper()}{said[1:]}."


def columns(table: str) -> dict[str, TableSchema]:
    """Metadata with the columns of a published table and what each means; none of a work table."""
    if table not in VERSIONED:
        return {}
    meanings = VERSIONED[table].c
    fields = arrow_schema_of(table)
    return {
        "dagster/column_schema": TableSchema([
            TableColumn(f.name, type=_KINDS[str(f.type)], description=meanings[f.name].comment) for f in fields
        ])
    }  # fmt: skip
