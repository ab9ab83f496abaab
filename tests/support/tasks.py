"""Tasks for tests of the worker, which runs in a process of its own."""

from __future__ import annotations

import time
from pathlib import Path

from django_tasks import task


@task
def slow(begun: str, ended: str) -> None:
    """Tells by two files when it begins and when it ends."""
    Path(begun).touch()
    time.sleep(1.5)
    Path(ended).touch()


@task
def broken() -> None:
    raise ValueError("the mail server is away")
