"""Servers that tests made, ended without a trace."""

import os
import shutil

from resources.postgres import EmbeddedPostgres
from resources.postgres_place import find_place


def forget(server: EmbeddedPostgres) -> None:
    """Stop a server and remove its home, and the place where root's lives: its own alone, others are being tested."""
    place = find_place(server.home.resolve())
    server.stop()
    shutil.rmtree(server.home, ignore_errors=True)
    if place and not os.geteuid():
        shutil.rmtree(place.folder.parent, ignore_errors=True)
