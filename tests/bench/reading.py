"""What reading costs: against a bare calamine read, against DuckDB's own parse, and in memory where files are large.

    python tests/bench/reading.py [--besar]

`--besar` adds a sheet of 1,048,575 rows and 1 GB of text (minutes, 2 GB of disk). Prints a line a figure; exits 1
where one is missed. CPU seconds, the least of some runs, each in a process of its own.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import xlsxwriter
from python_calamine import CalamineWorkbook

from pipelines.reading import DropFile, Operator, read_source
from pipelines.sources.dtks import SOURCE

ROOT = Path(__file__).parents[2]
HEAD = ["nik", "nokk", "nama", "tanggal_lahir", "alamat", "rt", "rw", "desa", "kecamatan", "kabupaten"]
RUNS, ROWS, LINES = 5, 40_000, 1_000_000
LAST_ROW, GIGABYTE_LINES = 1_048_575, 10_000_000
# kind -> what is measured, the bound
RATIOS = {"buku_kerja": ("40.000 baris, kali calamine", 2.0), "teks": ("1 juta baris, kali DuckDB", 3.0)}
MIB = 1536.0


def row(n: int) -> list[str]:
    """One invented person."""
    return [
        f"2104{n:012d}", f"2104{n * 7 % 10**12:012d}", f"REKAAN {n % 5000}", f"1990-01-{n % 28 + 1:02d}",
        f"JL. MERDEKA NO {n % 3000}", f"{n % 9:03d}", f"{n % 7:03d}", f"DESA {n % 80}", f"KEC {n % 10}", "LINGGA",
    ]  # fmt: skip


def make_workbook(path: Path, rows: int) -> None:
    """A sheet of so many rows, its header among them."""
    with xlsxwriter.Workbook(path, {"constant_memory": rows > ROWS}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, HEAD)
        for n in range(1, rows):
            sheet.write_row(n, 0, row(n))


def make_text(path: Path, lines: int) -> None:
    """Pipe text of so many persons, with a total at its foot."""
    with path.open("w") as file:
        file.write("|".join(HEAD) + "\n")
        file.writelines("|".join(row(n)) + "\n" for n in range(lines))
        file.write("JUMLAH|" + str(lines) + "|" * 8 + "\n")


def bare_workbook(path: Path) -> None:
    """Calamine alone."""
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """One for all runs, as an office has one."""
    return duckdb.connect()


def bare_text(path: Path) -> None:
    """DuckDB's own parse, written as Parquet."""
    with TemporaryDirectory() as place:
        engine().read_csv(str(path), all_varchar=True).to_parquet(f"{place}/o.parquet")


def ours(path: Path) -> int:
    """The product; how often it told its progress."""
    told = list[int]()
    with TemporaryDirectory() as place:
        file, operator = DropFile(path, "2024-06/dtks/berkas"), Operator(tell=lambda _, rows: told.append(rows))
        reading = read_source(SOURCE, [file], engine(), Path(place) / "o.parquet", Path(place), operator)
    assert not reading.failures, reading.failures
    return len(told)


def measured(way: str, path: Path, runs: int) -> dict[str, float]:
    """CPU seconds and peak memory (MiB) of one way, in a process of its own."""
    command = [sys.executable, __file__, "--satu", way, str(path), str(runs)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def one(way: str, path: Path, runs: int) -> None:
    """Measure in this process."""
    run: Callable[[Path], object] = {"calamine": bare_workbook, "duckdb": bare_text, "baca": ours}[way]
    least, told = float("inf"), 0
    for _ in range(runs):
        start = time.process_time()
        told = run(path) or 0  # type: ignore[assignment]
        least = min(least, time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": least, "mib": peak, "kemajuan": told}))


def main(large: bool) -> int:
    """Every figure, and whether one is missed."""
    missed = 0
    with TemporaryDirectory() as place:
        book, text = Path(place) / "b.xlsx", Path(place) / "t.txt"
        make_workbook(book, ROWS)
        make_text(text, LINES)
        for path, bare, kind in ((book, "calamine", "buku_kerja"), (text, "duckdb", "teks")):
            title, bound = RATIOS[kind]
            floor, own = measured(bare, path, RUNS)["cpu"], measured("baca", path, RUNS)["cpu"]
            missed += own > bound * floor
            print(f"{title}: {own:.2f} s / {floor:.2f} s = {own / floor:.2f} (paling banyak {bound})")
        if large:
            make_workbook(book, LAST_ROW)
            make_text(text, GIGABYTE_LINES)
            for path, title in ((book, f"lembar {LAST_ROW} baris"), (text, f"teks {GIGABYTE_LINES} baris")):
                got = measured("baca", path, 1)
                missed += got["mib"] > MIB or not got["kemajuan"]
                size = path.stat().st_size / 1e6
                print(
                    f"{title}, {size:.0f} MB: {got['mib']:.0f} MiB (paling banyak {MIB:.0f}), {got['cpu']:.0f} s CPU, "
                    f"kemajuan {got['kemajuan']} kali"
                )
    return int(missed > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--satu"]:
        one(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        sys.exit(main("--besar" in sys.argv))
