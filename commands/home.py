"""Dagster's home in the state folder, and the environment its processes need."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from resources.settings import Settings, settings_from
from resources.state import State

_PROJECT = Path(__file__).resolve().parent.parent


def dagster_home(settings: Settings) -> Path:
    """The folder DAGSTER_HOME with the project's dagster.yaml, made ready."""
    state = State(settings.rumah)
    state.prepare()
    unfinished = state.dagster / "dagster.yaml.tulis"
    shutil.copyfile(_PROJECT / "dagster.yaml", unfinished)
    unfinished.replace(state.dagster / "dagster.yaml")  # another of Dagster's processes may be reading it
    return state.dagster


def dagster_environment(
    environment: Mapping[str, str], sumber: str | None, gudang: str | None
) -> tuple[dict[str, str], Path]:
    """The environment for Dagster's processes, and the workspace file."""
    settings = settings_from(environment, sumber, gudang)
    own = {
        "DAGSTER_HOME": str(dagster_home(settings)),
        "PERLINSOS_RUMAH": str(settings.rumah),
        "PERLINSOS_SUMBER": str(settings.sumber),
        "PERLINSOS_GUDANG": settings.gudang,
    }
    return {**environment, **own}, _PROJECT / "workspace.yaml"
