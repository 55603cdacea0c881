"""The shape of the repository, held by reading its files."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each may use those before it.
LAYERS = ("pipelines", "resources", "assets", "definitions", "commands")
LONGEST = 250
VAGUE = {"utils", "helpers", "common", "base", "manager"}
FOREIGN_TO_PIPELINES = {
    "dagster",
    "psycopg",
    "adbc_driver_manager",
    "adbc_driver_postgresql",
    "great_expectations",
    "os",
}
REGISTRIES = re.compile(r"https?://[^\s\"']*(pypi\.|pythonhosted|simple/|artifactory|nexus|devpi)", re.IGNORECASE)
# A kabupaten, a day of birth (a woman's plus 40), a month, a year, a serial; not one digit all along.
NIK = re.compile(
    r"(?<![0-9A-Za-z])(?!(\d)\1{15})[1-9]\d{5}(?:0[1-9]|[12456]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}(?![0-9A-Za-z])"
)


@cache
def listed() -> tuple[Path, ...]:
    """Files that git knows or would know."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = [git, "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(sorted(ROOT / name for name in names if name and (ROOT / name).is_file()))


def product(layer: str = "") -> list[Path]:
    """The Python files of one layer, or of all."""
    layers = [layer] if layer else LAYERS
    return sorted(p for name in layers for p in [*(ROOT / name).rglob("*.py"), ROOT / f"{name}.py"] if p.is_file())


def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports, inside functions too."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def shown(path: Path) -> str:
    """A file as a test names it."""
    return path.relative_to(ROOT).as_posix()


every_file = pytest.mark.parametrize("path", product(), ids=shown)


@every_file
def test_imports_point_one_way(path: Path) -> None:
    """pipelines <- resources <- assets <- definitions <- commands; nothing relative, nothing of the tests."""
    layer = path.relative_to(ROOT).parts[0].removesuffix(".py")
    behind = {*LAYERS[LAYERS.index(layer) + 1 :], "tests", ""}
    assert {name.split(".")[0] for name in imported(path)} & behind == set()


@pytest.mark.parametrize("path", product("pipelines"), ids=shown)
def test_pipelines_touch_nothing(path: Path) -> None:
    """No Dagster, no connection, no environment, no clock: what happens to the data can be read alone."""
    assert {name.split(".")[0] for name in imported(path)} & FOREIGN_TO_PIPELINES == set()
    called = {n.attr for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
    assert called & {"create_engine", "environ", "getenv", "today", "utcnow"} == set()


@pytest.mark.parametrize("path", product("resources"), ids=shown)
def test_only_the_office_knows_dagster(path: Path) -> None:
    """The other resources work without it."""
    assert path.name == "office.py" or "dagster" not in imported(path)


@every_file
def test_files_stay_readable(path: Path) -> None:
    """Past the limit a second idea is waiting for a file of its own; a vague name would take any."""
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
    assert path.stem not in VAGUE
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), "no docstring"


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_ours(layer: str) -> None:
    """No installed package of the same common name stands before it."""
    spec = find_spec(layer)
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)


def test_every_package_is_installed() -> None:
    """What pyproject lists is what there is."""
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packages = {p.parent.relative_to(ROOT).as_posix().replace("/", ".") for p in product() if p.parent != ROOT}
    assert set(setuptools["packages"]) == packages
    assert all((ROOT / package.replace(".", "/") / "__init__.py").is_file() for package in packages)
    assert setuptools["py-modules"] == [p.stem for p in product() if p.parent == ROOT]
    assert not (ROOT / "tests" / "__init__.py").exists()


def test_no_file_names_a_package_registry() -> None:
    """Where packages come from is a setting of the machine that installs."""
    assert [shown(p) for p in listed() if REGISTRIES.search(p.read_text("utf-8", errors="replace"))] == []


def test_no_number_of_a_person_stands_outside_the_tests() -> None:
    """Documentation and code show no number that could be a NIK or a No KK, not even an invented one."""
    files = [p for p in listed() if not shown(p).startswith("tests/")]
    assert [shown(p) for p in files if NIK.search(p.read_text("utf-8", errors="replace"))] == []


WATCHED_IMPORT = """
import os, sys
import dagster  # what Dagster itself reads is not ours

OUTWARD = {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.posix_spawn"}
OURS = ("PERLINSOS", "DAGSTER_HOME", "PG")
seen, read = [], os._Environ.__getitem__

def watched(environment, name):
    if name.startswith(OURS):
        seen.append(name)
    return read(environment, name)

os._Environ.__getitem__ = watched
sys.addaudithook(lambda event, arguments: seen.append(event) if event in OUTWARD else None)
import definitions
print(*seen, sep="\\n", end="")
"""


def test_importing_the_definitions_connects_to_nothing(tmp_path: Path) -> None:
    """No connection, no process, no file of ours, no setting is read before the definitions are asked for."""
    home = tmp_path / "perlinsos-state"
    environment = {
        "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "DAGSTER_HOME": str(tmp_path / "tidak-ada"),
        "PERLINSOS_RUMAH": str(home), "PERLINSOS_GUDANG": "bukan alamat",
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore", "-c", WATCHED_IMPORT]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert not home.exists()
