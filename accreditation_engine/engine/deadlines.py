"""What the system does by itself when time has run out."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from .acting import SYSTEM
from .compiled import compiled
from .models import Subject
from .perform import Result, perform_many
from .registry import subject_models

AT_ONCE = 1000
log = logging.getLogger(__name__)


def sweep(*, now: datetime | None = None) -> list[Result]:
    """Take every transition whose deadline has passed. Several processes may sweep at once: each subject
    moves once, and those that moved meanwhile are passed over. One that fails stays, and stops no other."""
    moment = now or timezone.now()
    return [result for model in subject_models() for result in _sweep(model, moment)]


def _sweep(model: type[Subject], now: datetime) -> Iterator[Result]:
    unknown = Result()
    for transition, due in _due(model, now, unknown).items():
        for start in range(0, len(due), AT_ONCE):
            yield _take(due[start : start + AT_ONCE], transition, now)
    if unknown.failed:
        yield unknown


def _due(model: type[Subject], now: datetime, unknown: Result) -> dict[str, list[Subject]]:
    """Overdue subjects by the transition that their edition names for their state. Those whose edition this
    version cannot run go into `unknown`."""
    groups: dict[str, list[Subject]] = defaultdict(list)
    for subject in model._default_manager.filter(deadline_at__lte=now).order_by("deadline_at"):
        try:
            deadline = compiled(subject.edition_id).workflow.states[subject.state].deadline
        except (LookupError, ValueError) as error:
            unknown.failed[subject.pk] = error
        else:
            if deadline is not None:
                groups[deadline.then].append(subject)
    return groups


def _take(subjects: Sequence[Subject], transition: str, now: datetime) -> Result:
    """All together; when that fails, one by one, to find the one that it fails for."""
    try:
        return perform_many(subjects, transition, SYSTEM, due=now)
    except Exception as error:
        if len(subjects) == 1:
            log.exception("the overdue step %s failed for %s", transition, subjects[0].pk)
            return Result(failed={subjects[0].pk: error})
    result = Result()
    for subject in subjects:
        result.add(_take([subject], transition, now))
    return result
