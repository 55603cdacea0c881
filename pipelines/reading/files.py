"""A file of the drop folder, and the lists that lie in an archive: each is read as a file of its own."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.reading.content import is_archive
from pipelines.reading.errors import Refused
from pipelines.reading.inflate import LOCKED_ARCHIVE, is_locked, opened, unpack

# The largest kabupaten has 852 desa.
MEMBERS = 1_000
_SYSTEM_FILES = ("~$", ".", "Thumbs.db", "desktop.ini")
_SYSTEM_FOLDER = "__MACOSX"
_UTF8_NAME = 0x800


@dataclass(frozen=True)
class DropFile:
    """One file of the drop folder. `berkas`: its path below that folder, `2024-06/dtks/DTKS Juni.txt`.

    A list in an archive: `path` is the archive's, `member` the list's place in it from 0, and `berkas` goes on
    below the archive, `2024-06/blt_dd/kiriman.zip/BLT Raya.xlsx`.
    """

    path: Path
    berkas: str
    member: int | None = None

    def names(self) -> tuple[str, ...]:
        """The file's own name without extension, and that of the archive that it lies in."""
        own = PurePosixPath(self.berkas).stem
        return (own,) if self.member is None else (own, self.path.stem)


def is_system_file(name: str) -> bool:
    """Tell what a program left beside the lists: lock files, hidden files, pictures of a folder."""
    return name.startswith(_SYSTEM_FILES)


def expand(files: Iterable[DropFile]) -> list[DropFile]:
    """Put the lists of an archive in its place. One that cannot be looked into stays: reading it says why."""
    return [part for file in files for part in _parts(file)]


def members(path: Path) -> dict[int, str]:
    """Place -> name of the lists in a zip, in its order; names are clean paths, and no two are the same."""
    with opened(path) as archive:
        entries = archive.infolist()
    named = {at: _clean(entry) for at, entry in enumerate(entries) if not entry.is_dir()}
    lists = {at: name for at, name in named.items() if not _is_leaving(name)}
    if not lists:
        raise Refused("arsip zip tidak berisi daftar; minta pengirim mengirim ulang")
    if len(lists) > MEMBERS:
        raise Refused(
            f"arsip zip berisi {len(lists)} berkas, lebih dari {MEMBERS}; bagi menjadi beberapa arsip, atau buka "
            "dan letakkan daftarnya saja"
        )
    if all(map(is_locked, entries)):
        raise Refused(LOCKED_ARCHIVE)
    return dict(zip(lists, told_apart(lists.values()), strict=True))


def fetch(file: DropFile, folder: Path) -> Path:
    """Where the content of a file lies: for a list in an archive, unpacked into `folder`."""
    if file.member is None:
        return file.path
    target = folder / "anggota"
    with opened(file.path) as archive:
        unpack(archive, archive.infolist()[file.member], target)
    return target


def _parts(file: DropFile) -> list[DropFile]:
    try:
        if file.member is not None or not is_archive(file.path):
            return [file]
        return [DropFile(file.path, f"{file.berkas}/{name}", at) for at, name in members(file.path).items()]
    except (Refused, OSError):
        return [file]


def _clean(entry: zipfile.ZipInfo) -> str:
    """An entry's name as a path below its archive: no way up, no drive, nothing that cannot be seen."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8_NAME:
        name = _without_mark(name)
    seen = "".join(c for c in name if unicodedata.category(c)[0] != "C")
    parts = (part.strip() for part in re.split(r"[/\\]", re.sub(r"^[A-Za-z]:", "", seen)))
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "tanpa nama"


def _without_mark(name: str) -> str:
    """A name that does not say it is UTF-8, and which zipfile therefore took for cp437."""
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def _is_leaving(name: str) -> bool:
    path = PurePosixPath(name)
    return is_system_file(path.name) or _SYSTEM_FOLDER in path.parts


def told_apart(names: Iterable[str]) -> Iterator[str]:
    """Names of files, no two the same: the second `a.csv` is `a (2).csv`."""
    times = Counter[str]()
    taken = set[str]()
    for name in names:
        shown = name
        while shown in taken:
            times[name] += 1
            path = PurePosixPath(name)
            shown = str(path.with_name(f"{path.stem} ({times[name] + 1}){path.suffix}"))
        taken.add(shown)
        yield shown
