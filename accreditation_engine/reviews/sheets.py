"""The score sheet that a dossier's reviews come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import OuterRef, Q

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.scoring import (
    Rating as Answer,
)
from accreditation_engine.scoring import (
    ScoreSheet,
    combined_ratings,
    parse_ratings,
    score_sheet,
)

from .models import Rating

FIELDS = ("assignment_id", "rubric", "criterion", "value")
SENT = Q(assignment__sent_at__isnull=False, assignment__released_at=None)
"""Ratings of reviews that have been sent and stand."""


def sent_ratings(dossiers: Any) -> Any:
    """All ratings of the reviews that have been sent for dossiers (a list of ids, or an outer reference to
    one), in a fixed order."""
    lookup = "assignment__dossier__in" if isinstance(dossiers, list) else "assignment__dossier"
    return Rating.objects.filter(SENT, **{lookup: dossiers}).order_by("assignment_id", "rubric", "criterion")


def ratings_fact(model: type[Subject]) -> Rows:
    return Rows(sent_ratings(OuterRef(model.dossier_path)), *FIELDS)


def reviews_of(rows: Iterable[Mapping[str, Any]], rubric: Rubric) -> list[dict[str, Answer]]:
    """Rows of FIELDS as one mapping a reviewer, {criterion: rating}, for one rubric."""
    by_reviewer: dict[Any, dict[str, str]] = {}
    for row in rows:
        if row["rubric"] == rubric.id:
            by_reviewer.setdefault(row["assignment_id"], {})[row["criterion"]] = row["value"]
    return [parse_ratings(rubric, typed) for typed in by_reviewer.values()]


def combined_sheet(rows: Iterable[Mapping[str, Any]], rubric: Rubric) -> ScoreSheet:
    """The sheet of the mean of all reviews under one rubric. Without reviews it is empty and incomplete."""
    reviews = reviews_of(rows, rubric)
    return score_sheet(rubric, combined_ratings(rubric, reviews) if reviews else {})


def sheets_of(dossier: Dossier) -> dict[str, ScoreSheet]:
    """The sheet of each rubric of the dossier's edition, by rubric id. One query."""
    rows = list(sent_ratings(dossier.pk).values(*FIELDS))
    return {
        name: combined_sheet(rows, rubric) for name, rubric in compiled(dossier.edition_id).rubrics.items()
    }
