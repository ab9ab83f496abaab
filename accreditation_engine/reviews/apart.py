"""Where reviewers of a dossier are too far apart, what is proposed there, and what was agreed. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.scoring import differences

from .models import Assignment, Proposal, Rating
from .queries import assignments_of
from .report.contesting import to_amend
from .sheets import FIELDS, agreed_rating, reviews_of, sent_ratings, unreconciled


@dataclass(frozen=True)
class Apart:
    """A criterion on which reviewers differ too much. `ratings` are in the order of the reviews; `agreed` is ""
    until they are reconciled, `settled` the proposal that everybody agreed to; `proposals` are those that
    stand. `contested`: the organisation was found to be right here, and another rating is to be agreed on."""

    rubric: str
    criterion: str
    ratings: tuple[Rating, ...]
    agreed: str
    proposals: tuple[Proposal, ...]
    settled: Proposal | None = None
    contested: bool = False


def reviews_apart(dossier: Dossier) -> tuple[list[Assignment], list[Apart]]:
    """The reviews, and every criterion on which they are apart, in the order of the rubrics. Nothing before all
    reviews are sent. Four queries."""
    reviews = reviews_given(dossier)
    if any(each.sent_at is None for each in reviews):
        return [], []
    return reviews, apart_among(dossier, reviews)


def reviews_given(dossier: Dossier) -> list[Assignment]:
    """The reviews that stand, sent or not, each with its ratings; `agreed` of a rating is what counts in its
    place, None where nothing was agreed. Two queries."""
    ratings = Rating.objects.annotate(agreed=agreed_rating()).order_by("rubric", "criterion")
    return list(assignments_of(dossier.pk).prefetch_related(Prefetch("ratings", ratings)))


def apart_among(dossier: Dossier, reviews: Sequence[Assignment]) -> list[Apart]:
    """Every criterion on which `reviews`, as `reviews_given` gives them, are apart. Nothing before all are sent.
    Two queries."""
    if any(each.sent_at is None for each in reviews):
        return []
    rated: dict[Criterion, list[Rating]] = defaultdict(list)
    agreed: dict[Criterion, str] = {}
    for rating in (each for review in reviews for each in review.ratings.all()):
        rated[rating.rubric, rating.criterion].append(rating)
        agreed[rating.rubric, rating.criterion] = rating.agreed or ""  # type: ignore[attr-defined]
    proposed = _proposals(dossier)
    contested = [(each.rubric, each.criterion) for each in to_amend(dossier)]
    keys = [*contested, *_keys(dossier, [each for ratings in rated.values() for each in ratings])]
    return [
        Apart(
            *key,
            tuple(rated[key]),
            agreed.get(key, ""),
            *_sorted_out(proposed[key], agreed.get(key, "")),
            contested=key in contested,
        )
        for key in dict.fromkeys(keys)
    ]


def nowhere_proposed(dossiers: QuerySet[Dossier]) -> list[tuple[Dossier, int]]:
    """Those of `dossiers` all of whose reviews are sent and which has criteria on which they are apart, while
    nothing is agreed there and nothing proposed; with how many these are. One query."""
    unsent = Assignment.objects.filter(dossier=OuterRef("pk"), released_at=None, sent_at=None)
    proposed = Proposal.objects.filter(dossier=OuterRef("pk"), closed_at=None).order_by("pk")
    rows = dossiers.filter(~Exists(unsent)).annotate(
        given=Rows(sent_ratings(OuterRef("pk")), *FIELDS), proposed=Rows(proposed, "rubric", "criterion")
    )
    counted = [(each, _unproposed(each)) for each in rows]
    return [(dossier, count) for dossier, count in counted if count]


def _unproposed(row: Any) -> int:
    proposed = {(each["rubric"], each["criterion"]) for each in row.proposed}
    rubrics = compiled(row.edition_id).asked
    return sum(
        (name, each.criterion) not in proposed
        for name, rubric in rubrics.items()
        for each in unreconciled(row.given, rubric)
    )


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
    """Those that stand, and those that everybody agreed to, in the order in which they were made."""
    found: dict[Criterion, list[Proposal]] = defaultdict(list)
    wanted = Q(closed_at=None) | Q(agreed__isnull=False)
    made = Proposal.objects.filter(wanted, dossier=dossier).select_related("agreed").order_by("pk")
    for each in made.prefetch_related("consents"):
        found[each.rubric, each.criterion].append(each)
    return found


def _sorted_out(made: list[Proposal], agreed: str) -> tuple[tuple[Proposal, ...], Proposal | None]:
    """The proposals that stand; and the last one that was agreed to, while it counts."""
    settled = [each for each in made if each.closed_at]
    return tuple(each for each in made if not each.closed_at), settled[-1] if agreed else None
