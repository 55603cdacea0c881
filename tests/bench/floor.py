"""The floor under every pipeline: read the drop, write what was read as facts; no cleaning, no linkage.

    python tests/bench/floor.py SUMBER_DIR OUT_DIR

Prints one JSON line: rows read, facts written.
"""

import json
import sys
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

PROGRAM = {"dtks": "DTKS", "pkh": "PKH", "bpnt": "BPNT", "pbi_jk": "PBI_JK", "blt_dd": "BLT_DD"}
WORDS = {
    "nik": ("nik", "nomor_nik", "n i k"),
    "no_kk": ("no_kk", "nokk", "nomor_kk", "nkk", "no. kk", "no kk", "nomor kartu keluarga"),
    "nama": ("nama", "nama_penerima", "nama kpm", "nama kepala keluarga", "nama penerima"),
    "desa": ("desa_kelurahan", "village", "kel_name", "kelurahan"),
}
NAMES = ("periode", "program", *WORDS)
ENCODINGS = ("utf-8", "latin-1")
HEADER_CELLS = 4


def find_columns(header: list[str]) -> dict[str, str]:
    """Field -> header word, for the fields the header has."""
    folded = {" ".join(word.casefold().split()): word for word in header}
    hits = {field: [folded[w] for w in words if w in folded] for field, words in WORDS.items()}
    return {field: found[0] for field, found in hits.items() if found}


def read_text(db: duckdb.DuckDBPyConnection, path: Path, periode: str, program: str) -> None:
    """Append a text file's members to the table `fakta`."""
    head = path.read_bytes()[:4_096].decode("utf-8-sig", "replace").splitlines()[0]
    separator = max("|;,", key=head.count)
    encoding = ENCODINGS[_is_latin(path)]
    options = f"delim='{separator}', quote='\"', header=true, all_varchar=true, encoding='{encoding}'"
    found = find_columns([word.strip('"') for word in head.split(separator)])
    fields = ", ".join(f'"{found[field]}"' if field in found else "null" for field in WORDS)
    query = f"insert into fakta select ?, ?, {fields} from read_csv(?, {options})"  # noqa: S608 - own words
    db.execute(query, [periode, program, str(path)])


def _is_latin(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def read_workbook(path: Path, periode: str, program: str) -> list[tuple[str | None, ...]]:
    """Read a workbook's members: the first well-filled row is the header, numbered rows are data."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    filled = (at for at, row in enumerate(rows) if sum(cell != "" for cell in row) >= HEADER_CELLS)
    start = next(filled)
    found = find_columns([str(cell) for cell in rows[start]])
    header = [str(cell) for cell in rows[start]]
    place = {field: header.index(word) for field, word in found.items()}
    return [
        (periode, program, *(as_text(row[place[field]]) if field in place else None for field in WORDS))
        for row in rows[start + 1 :]
        if row[place["nama"]] != "" and row[0] != "" and not str(row[0]).startswith(("(", "-", "JUMLAH"))
    ]


def as_text(cell: object) -> str:
    """Write a cell as text: a number without its point."""
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def main(sumber: Path, out: Path) -> None:
    """Read every file below `sumber`, write `out/fakta.parquet`."""
    out.mkdir(parents=True, exist_ok=True)
    db = duckdb.connect(config={"threads": 2})
    db.execute(f"create table fakta ({', '.join(f'{name} varchar' for name in NAMES)})")
    members: list[tuple[str | None, ...]] = []
    for path in sorted(p for p in sumber.glob("*/*/*") if p.parent.name in PROGRAM):
        periode, program = path.parts[-3], PROGRAM[path.parent.name]
        if path.suffix == ".xlsx":
            members += read_workbook(path, periode, program)
        else:
            read_text(db, path, periode, program)
    columns = {name: [row[at] for row in members] for at, name in enumerate(NAMES)}
    arrays = ", ".join(f"unnest(${name}::varchar[])" for name in NAMES)
    db.execute(f"insert into fakta select {arrays}", columns)
    db.execute(f"copy fakta to '{out / 'fakta.parquet'}' (format parquet)")
    count = db.sql("select count(*) from fakta").fetchone()
    facts = count[0] if count else 0
    sys.stdout.write(json.dumps({"rows": facts, "facts": facts}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
