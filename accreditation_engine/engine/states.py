"""Writing states: what the columns of a subject say after an event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.rows import update

from .days import end_of
from .models import Subject

STATE_FIELDS = ("state", "state_seq", "entered_seq", "entered_at", "deadline_at")


def enter(subject: Any, event: Event, workflow: Workflow) -> None:
    """Set the state columns of `subject` as `event` says.

    A transition that returns to its own state neither enters it anew nor moves its deadline.
    """
    subject.state, subject.state_seq = event.target, event.seq
    if event.source != event.target:
        subject.entered_seq, subject.entered_at = event.seq, event.at
        subject.deadline_at = deadline_of(subject, workflow)


def deadline_of(subject: Any, workflow: Workflow) -> datetime | None:
    """When the system moves `subject` out of the state it has just entered; None when it never does.

    A deadline `on` a date falls at the end of that day, in the site's time zone.
    """
    deadline = workflow.states[subject.state].deadline
    if deadline is None:
        return None
    if deadline.after is not None:
        return after(subject.entered_at, deadline.after)
    day = getattr(subject, str(deadline.on))
    return end_of(day) if day else None


def write_states(model: type[Subject], subjects: Sequence[Any]) -> None:
    """One statement for all. The database refuses it unless each has its event."""
    update(model, subjects, STATE_FIELDS)
