"""One run at a time: in a state folder, and in a warehouse that several state folders may know."""

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from resources.exclusion import AlreadyRunning, is_running, sole_run
from resources.state import State
from resources.warehouse import Warehouse

_HOLD = """
import sys
from pathlib import Path
from resources.exclusion import sole_run
from resources.state import State
with sole_run(State(Path(sys.argv[1]))):
    print("memegang", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    """In another process; killed, it holds nothing."""
    state = State(tmp_path / "rumah")
    assert not is_running(state) and not state.home.exists()
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(state.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None and other.stdout.readline() == b"memegang\n"
    assert is_running(state)
    with pytest.raises(AlreadyRunning), sole_run(state):
        pass
    other.kill()
    other.communicate()
    assert not is_running(state)
    with sole_run(state):
        assert is_running(state)


def test_a_warehouse_serves_one_run(url: sa.URL, warehouse: Warehouse) -> None:
    """Of whatever state folder; afterwards the next."""
    other = Warehouse(url.render_as_string(hide_password=False))
    with warehouse.held() as first, other.held() as second:
        assert (first, second) == (True, False)
    with other.held() as later:
        assert later
    other.close()


def test_a_warehouse_whose_server_ended_is_let_go(url: sa.URL, warehouse: Warehouse) -> None:
    """A connection that the server has closed is no error at the end of a run."""
    admin = sa.create_engine(url, poolclass=sa.NullPool)
    with warehouse.held() as got, admin.begin() as connection:
        others = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                         " WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
        assert got and connection.execute(others).scalars().all() == [True]
    with warehouse.held() as again:
        assert again
