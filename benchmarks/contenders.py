"""Who is measured. Each does the same business step, from the same knowledge: whoever acts is signed in, the file
is known from a page seen before.

An official moves a file one state on: the file is locked, the role that allows the step is looked up in the
database, the guard asks the database for open findings, the step is logged, the state is written, all in one
transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django_fsm import has_transition_perm

from accreditation_engine.engine.perform import perform
from benchmarks.rivals.models import Application, none_open
from benchmarks.world import World

Statement = tuple[str, Any]


class Contender(Protocol):
    name: str

    def prepare(self, count: int) -> Sequence[Any]:
        """`count` fresh files, not measured."""

    def step(self, file: Any) -> None:
        """One transition, measured."""


class Ours:
    name = "ours"

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self, count: int) -> Sequence[Any]:
        return self.world.dossiers(count)

    def step(self, file: Any) -> None:
        perform(file, "proceed", self.world.official)


class Fsm:
    """django-fsm-2 with django-fsm-log, as their documentation has it. The check of the permission evaluates
    the guard as well, and the transition does so once more: that is how they work."""

    name = "fsm-2 with fsm-log"

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self, count: int) -> Sequence[Any]:
        return self.world.applications(count)

    def step(self, file: Any) -> None:
        with transaction.atomic():
            application = Application.objects.select_for_update().get(pk=file.pk)
            if not has_transition_perm(application.proceed, self.world.official):
                raise PermissionDenied
            application.proceed(by=self.world.official)
            application.save(update_fields=["state"])


class Viewflow:
    """A human task, picked by who has the permission and completed by them, without any page. Its log is the
    task itself. The flow has no place for a guard here, so the step asks before it completes the task."""

    name = "viewflow.workflow"

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self, count: int) -> Sequence[Any]:
        return self.world.tasks(count)

    def step(self, file: Any) -> None:
        with file.activation() as activation:
            if not activation.assign.has_perm(self.world.official):
                raise PermissionDenied
            activation.assign(self.world.official)
            if not none_open(activation.process.findings):
                raise PermissionDenied
            activation.start(None)
            activation.execute()


class Ceiling:
    """The statements that ours sends, sent bare: the SQL and every value are ready, nothing is decided, built,
    or hashed. No program that sends these statements through this cursor can be faster."""

    name = "ceiling"

    def __init__(self, world: World) -> None:
        self.world = world

    def prepare(self, count: int) -> Sequence[list[Statement]]:
        return [self._statements(each) for each in self.world.dossiers(count)]

    def _statements(self, file: Any) -> list[Statement]:
        """What `perform` sends for `file`, seen in a transaction that is then taken back."""
        with transaction.atomic():
            sent = statements_of(lambda: perform(file, "proceed", self.world.official))
            transaction.set_rollback(True)
        return sent

    def step(self, file: list[Statement]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values in file:
                cursor.execute(sql, values)
                if cursor.description:
                    cursor.fetchall()


def statements_of(work: Any) -> list[Statement]:
    """The statements sent while `work` is done, beside those that open and close transactions."""
    sent: list[Statement] = []

    def note(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            sent.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        work()
    return sent
