"""Reminding people of files, findings and certificates, as their workflows say. A reminder changes no state, so it
is no event: a row says that it was made, and no other row like it can be."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accreditation_engine.definitions.reminders import Reminder
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.models import Edition, Subject
from accreditation_engine.engine.registry import subjects
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.rows import insert

from .models import ReminderMade
from .readers import people_by_subject
from .reminder_times import Due, Span, due_of, maybe_due
from .writing import ToWrite, write

log = logging.getLogger(__name__)
REMINDER = "reminder"
STATE = "state"
"""Of `ReminderMade.what`."""
SOON = timedelta(days=1)
States = dict[tuple[str, str], tuple[Reminder, ...]]
"""The reminders of a state, by edition and state."""


@periodic("reminders", every=timedelta(minutes=5))
def remind() -> None:
    now = timezone.now()
    workflows = known_workflows()
    for name, kind in subjects.items():
        states = _reminded(workflows, name)
        if states:
            _remind(kind.model, states, now)


def known_workflows() -> dict[str, Workflow]:
    """Every workflow that was ever stored, by its edition. One query once they are compiled; one that this version
    cannot run is left out, as the sweep names it."""
    found = {}
    for edition in Edition.objects.filter(kind="workflow").values_list("pk", flat=True):
        try:
            found[edition] = compiled(edition).workflow
        except (LookupError, ValueError):
            log.warning("nobody is reminded of what is under the edition %s, which cannot be read", edition)
    return found


def _reminded(workflows: dict[str, Workflow], subject: str) -> States:
    return {
        (edition, name): state.reminders
        for edition, workflow in workflows.items()
        if workflow.subject == subject
        for name, state in workflow.states.items()
        if state.reminders
    }


def _remind(model: type[Subject], states: States, now: datetime) -> None:
    """One query finds what is due, one more for each role its people, whatever their number."""
    with transaction.atomic():
        found = [(row, _due(row, states, now)) for row in _candidates(model, states, now)]
        due = [_Found(row, each, states) for row, each in found if each.made]
        if due:
            insert(ReminderMade, [made for each in due for made in each.rows(now)])
            write(_letters(model, due, now))


def _candidates(model: type[Subject], states: States, now: datetime) -> Iterable[Any]:
    standing: dict[Reminder, Q] = defaultdict(Q)
    for (edition, state), reminders in states.items():
        for each in reminders:
            standing[each] |= Q(edition=edition, state=state)
    made = ReminderMade.objects.filter(about=OuterRef("pk"), what=STATE, entry=OuterRef("entered_seq"))
    wanted = Q()
    for reminder, where in standing.items():
        timely = maybe_due(reminder, now, "entered_at", "deadline_at")
        wanted |= where & timely & Q(~Exists(made.filter(rule=reminder.key)))
    return model._default_manager.filter(wanted).annotate(reminded=Rows(made, "rule")).order_by("pk")


def _due(row: Any, states: States, now: datetime) -> Due:
    reminders = states[row.edition_id, row.state]
    made = {each["rule"] for each in row.reminded}
    return due_of(reminders, Span(row.entered_at, row.deadline_at), made, now)


@dataclass(frozen=True)
class _Found:
    """A subject of which somebody is to be reminded."""

    row: Any
    due: Due
    states: States

    def rows(self, now: datetime) -> Iterator[ReminderMade]:
        for each in self.due.made:
            yield ReminderMade(
                about=self.row.pk,
                what=STATE,
                entry=self.row.entered_seq,
                rule=each.key,
                made_at=now,
                skipped=each not in self.due.sent,
            )

    @property
    def dossier(self) -> UUID:
        dossier: UUID = getattr(self.row, "dossier_id", self.row.pk)
        return dossier


def _letters(model: type[Subject], due: Sequence[_Found], now: datetime) -> Iterator[ToWrite]:
    by_role: dict[str, list[tuple[_Found, Reminder]]] = defaultdict(list)
    for found in due:
        for reminder in found.due.sent:
            by_role[reminder.role].append((found, reminder))
    for role, each in by_role.items():
        reached = people_by_subject(model, role, [found.row.pk for found, _reminder in each])
        for found, reminder in each:
            for reader in reached.get(found.row.pk, ()):
                yield ToWrite(
                    person=reader.person,
                    digest=reader.digest,
                    kind=REMINDER,
                    role=role,
                    dossier=found.dossier,
                    stream=found.row.pk,
                    facts=_facts(found.row, reminder),
                    urgent=urgent(reminder, found.row.deadline_at, now),
                    due_at=found.row.deadline_at,
                )


def _facts(row: Any, reminder: Reminder) -> dict[str, Any]:
    deadline = row.deadline_at
    return {
        "edition": row.edition_id,
        "state": row.state,
        "entry": row.entered_seq,
        "since": timestamp(row.entered_at),
        "deadline": timestamp(deadline) if deadline and not reminder.since else None,
        "escalated": reminder.escalate is not None,
    }


def urgent(reminder: Reminder, deadline: datetime | None, now: datetime) -> bool:
    """What is late, or will be within a day, waits for no digest."""
    close = deadline is not None and not reminder.since and deadline <= now + SOON
    return reminder.escalate is not None or close
