"""The state folder: all that the program keeps on this machine, in one place that may be deleted to start afresh."""

import hashlib
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from resources.denial import denial

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600


class StateError(Exception):
    """The state folder cannot be what it has to be; the message says what to do."""


@dataclass(frozen=True)
class State:
    """The folder `PERLINSOS_RUMAH`: the embedded server, Dagster's home, the office's key, work files."""

    home: Path

    @property
    def postgres(self) -> Path:
        """Where the embedded server keeps its data."""
        return self.home / "postgres"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME: run history, schedules, logs."""
        return self.home / "dagster"

    @property
    def docs(self) -> Path:
        """The pages of the last judgements, one folder a period."""
        return self.home / "penilaian"

    @property
    def logs(self) -> Path:
        """Logs of child processes."""
        return self.home / "log"

    @property
    def padan(self) -> Path:
        """The weights of the linkage; taken away, the next run learns them anew."""
        return self.home / "padan.json"

    @property
    def lock(self) -> Path:
        """Held by the run that is under way."""
        return self.home / "pemutakhiran.lock"

    @property
    def scratch(self) -> Path:
        """What a run needs on its way and leaves empty."""
        return self.home / "sementara"

    def work(self, periode: str) -> Path:
        """The tables of a period between the drop folder and the warehouse."""
        return self.home / "kerja" / periode

    def prepare(self) -> None:
        """Create the folders, readable by their owner alone. StateError: they cannot be made."""
        try:
            for folder in (self.home, self.dagster, self.docs, self.logs, self.scratch):
                folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
            self.home.chmod(_PRIVATE_FOLDER)
        except OSError as error:
            what = f"Folder keadaan {self.home} tidak dapat dibuat ({denial(error)})"
            raise StateError(f"{what}; pilih folder lain dengan PERLINSOS_RUMAH.") from None

    def sweep(self, periode: str) -> None:
        """Remove what a run that was killed left half done; only for who holds the lock."""
        leavings = [*self.scratch.iterdir(), self.work(periode) / "spill"]
        leavings += [path for kind in ("*.tulis", "*.part") for path in self.work(periode).glob(kind)]
        for path in leavings:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def secret(self) -> str:
        """The office's key, made at first use: keys of persons and families cannot be derived without it."""
        file = self.home / "kunci"
        if not file.exists():
            draft = self.home / f"kunci.{secrets.token_hex(4)}"
            draft.touch(_PRIVATE_FILE)
            draft.write_text(secrets.token_hex(32))
            with suppress(FileExistsError):  # another process was first: its key counts
                file.hardlink_to(draft)
            draft.unlink()
        return file.read_text().strip()

    def secret_fingerprint(self) -> str:
        """What tells one key from another and does not give it away."""
        return hashlib.sha256(f"sidik kunci kantor {self.secret()}".encode()).hexdigest()
