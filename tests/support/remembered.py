"""What was played once is put back, without being worked out again.

A new world, and a file in some state of it, come out the same in hundreds of tests. The first who asks for
one in a worker has it played, and every statement that wrote to the database is kept. Whoever asks for the
same from the same beginning has these statements sent again, in their order and past the same triggers:
every row, key, salt, hash and moment is what it was.

It is played anew wherever it might come out another way: after anything else wrote to the database, in a
test that changes settings, time or code, on another day, and when a file in evidence is gone.
"""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import FileField
from django.utils import timezone, translation

from accreditation_engine.certificates.finished.finishing import make_papers

Key = tuple[Any, ...]
READS = ("SELECT", "BEGIN", "RELEASE SAVEPOINT")
MARKS, UNDOES = "SAVEPOINT", "ROLLBACK TO SAVEPOINT"


@dataclass
class _Played:
    outcome: bytes
    statements: list[tuple[str, Any, bool]]
    counters: dict[str, int | None]
    """The number that was given last, of each table that numbers its rows and got new ones."""
    files: list[str]


_played: dict[Key, _Played] = {}


def _asks_for_papers(after_commit: tuple[Any, ...]) -> bool:
    """The worker makes what has no paper anyway; who needs one in a test has it made."""
    act = after_commit[1]
    return isinstance(act, partial) and act.func == make_papers.enqueue


class Past:
    """What was done to the database of one test: `done`, or None once it is not known any more."""

    def __init__(self, changed: pytest.MonkeyPatch | None = None) -> None:
        self._changed = changed
        self.done: Key | None = ()
        self._written: list[tuple[str, Any, bool]] | None = None
        self._marks: dict[str, int] = {}
        self._alone = connection.in_atomic_block
        self._events = 0

    @classmethod
    def unknown(cls) -> Past:
        past = cls()
        past.done = None
        return past

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        """Django's way to look at every statement."""
        if sql.startswith(MARKS):
            self._marks[sql.split()[-1]] = len(self._written or ())
        elif sql.startswith(UNDOES):
            self._undo(sql.split()[-1])
        elif self._written is None and not sql.startswith(READS):
            self.done = None
        elif self._written is not None and not sql.startswith(READS):
            self._written.append((sql, _as_it_is_now(params), many))
        return execute(sql, params, many, context)

    def _undo(self, mark: str) -> None:
        """Where nothing was written since, a step was refused, and that is all. Numbers of rows that were taken
        back are given again by some databases and not by others."""
        if self._written is None or self._marks.get(mark) != len(self._written):
            self.done = None

    def outcome_of(self, work: Callable[[], Any], *named: Any) -> Any:
        """What `work` gives, which `named` describes; where it was done before, its rows are put back."""
        if self.done is None or self._written is not None or self._is_changed() or self._others_wrote():
            return work()
        key = (*self.done, timezone.localdate(), translation.get_language(), *named)
        found = _played.get(key)
        with nullcontext() if self._alone else transaction.atomic():
            if found and all(default_storage.exists(each) for each in found.files):
                outcome = self._put_back(key, found)
            else:
                outcome = self._play(key, work)
        self._events = self._count()
        return outcome

    def _others_wrote(self) -> bool:
        """Whatever they did, the trail tells."""
        return self._count() != self._events

    def _count(self) -> int:
        """How many events there are, where threads of other connections may write some."""
        return 0 if self._alone else apps.get_model("trail.Event").objects.count()

    def _is_changed(self) -> bool:
        patched = self._changed and (self._changed._setattr or self._changed._setitem)
        return bool(patched or _overridden() or time_machine.escape_hatch.is_travelling())

    def _play(self, key: Key, work: Callable[[], Any]) -> Any:
        before, self._written = _counters(), []
        try:
            outcome = work()
        except BaseException:
            self.done = None
            raise
        else:
            if self.done is None or not all(
                map(_asks_for_papers, connection.run_on_commit)
            ):  # what shall happen then is nobody's to put back
                self.done = None
            else:
                moved = {table for table, number in _counters().items() if before.get(table) != number}
                counters = {table: before.get(table) for table in moved}
                _played[key] = _Played(pickle.dumps(outcome), self._written, counters, _files())
                self.done = key
        finally:
            self._written = None
        return outcome

    def _put_back(self, key: Key, found: _Played) -> Any:
        with connection.cursor() as cursor:
            _count_on(cursor, found.counters)
            for sql, params, many in found.statements:
                (cursor.executemany if many else cursor.execute)(sql, params)
        self.done = key
        return pickle.loads(found.outcome)  # noqa: S301 - it never left this process


@contextmanager
def watched(request: pytest.FixtureRequest, changed: pytest.MonkeyPatch) -> Iterator[Past]:
    """Inside the block, the past of the database is known, unless more than nothing was written to it before. Of a
    test that asks for `monkeypatch` itself it is not: it may change code for a while, unseen."""
    patches = "monkeypatch" in signature(request.function).parameters
    past = Past.unknown() if patches or _written_to() else Past(changed)
    with connection.execute_wrapper(past):
        yield past


def _as_it_is_now(value: Any) -> Any:
    """What the caller does with its lists afterwards changes nothing of it."""
    if isinstance(value, list | tuple):
        return [_as_it_is_now(each) for each in value]
    return bytes(value) if isinstance(value, memoryview) else copy.deepcopy(value)


def _written_to() -> bool:
    """Nothing is done that no event tells, and nobody does anything who is not a user."""
    event, user = apps.get_model("trail.Event"), apps.get_model("organisations.User")
    return bool(event.objects.exists() or user.objects.exists())


def _overridden() -> set[str]:
    """Settings of the test's own. Where keys lie is no matter: nothing that is put back was signed."""
    layer, found = settings._wrapped, set()
    while isinstance(layer, UserSettingsHolder):
        found |= {name for name in vars(layer) if name.isupper()}
        layer = layer.default_settings
    return found - {"KEYS_DIR"}


def _files() -> list[str]:
    return [
        name
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField)
        for name in model._default_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
    ]


def _counters() -> dict[str, int | None]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()"
            )
        else:
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


def _count_on(cursor: Any, counters: dict[str, int | None]) -> None:
    """Let each table's next row get the number after the one that is named; the first, after none."""
    if connection.vendor == "postgresql":
        each = ", ".join(["setval(%s::regclass, %s, %s)"] * len(counters)) or "1"
        found = [(f'"{table}"', number or 1, number is not None) for table, number in counters.items()]
        cursor.execute(f"SELECT {each}", [value for row in found for value in row])
        return
    for table, number in counters.items():
        if number is None:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        else:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [number, table])
