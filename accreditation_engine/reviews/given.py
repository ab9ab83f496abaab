"""The numbers that reviewers gave, to compare: reviews that were sent and stand, by rubric."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.scoring.ratings import as_number

from .models import Rating
from .sheets import SENT

Row = tuple[UUID, UUID, str, str, str, str, datetime]


@dataclass(frozen=True)
class Given:
    """One number, by whom, for what, and when its review was sent."""

    reviewer: UUID
    dossier: UUID
    criterion: str
    value: float
    sent_at: datetime


@dataclass
class Numbers:
    """What was given under one rubric. `words` counts answers that are no numbers (not applicable, unable to
    verify), `elsewhere` those given on another scale, or for a criterion that `rubric` does not have."""

    rubric: Rubric
    given: list[Given] = field(default_factory=list)
    words: int = 0
    elsewhere: int = 0


def numbers_given(edition: str, which: Q) -> dict[str, Numbers]:
    """What reviewers gave, `which` being a condition on ratings, for each rubric of the workflow edition of this
    hash, with which other editions are compared. One query for the ratings; two more for each edition that this
    process has not used yet."""
    measured = cache(_measures)
    wanted = measured(edition)
    found = {name: Numbers(rubric) for name, rubric in compiled(edition).asked.items()}
    for reviewer, dossier, own, rubric, criterion, value, sent_at in _rows(which):
        numbers, number, key = found.get(rubric), as_number(value), (rubric, criterion)
        if numbers is None:
            continue
        if key not in wanted or measured(own).get(key) != wanted[key]:
            numbers.elsewhere += 1
        elif number is None:
            numbers.words += 1
        else:
            numbers.given.append(Given(reviewer, dossier, criterion, float(number), sent_at))
    return found


def _rows(which: Q) -> Iterator[Row]:
    fields = (
        "assignment__reviewer_id",
        "assignment__dossier_id",
        "assignment__dossier__edition_id",
        "rubric",
        "criterion",
        "value",
        "assignment__sent_at",
    )
    sent: QuerySet[Rating] = Rating.objects.filter(SENT, which).exclude(value="")
    yield from sent.order_by("assignment_id", "rubric", "criterion").values_list(*fields)


def _measures(edition: str) -> dict[tuple[str, str], tuple[Decimal, ...]]:
    """What a number is measured on, by rubric and criterion: the ends of the scale, and the criterion's own."""
    return {
        (name, each.id): (rubric.scale.minimum, rubric.scale.maximum, rubric.ceiling(each))
        for name, rubric in compiled(edition).rubrics.items()
        for each in rubric.every_criterion()
    }
