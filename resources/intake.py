"""The intake: the files of one source become `mentah_<source>`; a narrowed run reads again only what it names."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from pipelines.declaration import Source, fold_header
from pipelines.reading import DropFile, Operator, Reading, expand, read_source
from pipelines.reading.table import schema
from resources.answers import read_answers
from resources.drop import Drop, DropError
from resources.engine import Engine

Tell = Callable[[str, int], None]


@dataclass(frozen=True)
class Narrowing:
    """What a run reads again: these sources, and of a source that comes as one file a desa, these desa. Empty: all."""

    sources: tuple[str, ...] = ()
    desa: tuple[str, ...] = ()

    def selects(self, source: Source, file: DropFile, names: Sequence[str]) -> bool:
        """Whether the file is read again. `names`: folded names of the desa asked for."""
        if self.sources and source.name not in self.sources:
            return False
        if not self.desa:
            return True
        return source.one_file_per_desa and _is_of(file, names)


@dataclass(frozen=True)
class Intake:
    """Reads the drop folder for one run."""

    drop: Drop
    engine: Engine
    narrowing: Narrowing = field(default_factory=Narrowing)
    register: tuple[Source, ...] = ()

    def check_choice(self, periode: str, sources: Sequence[Source]) -> None:
        """Raise DropError where a desa that the run is narrowed to has no file: nothing of it would be read again."""
        files = [f for s in sources if s.one_file_per_desa for f in expand(self.drop.files(periode, s.name))]
        for desa in self.narrowing.desa:
            names = self._desa_names((desa,))
            if not any(_is_of(file, names) for file in files):
                raise DropError(
                    f"Tidak ada berkas periode {periode} yang namanya memuat nama desa {desa}; "
                    "beri berkas itu nama desanya, atau jalankan tanpa mempersempit."
                )

    def take_in(self, periode: str, source: Source, work: Path, tell: Tell = lambda berkas, rows: None) -> Reading:
        """Write `mentah_<source>` and `berkas_<source>`; files that cannot be read are in the returned failures.

        The files are read by the words of the period that they came in. Those outside a narrowed run keep the rows last
        read from them; a file never read is read. A list in an archive is a file like any other. Where one cannot be
        read nothing is replaced: what a damaged correction was to correct stays. `tell`: called on the way with a
        file's path and its rows so far.
        """
        names, known = self._desa_names(self.narrowing.desa), self._read_before(source)
        delivered, sent = self.drop.delivery(periode, source)
        source, every = source.at(delivered), expand(sent)
        chosen = [f for f in every if f.berkas not in known or self.narrowing.selects(source, f, names)]
        target, fresh = self.engine.path(f"mentah_{source.name}"), self.engine.path(f"baru_{source.name}")
        kept = {f.berkas for f in every} - {f.berkas for f in chosen}
        answers = read_answers(self.drop.root, source)
        others = others_at(self.register, delivered)
        operator = Operator(answers, self.drop.passwords(source.name), tell, others)
        reading = read_source(source, chosen, self.engine.connection.con, fresh, work, operator)
        self._failed(source).write_text(json.dumps([failure.berkas for failure in reading.failures]))
        if reading.failures:
            fresh.unlink()
            return reading
        read, columns = reading.files, reading.columns
        if kept:
            self._merge_rows(source, kept, fresh)
            read, columns = (
                self._merged(f"{name}_{source.name}", kept, new) for name, new in (("berkas", read), ("kolom", columns))
            )
        columns.to_parquet(self.engine.path(f"kolom_{source.name}"), index=False)
        ledger = self.engine.path(f"berkas_{source.name}")
        draft = ledger.with_suffix(".tulis")
        read.to_parquet(draft, index=False)
        ledger.unlink(missing_ok=True)  # killed from here on, the next run reads every file again
        fresh.replace(target)
        draft.replace(ledger)
        return reading

    def _merge_rows(self, source: Source, kept: set[str], fresh: Path) -> None:
        """Put the rows of the files that are not read again beside the fresh ones."""
        old = self.engine.table(f"mentah_{source.name}")
        new = self.engine.connection.read_parquet(fresh)
        merged = old.filter(old.berkas.isin(sorted(kept))).select(*new.columns).union(new)
        whole = self.engine.write(f"gabung_{source.name}", merged)
        whole.replace(fresh)

    def _merged(self, table: str, kept: set[str], new: pd.DataFrame) -> pd.DataFrame:
        """The same of a small table."""
        before = pd.read_parquet(self.engine.path(table))
        return pd.concat([before[before.berkas.isin(kept)], new], ignore_index=True)

    def _read_before(self, source: Source) -> set[str]:
        """The files whose rows are the last that were sent: not those whose correction could not be read."""
        files, failed = self.engine.path(f"berkas_{source.name}"), self._failed(source)
        rows = self.engine.path(f"mentah_{source.name}")
        if (
            not files.exists()
            or not self.engine.path(f"kolom_{source.name}").exists()
            or pq.read_schema(rows).names != schema(source).names
        ):
            return set()  # never read, or by another version of the declaration
        read = set(pd.read_parquet(files).berkas)
        return read - set(json.loads(failed.read_text()) if failed.exists() else [])

    def _failed(self, source: Source) -> Path:
        return self.engine.path(f"gagal_{source.name}").with_suffix(".json")

    def _desa_names(self, desa: Sequence[str]) -> list[str]:
        if not desa:
            return []
        regions = self.drop.regions()
        asked = regions[regions.kode_desa.isin(desa)]
        names = ";".join([*asked.nama_desa, *asked.nama_lain.fillna("")]).split(";")
        return [folded for name in names if (folded := fold_header(name))]


def others_at(register: Sequence[Source], periode: str) -> tuple[Source, ...]:
    """The sources in force in a period, as they read it."""
    return tuple(source.at(periode) for source in register if source.in_force(periode))


def _is_of(file: DropFile, names: Sequence[str]) -> bool:
    own = [fold_header(name) for name in file.names()]
    return any(name in word for name in names for word in own)
