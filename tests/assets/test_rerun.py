"""A failed run is taken up again where it failed: over GraphQL, on a real webserver and a real daemon."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeVar

import pytest

from resources.office import open_warehouse
from resources.settings import Settings
from resources.state import State

Leaks = Callable[[str], set[str]]
T = TypeVar("T")
ROOT = Path(__file__).parents[2]
PERIODE = "2024-05"
START_S, RUN_S, LOOK_EVERY_S = 120, 180, 0.2
SELECTOR = {
    "repositoryLocationName": "perlinsos",
    "repositoryName": "__repository__",
    "jobName": "pemutakhiran",
}
UNTOUCHED = {f"{stage}_{source}" for stage in ("mentah", "baris") for source in ("dtks", "pbi_jk", "bpnt", "blt_dd")}
AFTER = {"mentah_pkh", "baris_pkh", "tautan", "fakta_kepesertaan", "snapshot_desa", "gerbang", "terbitan"}
LAUNCH = """
mutation ($selector: JobOrPipelineSelector!, $periode: String!) {
  launchRun(executionParams: {
    selector: $selector, executionMetadata: {tags: [{key: "dagster/partition", value: $periode}]}
  }) { __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } }
}"""
REEXECUTE = """
mutation ($parent: String!) {
  launchRunReexecution(reexecutionParams: {parentRunId: $parent, strategy: FROM_FAILURE}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
  }
}"""
EVENTS = """
query ($run: ID!) {
  runOrError(runId: $run) { ... on Run {
    status
    eventConnection { events {
      __typename ... on StepEvent { stepKey } ... on ErrorEvent { error { message causes { message } } }
      ... on MaterializationEvent { assetKey { path } }
    } }
  } }
}"""


@dataclass(frozen=True)
class Told:
    """What the webserver tells of a finished run."""

    status: str
    events: list[dict[str, Any]]

    def steps(self, kind: str) -> set[str]:
        """Keys of the steps with such an event."""
        return {event["stepKey"] for event in self.events if event["__typename"] == kind}

    @property
    def materialised(self) -> set[str]:
        """Names of the assets that were written."""
        return {e["assetKey"]["path"][0] for e in self.events if e["__typename"] == "MaterializationEvent"}

    @property
    def errors(self) -> str:
        """Every message of every failed step."""
        errors = [e["error"] for e in self.events if e["__typename"] == "ExecutionStepFailureEvent"]
        return "\n".join(m for e in errors for m in (e["message"], *(c["message"] for c in e["causes"])))


@dataclass(frozen=True)
class Webserver:
    """A GraphQL address."""

    port: int

    def ask(self, query: str, **variables: object) -> dict[str, Any]:
        """The data that answers a query."""
        body = json.dumps({"query": query, "variables": variables})
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=START_S)) as connection:
            connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
            answer = json.load(connection.getresponse())
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def is_ready(self) -> bool:
        """Whether it answers."""
        with suppress(ConnectionError):
            return bool(self.ask("{ version }"))
        return False

    def launch(self, mutation: str, **variables: object) -> str:
        """Start a run; its id."""
        (reply,) = self.ask(mutation, **variables).values()
        assert reply["__typename"] == "LaunchRunSuccess", reply
        return reply["run"]["runId"]

    def finish(self, run: str) -> Told:
        """Wait for the end of a run."""

        def told() -> Told | None:
            answer = self.ask(EVENTS, run=run)["runOrError"]
            over = answer["status"] in {"SUCCESS", "FAILURE", "CANCELED"}
            return Told(answer["status"], answer["eventConnection"]["events"]) if over else None

        return wait_for(told, RUN_S)


def wait_for(look: Callable[[], T | None], within_s: float) -> T:
    """Look until there is something."""
    deadline = time.monotonic() + within_s
    while not (seen := look()):
        assert time.monotonic() < deadline, "Terlalu lama."
        time.sleep(LOOK_EVERY_S)
    return seen


@contextmanager
def program(*arguments: str, environment: dict[str, str], cwd: Path) -> Iterator[None]:
    """Run a program of Dagster's while the `with` lasts; what it started ends with it."""
    with (cwd / f"{arguments[0]}.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments, "-w", str(ROOT / "workspace.yaml")],
            env=environment, cwd=cwd, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # with the code server it started; every run is over
        process.wait()


@pytest.fixture(scope="module")
def webserver(office_folder: Settings) -> Iterator[Webserver]:
    """A webserver and the daemon that takes runs off its queue, over the repo's settings and workspace."""
    state = State(office_folder.rumah)
    state.prepare()
    shutil.copy(ROOT / "dagster.yaml", state.dagster)
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ} | {
        "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "DAGSTER_HOME": str(state.dagster),
        "PERLINSOS_RUMAH": str(office_folder.rumah), "PERLINSOS_SUMBER": str(office_folder.sumber),
    }  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with ExitStack() as stack:
        for arguments in (
            ("dagster_webserver", "-h", "127.0.0.1", "-p", str(port)),
            ("dagster._daemon", "run"),
        ):
            stack.enter_context(program(*arguments, environment=environment, cwd=state.logs))
        webserver = Webserver(port)
        wait_for(webserver.is_ready, START_S)
        yield webserver


@dataclass(frozen=True)
class Story:
    """A run that failed at one file, the run that took it up when the file was sound, what was published."""

    failed: Told
    published_then: list[str]
    again: Told
    published_now: list[str]


@pytest.fixture(scope="module")
def story(webserver: Webserver, office_folder: Settings) -> Story:
    """A PKH list without its column NOKK, then the list as it should have been."""
    (pkh,) = (office_folder.sumber / PERIODE / "pkh").iterdir()
    sound = pkh.read_text("utf-8")
    pkh.write_text(sound.replace("|NOKK|", "|KOLOM LAIN|", 1), "utf-8")
    first = webserver.launch(LAUNCH, selector=SELECTOR, periode=PERIODE)
    failed, then = webserver.finish(first), published(office_folder)
    pkh.write_text(sound, "utf-8")
    again = webserver.finish(webserver.launch(REEXECUTE, parent=first))
    return Story(failed, then, again, published(office_folder))


def published(office: Settings) -> list[str]:
    """The periods that readers see."""
    with closing(open_warehouse(office)) as warehouse:
        return list(warehouse.query("select periode from publikasi").periode)


def test_a_broken_file_fails_its_source_alone(story: Story) -> None:
    """The sentence names the file and the column; the other sources are written, nothing is published."""
    assert story.failed.status == "FAILURE"
    assert story.failed.steps("ExecutionStepFailureEvent") == {"mentah_pkh"}
    assert f"{PERIODE}/pkh/PKH_LINGGA_{PERIODE}.csv" in story.failed.errors
    assert "no_kk" in story.failed.errors and "tidak dapat dibaca" in story.failed.errors
    assert story.failed.materialised >= UNTOUCHED
    assert story.failed.materialised.isdisjoint(AFTER)
    assert story.published_then == []


def test_only_the_corrected_source_and_what_follows_run_again(story: Story) -> None:
    """What the first run wrote is neither read nor made again, and the period is published."""
    assert story.again.status == "SUCCESS", story.again.errors
    ran = story.again.steps("ExecutionStepStartEvent")
    assert ran >= AFTER
    assert ran.isdisjoint(story.failed.materialised)
    assert story.published_now == [PERIODE]


@pytest.mark.usefixtures("story")
def test_the_history_on_disk_names_nobody(office_folder: Settings, leaks: Leaks) -> None:
    """Dagster keeps no retention of events and logs: whatever enters them stays."""
    state = State(office_folder.rumah)
    files = [p for folder in (state.dagster, state.logs) for p in folder.rglob("*") if p.is_file()]
    assert any(p.suffix == ".db" for p in files)
    assert leaks("\n".join(p.read_text("latin-1") for p in files)) == set()
