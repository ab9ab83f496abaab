"""Databases made for a measurement, and gone afterwards."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.support import postgresql, programs

DATABASES = ("sqlite", "postgresql")
# As a server has them that must survive a power cut; those of the tests are not.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def available(wanted: str) -> list[str]:
    """Those of "sqlite", "postgresql" or "both" that this machine has, after trying to install what is missing."""
    names = DATABASES if wanted == "both" else (wanted,)
    if "postgresql" in names and not programs.postgresql():
        subprocess.run(["make/packages", "postgresql"], check=False)
    return [name for name in names if name != "postgresql" or programs.postgresql()]


@contextlib.contextmanager
def database(name: str, folder: str | Path) -> Iterator[str]:
    """The address of an empty database; on SQLite it lies in `folder`."""
    if name == "sqlite":
        yield f"sqlite:///{folder}/db.sqlite3"
    else:
        with postgresql.cluster(**DURABLE) as url:
            yield url
