"""A failed run is taken up again where it failed: over GraphQL, on a real webserver and a real daemon."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

import pytest

from resources.office import open_warehouse
from resources.settings import Settings
from resources.state import State

Leaks = Callable[[str], set[str]]
Interface = Callable[[Settings], AbstractContextManager[tuple[subprocess.Popen[bytes], int]]]
WaitFor = Callable[[Callable[[], Any], float], Any]
PERIODE = "2024-05"
LISTS = ("dtks", "pbi_jk", "pkh", "bpnt", "blt_dd")
START_S, RUN_S = 120, 180
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
    wait_for: WaitFor

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

        return self.wait_for(told, RUN_S)


@pytest.fixture(scope="module")
def webserver(office_folder: Settings, interface: Interface, wait_for: WaitFor) -> Iterator[Webserver]:
    """`perlinsos ui`: the webserver, and the daemon that takes runs off its queue."""
    with interface(office_folder) as (_, port):
        webserver = Webserver(port, wait_for)
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
