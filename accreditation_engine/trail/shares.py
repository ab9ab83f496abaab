"""What the other processes do when several go over the trail.

Imports of models wait until `begin` has set Django up.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, connections, transaction

from .problems import Problem, Tally

UNREADABLE = (DatabaseError, TypeError, ValueError, AttributeError)
"""What a scan ends with where a column holds what no column should."""


@dataclass(frozen=True)
class Share:
    """What became of one share: the streams to look at closely, what was counted, the names mentioned. None where
    columns could not be read."""

    suspects: list[Any]
    tally: Tally
    mentions: dict[tuple[str, str], tuple[bytes, int]]


_counted: Any = None


def begin(settings_module: str, database: str, counted: Any) -> None:
    global _counted  # a process of a pool has nothing else to keep what it was given
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module
    django.setup()
    connections["default"].settings_dict["NAME"] = database
    _counted = counted


def scanned_share(between: tuple[str, str]) -> Share | None:
    from .scan import Scan

    scan = Scan(Counting("events", 0), between)
    with suppress(*UNREADABLE), _streaming():
        suspects = list(scan.suspects())
        tally = Tally(scan.tally.streams, scan.tally.events, scan.tally.texts)
        return Share(suspects, tally, scan.mentions())
    return None


def tree_problems() -> list[Problem]:
    from .transparency.verification import planted

    with _streaming():
        return list(planted(None, Counting("planted", 1)))


def _streaming() -> AbstractContextManager[Any]:
    """Outside a transaction PostgreSQL would write the whole answer into a file before the first row comes; on
    SQLite a transaction would keep writers waiting."""
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


class Counting(Tally):
    """A tally that the process which waits can see grow: one field of it, at `place`."""

    def __init__(self, field: str, place: int) -> None:
        self._field = field
        self._place = place
        super().__init__()

    def __setattr__(self, name: str, value: Any) -> None:
        before = self.__dict__.get(name, 0)
        super().__setattr__(name, value)
        if name == self.__dict__.get("_field"):
            with _counted.get_lock():
                _counted[self._place] += value - before
