"""Reminding of reviews that are due: their reviewer, and whoever sees to it that reviews come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accreditation_engine.definitions.reminders import Reminder
from accreditation_engine.definitions.reviewing import REVIEWER
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.engine.registry import sends_reviews
from accreditation_engine.organisations.letters.models import ReminderMade
from accreditation_engine.organisations.letters.readers import Addressee, people_by_subject
from accreditation_engine.organisations.letters.reminder_times import Due, Span, due_of, maybe_due
from accreditation_engine.organisations.letters.reminding import known_workflows, urgent
from accreditation_engine.organisations.letters.writing import ToWrite, write
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.rows import insert

from .models import Assignment
from .queue.places import states_before

REVIEW_REMINDER = "review_reminder"
REVIEW = "review"
"""Of `ReminderMade.what`."""
Found = tuple[Assignment, Due]


@periodic("review reminders", every=timedelta(minutes=5))
def remind_of_reviews() -> None:
    """One query finds what is due, one more for each role its people, whatever their number."""
    now = timezone.now()
    reminded = {
        edition: workflow
        for edition, workflow in known_workflows().items()
        if workflow.reviewing is not None and workflow.reviewing.reminders
    }
    if not reminded:
        return
    with transaction.atomic():
        rows = list(_candidates(reminded, now))
        due = [found for found in ((each, _due(each, now)) for each in rows) if found[1].made]
        if due:
            insert(ReminderMade, list(_made(due, now)))
            write(_letters(due, now))


def _candidates(workflows: dict[str, Workflow], now: datetime) -> Any:
    """Open assignments in states from which their review can be sent, for which some reminder may be due."""
    standing: dict[Reminder, Q] = defaultdict(Q)
    for edition, workflow in workflows.items():
        where = Q(dossier__edition=edition, dossier__state__in=reviewed_in(edition))
        for each in workflow.reviewing.reminders if workflow.reviewing else ():
            standing[each] |= where
    made = ReminderMade.objects.filter(about=OuterRef("dossier"), what=REVIEW, entry=OuterRef("pk"))
    wanted = Q()
    for reminder, where in standing.items():
        timely = maybe_due(reminder, now, "assigned_at", "due_at")
        wanted |= where & timely & Q(~Exists(made.filter(rule=reminder.key)))
    open_ = Assignment.objects.filter(wanted, sent_at=None, released_at=None)
    return open_.select_related("dossier", "reviewer").annotate(reminded=Rows(made, "rule")).order_by("pk")


def reviewed_in(edition: str) -> list[str]:
    """The states in which a review can still be sent."""
    return states_before(compiled(edition), sends_reviews)


def paused_in(edition: str) -> list[str]:
    """The states in which reviews are still counted and none can be sent: work on them stands still until somebody
    else lets it go on."""
    open_ = reviewed_in(edition)
    return [name for name in states_before(compiled(edition), {"reviews_complete"}) if name not in open_]


def _due(row: Any, now: datetime) -> Due:
    reviewing = compiled(row.dossier.edition_id).workflow.reviewing
    made = {each["rule"] for each in row.reminded}
    return due_of(reviewing.reminders if reviewing else (), Span(row.assigned_at, row.due_at), made, now)


def _made(due: Sequence[Found], now: datetime) -> Iterator[ReminderMade]:
    for row, each in due:
        for reminder in each.made:
            yield ReminderMade(
                about=row.dossier_id,
                what=REVIEW,
                entry=row.pk,
                rule=reminder.key,
                made_at=now,
                skipped=reminder not in each.sent,
            )


def _letters(due: Sequence[Found], now: datetime) -> Iterator[ToWrite]:
    by_role: dict[str, list[tuple[Assignment, Reminder]]] = defaultdict(list)
    for row, each in due:
        for reminder in each.sent:
            by_role[reminder.role].append((row, reminder))
    for role, wanted in by_role.items():
        reached = {} if role == REVIEWER else _reached(role, [row for row, _reminder in wanted])
        for row, reminder in wanted:
            own = [Addressee(row.reviewer_id, row.reviewer.digest)] if row.reviewer.is_active else []
            for reader in own if role == REVIEWER else reached.get(row.dossier_id, []):
                yield _letter(row, reminder, reader, now)


def _reached(role: str, rows: Sequence[Assignment]) -> dict[Any, list[Addressee]]:
    return people_by_subject(Dossier, role, [each.dossier_id for each in rows])


def _letter(row: Assignment, reminder: Reminder, reader: Addressee, now: datetime) -> ToWrite:
    due_at = row.due_at if not reminder.since else None
    return ToWrite(
        person=reader.person,
        digest=reader.digest,
        kind=REVIEW_REMINDER,
        role=reminder.role,
        dossier=row.dossier_id,
        stream=row.dossier_id,
        facts={
            "assignment": row.pk,
            "since": timestamp(row.assigned_at),
            "due": timestamp(due_at) if due_at else None,
            "escalated": reminder.escalate is not None,
        },
        urgent=urgent(reminder, row.due_at, now),
        due_at=row.due_at,
    )
