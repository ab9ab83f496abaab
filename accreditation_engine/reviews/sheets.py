"""What the reviews of a dossier come to under a rubric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.scoring import (
    Difference,
    ScoreSheet,
    combined_ratings,
    differences,
    parse_ratings,
    score_sheet,
)
from accreditation_engine.scoring import (
    Rating as Answer,
)

from .models import Agreed, Assignment, Rating

FIELDS = ("assignment_id", "rubric", "criterion", "value", "agreed")
"""Of a rating that was sent; `agreed` is what counts in its place, where reviewers were reconciled."""
Sent = Sequence[Mapping[str, Any]]
SENT = Q(assignment__sent_at__isnull=False, assignment__released_at=None)
"""Ratings of reviews that have been sent and stand."""


def sent_ratings(dossiers: Any) -> Any:
    """All ratings of the reviews that have been sent for dossiers (a list of ids, or an outer reference to
    one), in a fixed order."""
    lookup = "assignment__dossier__in" if isinstance(dossiers, list) else "assignment__dossier"
    sent = Rating.objects.filter(SENT, **{lookup: dossiers}).annotate(agreed=agreed_rating())
    return sent.order_by("assignment_id", "rubric", "criterion")


def agreed_rating() -> Subquery:
    """What was agreed on the criterion of a rating, in SQL. A review sent later puts an end to it: it was not
    part of what was agreed."""
    later = Assignment.objects.filter(
        dossier=OuterRef("dossier"), released_at=None, sent_at__gt=OuterRef("agreed_at")
    )
    standing = Agreed.objects.filter(
        ~Exists(later),
        dossier=OuterRef("assignment__dossier"),
        rubric=OuterRef("rubric"),
        criterion=OuterRef("criterion"),
    )
    return Subquery(standing.order_by("-pk").values("value")[:1])


def ratings_fact(model: type[Subject]) -> Rows:
    return Rows(sent_ratings(OuterRef(model.dossier_path)), *FIELDS)


def reviews_of(rows: Sent, rubric: Rubric) -> list[dict[str, Answer]]:
    """Rows of FIELDS as one mapping a reviewer, {criterion: rating}, for one rubric."""
    by_reviewer: dict[Any, dict[str, str]] = {}
    for row in rows:
        if row["rubric"] == rubric.asked_as:
            by_reviewer.setdefault(row["assignment_id"], {})[row["criterion"]] = row["value"]
    return [parse_ratings(rubric, typed) for typed in by_reviewer.values()]


def agreed_of(rows: Sent, rubric: Rubric) -> dict[str, Answer]:
    """What was agreed, by criterion, from the same rows."""
    agreed = {row["criterion"]: row["agreed"] for row in rows if row["rubric"] == rubric.asked_as}
    return parse_ratings(rubric, agreed)


def as_judged(rows: Sent) -> list[dict[str, Any]]:
    """The rows in the form whose digest events keep: `agreed` stands only where something was agreed."""
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def unreconciled(rows: Sent, rubric: Rubric) -> list[Difference]:
    """Where reviewers are too far apart, and nothing has been agreed yet."""
    agreed = agreed_of(rows, rubric)
    return [each for each in differences(rubric, reviews_of(rows, rubric)) if each.criterion not in agreed]


def combined_sheet(rows: Sent, rubric: Rubric, first: ScoreSheet | None = None) -> ScoreSheet:
    """The sheet of what was agreed, else of the mean of all reviews, under one rubric; `first` is what growth is
    counted from. Without reviews it is empty and incomplete."""
    reviews = reviews_of(rows, rubric)
    ratings = combined_ratings(rubric, reviews) if reviews else {}
    agreed = {name: value for name, value in agreed_of(rows, rubric).items() if name in ratings}
    return score_sheet(rubric, {**ratings, **agreed}, first_assessment=first)
