"""The drop folder `<drop>/<YYYY-MM>/<source>/...`; beside the periods `wilayah/*.csv`, an office's own region table,
`pemetaan/`, what it answered about header words (`resources/answers.py`), and `aturan/`, its own rules for findings."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

import pandas as pd

from pipelines.confirmation import CONFIRMATIONS, DECISIONS
from pipelines.declaration import Source
from pipelines.pair_decisions import JUDGEMENTS
from pipelines.period import is_month, months_before
from pipelines.reading import DropFile, Passwords
from pipelines.reading.answers import FOLDER
from pipelines.reading.errors import without_numbers
from pipelines.reading.files import is_system_file

DONE_MARK = "SELESAI"
RULES = "aturan"
_PASSWORDS, _REGIONS = "sandi", "wilayah"
_BESIDE = (FOLDER, _PASSWORDS, RULES, _REGIONS)  # folders of the drop's own, beside those of the periods
_ANSWERS = (CONFIRMATIONS.file, DECISIONS.file, JUDGEMENTS.file)
_REGION_COLUMNS = (
    "kode_desa", "nama_desa", "jenis", "kode_kecamatan", "nama_kecamatan", "kode_kabupaten", "nama_kabupaten",
    "kode_bps_2018", "kode_lama", "nama_lain",
)  # fmt: skip
_NEEDED_REGION_COLUMNS = _REGION_COLUMNS[:7]


class DropError(Exception):
    """The drop folder is not what a run needs; the message says what to do."""


@dataclass(frozen=True)
class Drop:
    """The folder that the office's lists are put into."""

    root: Path

    def periods(self) -> list[str]:
        """The periods that have a folder, oldest first."""
        if not self.root.is_dir():
            return []
        return sorted(p.name for p in self.root.iterdir() if p.is_dir() and is_month(p.name))

    def files(self, periode: str, source: str) -> list[DropFile]:
        """The files of one source, in the order of their names; system files and lock files left out."""
        folder = self.root / periode / source
        return [
            DropFile(path, path.relative_to(self.root).as_posix())
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not is_system_file(path.name)
        ]

    def delivery(self, periode: str, source: Source) -> tuple[str, list[DropFile]]:
        """What stands for a source in a period, and of which period it is: its own files, else, of a source that does
        not come every month, those of the latest one within its cadence; the period itself where there are none."""
        for back in range(source.cadence_months):
            earlier = months_before(periode, back)
            if files := self.files(earlier, source.name):
                return earlier, files
        return periode, []

    def passwords(self, source: str) -> Passwords:
        """The passwords of one source's workbooks: those of `sandi/<source>.txt`, then of `sandi/sandi.txt`."""
        own = f"{_PASSWORDS}/{source}.txt"
        words = [word for name in (own, f"{_PASSWORDS}/{_PASSWORDS}.txt") for word in _lines(self.root / name)]
        return Passwords(tuple(dict.fromkeys(words)), own)

    def unclaimed(self, periode: str, sources: Sequence[Source]) -> list[str]:
        """What lies in the period's folder and no source reads, below the drop folder: said, never passed over."""
        names = {s.name for s in sources}
        folder = self.root / periode
        return [
            path.relative_to(self.root).as_posix()
            for path in (sorted(folder.iterdir()) if folder.is_dir() else ())
            if not (path.is_dir() and path.name in names)
            and path.stem != DONE_MARK
            and path.name not in _ANSWERS
            and not is_system_file(path.name)
        ]

    def unread(self, periode: str, sources: Sequence[Source]) -> list[str]:
        """A sentence for each of these: what it is not, or, laid a folder too deep, where it belongs."""
        return [self._unread(name, [s.name for s in sources]) for name in self.unclaimed(periode, sources)]

    def _unread(self, name: str, sources: Sequence[str]) -> str:
        own = Path(name).name.casefold()
        if own in _BESIDE and (self.root / name).is_dir():
            return f"{name} (tidak dipakai di dalam folder periode; pindahkan menjadi {self.root.resolve() / own})"
        if (self.root / name).is_file():
            return f"{without_numbers(name)} (berkas di luar folder sumber; pindahkan ke folder sumbernya)"
        meant = get_close_matches(own.replace("-", "_"), sources, 1)
        near = f"; mungkin maksudnya {meant[0]}" if meant else ""
        return f"{without_numbers(name)} (bukan folder sumber yang dikenal{near})"

    def missing(self, periode: str, sources: Sequence[Source]) -> list[str]:
        """Names of the sources due in this period of which nothing stands for it."""
        return [s.name for s in sources if s.at(periode).mandatory and not self.delivery(periode, s)[1]]

    def is_still(self, periode: str, sources: Sequence[Source], now: float, quiet_s: float) -> bool:
        """Whether nothing more is coming: the mark SELESAI stands there, or no file changed for `quiet_s` seconds."""
        folder = self.root / periode
        if any(p.stem == DONE_MARK for p in folder.glob(f"{DONE_MARK}*")):
            return True
        changes = [f.path.stat().st_mtime for s in sources for f in self.delivery(periode, s)[1]]
        return bool(changes) and now - max(changes) >= quiet_s

    def fingerprint(self, periode: str, sources: Sequence[Source]) -> str:
        """What tells one state of a period's folder from another: names, sizes and times of its files, of what was
        answered, of the region table, of the operator's answers, of the passwords and of the office's rules."""
        stats = [(f.berkas, f.path.stat()) for s in sources for f in self.delivery(periode, s)[1]]
        beside = (
            *((periode, name) for name in _ANSWERS), (_REGIONS, "*.csv"), (FOLDER, "**/*.csv"),
            (_PASSWORDS, "*.txt"), (RULES, "*.toml"),
        )  # fmt: skip
        paths = [path for folder, kind in beside for path in sorted((self.root / folder).glob(kind))]
        stats += [(path.relative_to(self.root).as_posix(), path.stat()) for path in paths]
        text = "\n".join(f"{name} {s.st_size} {s.st_mtime_ns}" for name, s in stats)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def regions(self) -> pd.DataFrame:
        """The region table, all text: the office's own files if there are any, else Lingga's (one row a desa)."""
        own = sorted((self.root / _REGIONS).glob("*.csv"))
        tables = [_region_table(path) for path in own]
        if not tables:
            shipped = files("pipelines") / "reference" / "lingga.csv"
            with shipped.open() as text:
                return pd.read_csv(text, dtype=str, keep_default_na=False)
        regions = pd.concat(tables, ignore_index=True)
        if doubles := sorted(set(regions.kode_desa[regions.kode_desa.duplicated()])):
            raise DropError(f"Tabel wilayah: kode desa {doubles[0]} tertulis lebih dari sekali; sisakan satu baris.")
        return regions


def _lines(path: Path) -> list[str]:
    """The lines of a file of passwords, none where there is no file; Notepad begins a file with its own mark."""
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError):
        name = f"{path.parent.name}/{path.name}"
        raise DropError(f"{name}: berkas kata sandi tidak terbaca; simpan sebagai teks UTF-8.") from None
    return [line for line in text.splitlines() if line]


def _region_table(path: Path) -> pd.DataFrame:
    where = f"wilayah/{path.name}"
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:
        raise DropError(
            f"{where}: tabel wilayah tidak terbaca ({type(error).__name__}); simpan sebagai CSV UTF-8."
        ) from None
    if missing := [c for c in _NEEDED_REGION_COLUMNS if c not in table.columns]:
        raise DropError(f"{where}: kolom {', '.join(missing)} tidak ada; lihat contoh di docs/wilayah.md.")
    wrong = ~table.kode_desa.str.fullmatch(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
    if wrong.any():
        line = wrong.to_list().index(True) + 2
        raise DropError(f"{where}, baris {line}: kode desa harus berbentuk 21.04.07.2005.")
    return table.reindex(columns=list(_REGION_COLUMNS), fill_value="")
