"""Writing states: what the columns of a subject say after an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accreditation_engine.definitions.workflow import Deadline, Workflow
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.rows import update

from .compiled import compiled
from .days import end_of
from .due import falls_due, reckoned_once
from .models import Subject

DEADLINE = "deadline"
"""In the data of an event: when the state that it enters ends, where that was reckoned once for all."""
STATE_FIELDS = ("state", "state_seq", "entered_seq", "entered_at", "deadline_at")


def enter(subject: Any, event: Event, workflow: Workflow) -> None:
    """Set the state columns of `subject` as `event` says.

    A transition that returns to its own state neither enters it anew nor moves its deadline.
    """
    subject.state, subject.state_seq = event.target, event.seq
    if event.source != event.target:
        subject.entered_seq, subject.entered_at = event.seq, event.at
        kept = event.data if reckoned_once(workflow, subject.state) else {}
        subject.deadline_at = kept_deadline(kept) or deadline_of(subject, workflow)


def reckoned(subject: Any, workflow: Workflow, state: str, now: datetime) -> dict[str, str]:
    """What an event by which `subject` enters `state` now keeps of its deadline: that is what counts, whatever
    becomes of the calendar."""
    deadline = workflow.states[state].deadline
    if deadline is None or not reckoned_once(workflow, state):
        return {}
    return {DEADLINE: timestamp(_time_over(subject, workflow, deadline, now))}


def kept_deadline(data: Mapping[str, Any]) -> datetime | None:
    """The deadline that the data of an event keeps. Raises ValueError where that is no moment."""
    kept = data.get(DEADLINE)
    return None if kept is None else datetime.fromisoformat(kept)


def deadline_of(subject: Any, workflow: Workflow) -> datetime | None:
    """When the system moves `subject` out of the state it has just entered; None when it never does.

    A deadline `on` a date falls at the end of that day, in the site's time zone.
    """
    deadline = workflow.states[subject.state].deadline
    if deadline is None:
        return None
    if deadline.after is not None:
        return _time_over(subject, workflow, deadline, subject.entered_at)
    day = getattr(subject, str(deadline.on))
    return end_of(day) if day else None


def _time_over(subject: Any, workflow: Workflow, deadline: Deadline, since: datetime) -> datetime:
    due = falls_due(workflow, since, str(deadline.after), deadline.counts)
    day = getattr(subject, deadline.not_before) if deadline.not_before else None
    return due if day is None else max(due, end_of(day))


def deadline_entered_by(event: Event) -> datetime | None:
    """The deadline of the state that `event` entered, as far as events tell it: one on a day that the subject
    carries is not told by this one, and None as well."""
    workflow = compiled(event.edition).workflow
    deadline = workflow.states[event.target].deadline
    if deadline is None or deadline.after is None:
        return None
    kept = event.data if reckoned_once(workflow, event.target) else {}
    return kept_deadline(kept) or falls_due(workflow, event.at, deadline.after, deadline.counts)


def write_states(model: type[Subject], subjects: Sequence[Any]) -> None:
    """One statement for all. The database refuses it unless each has its event."""
    update(model, subjects, STATE_FIELDS)
