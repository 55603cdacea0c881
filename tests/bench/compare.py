"""`make bench`: this program against a floor and a peer, on the same invented input, in one run.

    python tests/bench/compare.py [--orang N ...] [--kali K]

floor: DuckDB parses the same files and writes the facts as Parquet. pandas: a plain vectorised script doing the same
job. inti: the core work of this program. Of K runs of each (in turn: floor, pandas, inti, floor ...) the median of
CPU seconds (user and system) and of peak memory is printed, the ratios, and the exponent with which the core's cost
grows from the smallest to the largest input. Last, the whole command at 100,000 people, cold, with publication.
Exits with 1 where a figure that the project promises is missed.
"""

import argparse
import math
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pipelines.contoh import write_contoh

HERE = Path(__file__).parent
CONTESTANTS = {"lantai": "floor.py", "pandas": "pandas_script.py", "inti": "core.py"}
SIZES, WHOLE_COMMAND = (100_000, 2_000_000), 100_000
MAX_RATIO, MAX_GIB, MAX_EXPONENT, MAX_COMMAND_S = 6.0, 4.0, 1.05, 15.0
GIB_IN_KIB = 1 << 20


@dataclass(frozen=True)
class Cost:
    """CPU seconds and peak memory in GiB of one process and its children."""

    cpu_s: float
    gib: float


def run(script: str, drop: Path, work: Path) -> Cost:
    """Run one contestant in a process of its own and take what the system accounts to it."""
    out = Path(tempfile.mkdtemp(dir=work))
    command = [sys.executable, str(HERE / script), str(drop), str(out)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(HERE.parents[1])}
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    shutil.rmtree(out)
    if process.returncode:
        raise SystemExit(f"{script}: exit code {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / GIB_IN_KIB)


def write_apart(folder: Path, size: int) -> None:
    """Write the input in another process: a contestant's peak memory counts from that of the process that starts it."""
    writer = multiprocessing.get_context("spawn").Process(
        target=write_contoh, args=[folder], kwargs={"orang": size, "as_text": True}
    )
    writer.start()
    writer.join()
    if writer.exitcode:
        raise SystemExit(f"write_contoh: exit code {writer.exitcode}")


def median(costs: list[Cost]) -> Cost:
    """The middle of the CPU seconds, and of the memory."""
    return Cost(statistics.median(c.cpu_s for c in costs), statistics.median(c.gib for c in costs))


def measure(size: int, times: int, work: Path) -> dict[str, Cost]:
    """The contestants' costs on one input."""
    folder = work / f"contoh-{size}"
    write_apart(folder, size)
    costs: dict[str, list[Cost]] = {name: [] for name in CONTESTANTS}
    for _ in range(times):
        for name, script in CONTESTANTS.items():
            costs[name].append(run(script, folder / "sumber", work))
    return {name: median(several) for name, several in costs.items()}


def whole_command(work: Path) -> float:
    """Wall seconds of the command for the first period in an empty state folder, until it has ended."""
    folder, home = work / f"contoh-{WHOLE_COMMAND}", work / "rumah"
    if not folder.exists():
        write_apart(folder, WHOLE_COMMAND)
    program = Path(sys.executable).with_name("perlinsos")
    environment = {**os.environ, "PERLINSOS_RUMAH": str(home), "PERLINSOS_GUDANG": ""}
    start = time.perf_counter()
    command = [program, "pemutakhiran", "--periode", "2024-05", "--sumber", folder / "sumber"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    seconds = time.perf_counter() - start
    subprocess.run([program, "gudang", "--berhenti"], check=True, env=environment, capture_output=True)
    return seconds


def main() -> int:
    """Measure, print a table, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--orang", type=int, nargs="+", default=SIZES)
    parser.add_argument("--kali", type=int, default=1)
    chosen = parser.parse_args()
    missed = []

    def judge(name: str, value: float, most: float) -> None:
        print(f"{'ok    ' if value <= most else 'KURANG'} {name}: {value:.2f} (paling banyak {most:.2f})")
        if value > most:
            missed.append(name)

    with tempfile.TemporaryDirectory(prefix="perlinsos-bench-") as scratch:
        work, results = Path(scratch), {}
        for size in chosen.orang:
            results[size] = measure(size, chosen.kali, work)
            for name, cost in results[size].items():
                print(f"{size:>9} orang  {name:<7} {cost.cpu_s:8.1f} s CPU  {cost.gib:6.2f} GiB", flush=True)
        low, high = min(results), max(results)
        core, peer, floor = (results[high][name] for name in ("inti", "pandas", "lantai"))
        judge("CPU inti / lantai", core.cpu_s / floor.cpu_s, MAX_RATIO)
        judge("CPU inti / pandas", core.cpu_s / peer.cpu_s, 1.0)
        judge("memori inti, GiB", core.gib, MAX_GIB)
        judge("memori inti / pandas", core.gib / peer.gib, 1.0)
        if low < high:
            exponent = math.log(core.cpu_s / results[low]["inti"].cpu_s) / math.log(high / low)
            judge("pangkat pertumbuhan CPU inti", exponent, MAX_EXPONENT)
        judge("seluruh perintah, 100.000 orang, detik", whole_command(work), MAX_COMMAND_S)
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
