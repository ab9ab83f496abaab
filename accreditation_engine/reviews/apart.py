"""Where reviewers of a dossier are too far apart, what is proposed there, and what was agreed. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.scoring import differences

from .models import Assignment, Proposal, Rating
from .queries import assignments_of
from .sheets import reviews_of, sent_ratings


@dataclass(frozen=True)
class Apart:
    """A criterion on which reviewers differ too much. `ratings` are in the order of the reviews; `agreed` is ""
    until they are reconciled; `proposals` are those that stand."""

    rubric: str
    criterion: str
    ratings: tuple[Rating, ...]
    agreed: str
    proposals: tuple[Proposal, ...]


def reviews_apart(dossier: Dossier) -> tuple[list[Assignment], list[Apart]]:
    """The reviews, and every criterion on which they are apart, in the order of the rubrics. Nothing before all
    reviews are sent. Four queries."""
    reviews = list(assignments_of(dossier.pk))
    if any(each.sent_at is None for each in reviews):
        return [], []
    rated: dict[Criterion, list[Rating]] = defaultdict(list)
    agreed: dict[Criterion, str] = {}
    for rating in sent_ratings(dossier.pk):
        rated[rating.rubric, rating.criterion].append(rating)
        agreed[rating.rubric, rating.criterion] = rating.agreed or ""
    proposed = _proposals(dossier)
    return reviews, [
        Apart(*key, tuple(rated[key]), agreed[key], tuple(proposed[key]))
        for key in _keys(dossier, [each for ratings in rated.values() for each in ratings])
    ]


def _keys(dossier: Dossier, ratings: list[Rating]) -> list[Criterion]:
    rows = [
        {
            "assignment_id": each.assignment_id,
            "rubric": each.rubric,
            "criterion": each.criterion,
            "value": each.value,
        }
        for each in ratings
    ]
    rubrics = compiled(dossier.edition_id).asked
    return [
        (name, each.criterion)
        for name, rubric in rubrics.items()
        for each in differences(rubric, reviews_of(rows, rubric))
    ]


def _proposals(dossier: Dossier) -> dict[Criterion, list[Proposal]]:
    found: dict[Criterion, list[Proposal]] = defaultdict(list)
    standing = Proposal.objects.filter(dossier=dossier, closed_at=None).order_by("pk")
    for each in standing.prefetch_related("consents"):
        found[each.rubric, each.criterion].append(each)
    return found
