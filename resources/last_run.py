"""What the state folder knows of a period's last run: whether its lists were judged, and what it could not read."""

import json
from pathlib import Path

from pipelines.reading.errors import without_numbers

# Written as the lists of each source are read, and by the gate: the questions, and the mark of what it let pass.
_READ, _JUDGED = "gagal_*.json", ("pertanyaan.parquet", "dinilai.json")


def unjudged(work: Path) -> list[str] | None:
    """The files that could not be read, none where something else went wrong, if the last run has not come to the gate;
    None where it has, or where nothing was ever read. `work`: the period's work folder."""
    read = list(work.glob(_READ))
    judged = [path.stat().st_mtime_ns for name in _JUDGED if (path := work / name).exists()]
    if not read or max(path.stat().st_mtime_ns for path in read) <= max(judged, default=0):
        return None
    return sorted(without_numbers(name) for path in read for name in json.loads(path.read_text("utf-8")))
