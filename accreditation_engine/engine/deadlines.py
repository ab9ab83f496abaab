"""What the system does by itself when time has run out."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from .acting import SYSTEM
from .compiled import compiled
from .models import Subject
from .perform import Result, perform_many
from .registry import subject_models

AT_ONCE = 1000


def sweep(*, now: datetime | None = None) -> list[Result]:
    """Take every transition whose deadline has passed. Several processes may sweep at once: each subject
    moves once, and those that moved meanwhile are passed over."""
    moment = now or timezone.now()
    return [
        perform_many(due[start : start + AT_ONCE], transition, SYSTEM, due=moment)
        for model in subject_models()
        for transition, due in _due(model, moment).items()
        for start in range(0, len(due), AT_ONCE)
    ]


def _due(model: type[Subject], now: datetime) -> dict[str, list[Subject]]:
    """Overdue subjects by the transition that their edition names for their state."""
    groups: dict[str, list[Subject]] = defaultdict(list)
    for subject in model._default_manager.filter(deadline_at__lte=now).order_by("deadline_at"):
        deadline = compiled(subject.edition_id).workflow.states[subject.state].deadline
        if deadline is not None:
            groups[deadline.then].append(subject)
    return groups
