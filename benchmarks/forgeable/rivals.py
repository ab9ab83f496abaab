"""Each rival: how its file moves on, how its log lies in the database, and what it ships to check either.

A log is read into `Said`: what a careful person gets from it who goes through it by hand.
"""

# ruff: noqa: S608 - the SQL is of our own making
from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from typing import Any

import pghistory
from auditlog.context import set_actor, set_extra_data
from auditlog.models import LogEntry
from django.apps import apps
from django.core.management import call_command
from django_fsm_log.models import StateLog

from tests.trail.forging import execute

from .models import STATES, Audited, Historied, Logged, Tracked


@dataclass(frozen=True)
class Said:
    """One entry of a log. `source` and `evidence` are None where the rival does not write them."""

    id: int
    at: Any
    target: str
    source: str | None = None
    evidence: str | None = None
    rating: str | None = None


class Rival:
    """`table` is the log; `object_column` what names the file in it, `state_column` its new state."""

    name: str
    model: Any
    table: str
    key = "id"
    object_column: str
    at_column: str
    state_column: str
    source_column: str | None = None
    actor_column: str | None = None
    comment_column: str | None = None

    def move(self, file: Any, state: str, by: Any) -> None:
        raise NotImplementedError

    def said(self, file: Any) -> list[Said]:
        """The entries that speak of a state, in the order of their ids."""
        raise NotImplementedError

    def shipped_checks(self) -> str:
        """What everything prints that it ships and that checks something."""
        return ""

    def change_state(self, entry: int, state: str) -> int:
        return execute(
            f"UPDATE {self.table} SET {self.state_column} = %s WHERE {self.key} = %s", state, entry
        )

    def change_source(self, entry: int, state: str) -> int:
        if self.source_column is None:
            return 0
        return execute(
            f"UPDATE {self.table} SET {self.source_column} = %s WHERE {self.key} = %s", state, entry
        )

    def change_actor(self, entry: int, person: Any) -> int:
        return execute(
            f"UPDATE {self.table} SET {self.actor_column} = %s WHERE {self.key} = %s", person.pk, entry
        )

    def change_comment(self, entry: int) -> int:
        return execute(
            f"UPDATE {self.table} SET {self.comment_column} = 'other' WHERE {self.key} = %s", entry
        )

    def forged_file(self, file: Any, **columns: Any) -> int:
        names = ", ".join(f"{each} = %s" for each in columns)
        return execute(
            f"UPDATE {self.model._meta.db_table} SET {names} WHERE id = %s", *columns.values(), file.pk
        )


def _printed(*command: Any, **options: Any) -> str:
    output = StringIO()
    with redirect_stdout(output):
        call_command(*command, stdout=output, stderr=output, **options)
    return output.getvalue()


class AuditLog(Rival):
    name, model = "django-auditlog", Audited
    table, object_column, at_column, state_column = "auditlog_logentry", "object_id", "timestamp", "changes"
    actor_column, comment_column = "actor_id", "additional_data"

    def move(self, file: Any, state: str, by: Any) -> None:
        with set_actor(by), set_extra_data({"actor": by}):
            file.state = state
            file.save()

    def said(self, file: Any) -> list[Said]:
        entries = LogEntry.objects.get_for_object(file).order_by("id")
        return list(self._read(entries))

    def _read(self, entries: Any) -> Iterator[Said]:
        evidence = rating = None
        for each in entries:
            changes = each.changes_dict
            evidence = changes.get("evidence", [None, evidence])[1]
            rating = changes.get("rating", [None, rating])[1]
            if "state" in changes:
                source, target = changes["state"]
                source = None if source == "None" else source
                yield Said(each.pk, each.timestamp, target, source or "", evidence, rating)

    def change_state(self, entry: int, state: str) -> int:
        return self._change(entry, 1, state)

    def change_source(self, entry: int, state: str) -> int:
        return self._change(entry, 0, state)

    def change_comment(self, entry: int) -> int:
        other = json.dumps({"reason": "other"})
        return execute(f"UPDATE {self.table} SET additional_data = %s::jsonb WHERE id = %s", other, entry)

    def _change(self, entry: int, which: int, state: str) -> int:
        changes = LogEntry.objects.get(pk=entry).changes
        changes["state"][which] = state
        return execute(
            f"UPDATE {self.table} SET changes = %s::jsonb WHERE id = %s", json.dumps(changes), entry
        )

    def shipped_checks(self) -> str:
        return _printed("check", "auditlog") + _printed("auditlogmigratejson", check=True)


class SimpleHistory(Rival):
    name, model, key = "django-simple-history", Historied, "history_id"
    table, object_column, at_column = "forgeable_historicalhistoried", "id", "history_date"
    state_column, actor_column, comment_column = "state", "history_user_id", "history_change_reason"

    def move(self, file: Any, state: str, by: Any) -> None:
        file.state, file._history_user, file._change_reason = state, by, "as agreed"
        file.save()

    def said(self, file: Any) -> list[Said]:
        return [
            Said(each.pk, each.history_date, each.state, None, each.evidence, each.rating)
            for each in Historied.history.filter(id=file.pk).order_by("history_id")
        ]

    def shipped_checks(self) -> str:
        """Duplicates are what it can find; a file of which 0 would be removed has none."""
        duplicates = _printed("clean_duplicate_history", auto=True, dry=True).splitlines()
        found = [line for line in duplicates if not line.startswith("Removed 0 ")]
        return "\n".join([_printed("check", "simple_history"), *found])


class FsmLog(Rival):
    name, model = "django-fsm-log", Logged
    table, object_column, at_column = "django_fsm_log_statelog", "object_id", "timestamp"
    state_column, source_column, actor_column = "state", "source_state", "by_id"
    comment_column = "description"

    def move(self, file: Any, state: str, by: Any) -> None:
        getattr(file, f"to_{state}")(by=by, description="as agreed")
        file.save()

    def said(self, file: Any) -> list[Said]:
        entries = StateLog.objects.for_(file).order_by("id")
        return [Said(each.pk, each.timestamp, each.state, each.source_state) for each in entries]

    def shipped_checks(self) -> str:
        return _printed("check", "django_fsm_log")


class PgHistory(Rival):
    name, model, key = "django-pghistory", Tracked, "pgh_id"
    table, object_column, at_column, state_column = (
        "forgeable_trackedevent",
        "pgh_obj_id",
        "pgh_created_at",
        "state",
    )

    def move(self, file: Any, state: str, by: Any) -> None:
        with pghistory.context(user=str(by.pk), reason="as agreed"):
            file.state = state
            file.save()

    def said(self, file: Any) -> list[Said]:
        events = apps.get_model("forgeable", "TrackedEvent")
        return [
            Said(each.pk, each.pgh_created_at, each.state, None, each.evidence, each.rating)
            for each in events.objects.filter(pgh_obj=file.pk).order_by("pgh_id")
        ]

    def change_actor(self, entry: int, person: Any) -> int:
        return self._context(entry, {"user": str(person.pk), "reason": "as agreed"})

    def change_comment(self, entry: int) -> int:
        return self._context(entry, {"user": "somebody", "reason": "other"})

    def _context(self, entry: int, metadata: dict[str, str]) -> int:
        return execute(
            "UPDATE pghistory_context SET metadata = %s::jsonb WHERE id ="
            f" (SELECT pgh_context_id FROM {self.table} WHERE pgh_id = %s)",
            json.dumps(metadata),
            entry,
        )

    def shipped_checks(self) -> str:
        return _printed("check", "pghistory", "pgtrigger") + _printed("pgtrigger", "ls")


RIVALS: tuple[Rival, ...] = (AuditLog(), SimpleHistory(), FsmLog(), PgHistory())


def contradictions(rival: Rival, file: Any) -> list[str]:
    """Where the log contradicts itself or the file: nobody ships this; somebody could look."""
    said, found = rival.said(file), []
    file = rival.model.objects.filter(pk=file.pk).first()
    if file is None:
        return ["the log speaks of a file that is gone"] if said else []
    if not said:
        return ["a file without a log"]
    if [each.at for each in said] != sorted(each.at for each in said):
        found.append("times run backwards")
    if any(b.source not in (None, a.target) for a, b in pairwise(said)):
        found.append("a step starts where the one before did not end")
    found += _unlike_the_last(said[-1], file)
    return found


def _unlike_the_last(last: Said, file: Any) -> list[str]:
    here = {"state": last.target, "evidence": last.evidence, "rating": last.rating}
    return [
        f"{name} is not what was logged last"
        for name, said in here.items()
        if said not in (None, getattr(file, name))
    ]


def moved(rival: Rival, people: Any) -> Any:
    """A file on its way from the first state to the last, each step by another person in turn."""
    file = rival.model(stored="")
    if rival.name == "django-auditlog":
        with set_actor(people[0]):
            file.save()
    else:
        file.save()
    for number, state in enumerate(STATES[1:]):
        rival.move(file, state, people[number % len(people)])
    return file
