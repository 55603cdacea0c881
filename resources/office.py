"""The office of one run: lock, drop folder, engine, warehouse and judge, open from its start to its end."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar, TypeVar

from dagster import ConfigurableResource, InitResourceContext
from pydantic import Field, PrivateAttr

from pipelines.declaration import Source
from pipelines.period import Period
from pipelines.sources import REGISTER
from resources.drop import Drop
from resources.engine import Engine
from resources.exclusion import ELSEWHERE, AlreadyRunning, sole_run
from resources.garbage import seldom_collected
from resources.intake import Intake, Narrowing
from resources.postgres import EmbeddedPostgres
from resources.rulebook import read_basis
from resources.settings import Settings
from resources.state import State
from resources.training import weights_of
from resources.verdict import Judge
from resources.warehouse import Warehouse

T = TypeVar("T")
PARTITION_TAG = "dagster/partition"


def open_warehouse(settings: Settings) -> Warehouse:
    """The warehouse of the settings, ready: the embedded server is started where no URL is given."""
    url = settings.gudang
    if not url:
        State(settings.rumah).prepare()
        server = EmbeddedPostgres(State(settings.rumah).postgres)
        server.start()
        url = server.url()
    warehouse = Warehouse(url)
    warehouse.prepare()
    return warehouse


def open_warehouse_if_any(settings: Settings) -> Warehouse | None:
    """The same, but none is made where there is none."""
    made = settings.gudang or EmbeddedPostgres(State(settings.rumah).postgres).is_made()
    return open_warehouse(settings) if made else None


class Office(ConfigurableResource):
    """What every asset of a run works with. Configuration holds places and what to read again, never a password."""

    rumah: str = Field(description="Folder keadaan program")
    sumber: str = Field(description="Folder kiriman")
    hanya_sumber: list[str] = Field(default=[], description="Baca ulang sumber ini saja; kosong: semua")
    hanya_desa: list[str] = Field(default=[], description="Baca ulang berkas desa ini saja (kode desa); kosong: semua")

    _gudang: ClassVar[str] = ""
    _sources: ClassVar[Sequence[Source]] = REGISTER
    _engine: Engine | None = PrivateAttr(default=None)
    _warehouse: Warehouse | None = PrivateAttr(default=None)
    _judge: Judge | None = PrivateAttr(default=None)
    _stack: ExitStack | None = PrivateAttr(default=None)
    _held: ExitStack = PrivateAttr(default_factory=ExitStack)
    _periode: Period | None = PrivateAttr(default=None)

    def of(self, gudang: str, sources: Sequence[Source]) -> "Office":
        """The same office with a warehouse's URL, which may hold a password and is therefore no configuration.

        For every run Dagster makes a resource anew from its class and its configuration: the rest is the class's.
        """
        register = tuple(sources)

        class Furnished(Office):
            _gudang: ClassVar[str] = gudang
            _sources: ClassVar[Sequence[Source]] = register

        return Furnished(**self.model_dump())

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Office"]:
        """Open the office for one run."""
        run = context.run
        if run is None or PARTITION_TAG not in run.tags:
            raise ValueError("Pilih satu periode (partisi) untuk dijalankan.")
        with ExitStack() as stack:
            stack.enter_context(sole_run(self.state))
            stack.enter_context(seldom_collected())
            self._stack = stack
            self.call_judge()
            stack.enter_context(self._held)
            self._take_warehouse()
            self.warehouse.bind(self.state.secret_fingerprint())
            kini = run.tags[PARTITION_TAG]
            self.state.sweep(kini)
            self._periode = Period(kini, self.warehouse.previous_period(kini))
            basis = read_basis(self.drop.root, kini, self._sources)
            self._engine = Engine(
                self.state.work(kini), self._periode, self._sources, self.state.secret(), basis=basis,
                learn=lambda engine: weights_of(self.state.padan, engine, self.periode),
            )  # fmt: skip
            stack.callback(self._engine.close)
            self.intake.check_choice(kini, self._sources)
            yield self

    def reopen_warehouse(self) -> None:
        """Connect anew, and hold the warehouse again; the embedded server is started again where it died."""
        self._held.close()
        self._take_warehouse()

    def _take_warehouse(self) -> None:
        self._warehouse = open_warehouse(self.settings)
        self._held.callback(self._warehouse.close)
        if not self._held.enter_context(self._warehouse.held()):
            raise AlreadyRunning(ELSEWHERE)  # of an office with another state folder

    @property
    def settings(self) -> Settings:
        """Where things are."""
        return Settings(Path(self.rumah), Path(self.sumber), self._gudang)

    @property
    def state(self) -> State:
        """The state folder."""
        return State(Path(self.rumah))

    @property
    def drop(self) -> Drop:
        """The drop folder."""
        return Drop(Path(self.sumber))

    @property
    def periode(self) -> Period:
        """The period of this run."""
        return _opened(self._periode)

    @property
    def sources(self) -> Sequence[Source]:
        """The register."""
        return self._sources

    @property
    def engine(self) -> Engine:
        """The engine of this run."""
        return _opened(self._engine)

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse of this run."""
        return _opened(self._warehouse)

    @property
    def intake(self) -> Intake:
        """Reads the drop folder, narrowed as the run is configured."""
        return Intake(
            self.drop, self.engine, Narrowing(tuple(self.hanya_sumber), tuple(self.hanya_desa)), tuple(self._sources)
        )

    def call_judge(self) -> Judge:
        """The judge; its child process is started at the first call: call early, it imports while others work."""
        if self._judge is None:
            self._judge = _opened(self._stack).enter_context(Judge(self.state.logs / "penilaian.log"))
        return self._judge


def _opened(part: T | None) -> T:
    if part is None:
        raise RuntimeError("Kantor belum dibuka untuk satu proses.")
    return part
