"""What tests of whole runs share: an invented kabupaten, an office to run it in, and the run itself."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import ClassVar, TypeVar

import pandas as pd
import pytest
from dagster import AssetKey, DagsterInstance, ExecuteInProcessResult
from forgotten import forget

from definitions import build_definitions
from pipelines.contoh import write_contoh
from pipelines.declaration import Source
from pipelines.sources import REGISTER
from resources import office
from resources.garbage import seldom_collected
from resources.postgres import EmbeddedPostgres
from resources.settings import Settings
from resources.state import State
from resources.verdict import Judge

RunJob = Callable[..., ExecuteInProcessResult]
Leaks = Callable[[str], set[str]]
Interface = Callable[[Settings], AbstractContextManager[tuple[subprocess.Popen[bytes], int]]]
T = TypeVar("T")
_LOOK_EVERY_S = 0.2
_NUMBERS = {"nik", "nokk", "nomor_nik", "nomor_kk", "psnoka_bpjs"}
_NAMES = {"nama", "nama_penerima", "nama_ibu_kandung"}


@pytest.fixture(scope="session")
def kabupaten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented kabupaten of two months, `sumber` and `kunci`; to be copied, never changed."""
    folder = tmp_path_factory.mktemp("kabupaten")
    write_contoh(folder, orang=1_500, benih=11)
    return folder


@pytest.fixture(scope="module")
def office_folder(
    request: pytest.FixtureRequest, kabupaten: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """An office of the module's own: a copy of the drop, and a state folder removed at the end.

    A module that names its `LISTS` gets those alone: a run of two sources takes two thirds of the time of one of five.
    """
    folder = tmp_path_factory.mktemp("kantor")
    for drop in sorted((kabupaten / "sumber").glob("*/*")):
        if drop.name in getattr(request.module, "LISTS", (drop.name,)):
            shutil.copytree(drop, folder / "sumber" / drop.parent.name / drop.name)
    settings = Settings(folder / "rumah", folder / "sumber")
    yield settings
    forget(EmbeddedPostgres(State(settings.rumah).postgres))
    shutil.rmtree(settings.rumah, ignore_errors=True)


@pytest.fixture(scope="session")
def interface() -> Interface:
    """`perlinsos ui` over an office: the process and its port. Whatever it started ends with the `with`."""

    @contextmanager
    def opened(settings: Settings) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        State(settings.rumah).prepare()
        with (State(settings.rumah).logs / "ui.log").open("wb") as log:
            process = subprocess.Popen(
                [Path(sys.executable).with_name("perlinsos"), "ui", "--port", str(port)],
                env={**os.environ, "PERLINSOS_RUMAH": str(settings.rumah), "PERLINSOS_SUMBER": str(settings.sumber)},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        try:
            yield process, port
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    return opened


@pytest.fixture(scope="session")
def wait_for() -> Callable[[Callable[[], T | None], float], T]:
    """Look until there is something, so many seconds at most."""

    def looked(look: Callable[[], T | None], within_s: float) -> T:
        deadline = time.monotonic() + within_s
        while not (seen := look()):
            assert time.monotonic() < deadline, "Terlalu lama."
            time.sleep(_LOOK_EVERY_S)
        return seen

    return looked


class LentJudge:
    """The judge with its real child, which stays for the next run of the same process: it imports for three seconds."""

    _child: ClassVar[Judge | None] = None

    def __init__(self, log: Path) -> None:
        """As a judge is made; the log is that of the first run."""
        if LentJudge._child is None:
            log.parent.mkdir(parents=True, exist_ok=True)
            LentJudge._child = Judge(log).__enter__()

    def __enter__(self) -> Judge:
        """The judge."""
        assert LentJudge._child is not None
        return LentJudge._child

    def __exit__(self, *_: object) -> None:
        """He stays."""


@pytest.fixture(scope="session", autouse=True)
def collected_as_in_a_run() -> Iterator[None]:
    """Stages alone build as many expressions, and many tests stand in one process."""
    with seldom_collected(after=100_000):
        yield


@pytest.fixture(scope="session", autouse=True)
def judge_lent() -> Iterator[None]:
    """Runs in this process share a judge; what a test starts as an officer does has its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "Judge", LentJudge)
        yield
    if LentJudge._child is not None:
        LentJudge._child.__exit__(None, None, None)


@pytest.fixture(scope="session")
def run_job() -> RunJob:
    """Run the job in this process: one period, the sources given, narrowed where a configuration says so."""

    def run(
        settings: Settings,
        periode: str,
        instance: DagsterInstance,
        sources: Sequence[Source] = REGISTER,
        assets: Sequence[str] | None = None,
        **narrowing: list[str],
    ) -> ExecuteInProcessResult:
        places = {"rumah": str(settings.rumah), "sumber": str(settings.sumber)}
        job = build_definitions(settings, sources).resolve_job_def("pemutakhiran")
        return job.execute_in_process(
            partition_key=periode, instance=instance, raise_on_error=False,
            asset_selection=[AssetKey(name) for name in assets] if assets else None,
            run_config={"resources": {"office": {"config": {**places, **narrowing}}}},
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def leaks(kabupaten: Path) -> Leaks:
    """Find in a text what belongs to a person of the invented kabupaten: NIK, No KK, PSNOKA or whole name."""
    cells: dict[str, set[str]] = {}
    for path in [*kabupaten.glob("sumber/*/*/*.txt"), *kabupaten.glob("sumber/*/*/*.csv")]:
        style = (
            {"sep": ";", "encoding": "latin-1"}
            if path.parent.name == "pbi_jk"
            else {"sep": "|", "encoding": "utf-8-sig"}
        )
        table = pd.read_csv(path, dtype="str", **style)
        for column in table:
            cells.setdefault(str(column).lower(), set()).update(table[column].dropna().str.strip())
    numbers = {n.zfill(13) for column in _NUMBERS for n in cells[column]}
    names = {n.upper() for column in _NAMES for n in cells[column] if " " in n.strip()}  # RAYA alone is a desa too

    def find(text: str) -> set[str]:
        folded = text.upper()
        written = {n for size in (13, 16) for n in re.findall(rf"(?=(\d{{{size}}}))", text)}
        return (numbers & written) | {name for name in names if name in folded}

    return find
