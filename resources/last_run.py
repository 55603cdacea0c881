"""What the state folder knows of a period's last run: which drop folder it read, whether its lists were judged, and
what it could not read. `work`: the period's work folder."""

import json
from pathlib import Path

from pipelines.reading.errors import without_numbers
from resources.confirmations import QUESTIONS
from resources.drop import Drop

_DROP = "kiriman.txt"
PASSED = "dinilai.json"  # the mark of what the gate let pass
_READ, _JUDGED = "gagal_*.json", (QUESTIONS, PASSED)  # written as the lists of each source are read, and by the gate


def keep_drop(work: Path, root: Path) -> None:
    """Write down which drop folder a run of the period read: that is where an answer to it belongs."""
    (work / _DROP).write_text(str(root), "utf-8")


def drop_read(work: Path, otherwise: Path) -> Drop:
    """The drop folder that the last run of the period read."""
    kept = work / _DROP
    return Drop(Path(kept.read_text("utf-8")) if kept.exists() else otherwise)


def unjudged(work: Path) -> list[str] | None:
    """The files that could not be read, none where something else went wrong, if the last run has not come to the gate;
    None where it has, or where nothing was ever read."""
    read = list(work.glob(_READ))
    judged = [path.stat().st_mtime_ns for name in _JUDGED if (path := work / name).exists()]
    if not read or max(path.stat().st_mtime_ns for path in read) <= max(judged, default=0):
        return None
    return sorted(without_numbers(name) for path in read for name in json.loads(path.read_text("utf-8")))
