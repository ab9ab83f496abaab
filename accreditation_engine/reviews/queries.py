"""Reading assignments, ratings and findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery, When

from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.queries import editions_of, standing_in
from accreditation_engine.organisations.models import User
from accreditation_engine.scoring.findings import SEVEREST_FIRST

from .models import Assignment, Finding, Rating
from .raising import FINDINGS_SCHEME


def review_unsent(user: Any) -> Q:
    """Dossiers that `user` (an id, or the gap for one) has been asked to review and has not sent the review of."""
    open_ = Assignment.objects.filter(reviewer=user, sent_at=None, released_at=None)
    return Q(Exists(open_.filter(dossier=OuterRef("pk"))))


def own_assignment(dossier: UUID, person: User) -> Assignment | None:
    """The review of `dossier` that `person` is or was asked for, unless it was released; `rated` says how many
    criteria have a rating. One query."""
    rated = Count("ratings", filter=~Q(ratings__value=""))
    own = Assignment.objects.filter(dossier=dossier, reviewer=person, released_at=None)
    return own.annotate(rated=rated).first()


def own_review_due(user: Any) -> Subquery:
    """When the review that `user` (an id, or the gap for one) has yet to send is due, of each dossier; NULL where
    there is none."""
    own = Assignment.objects.filter(reviewer=user, sent_at=None, released_at=None)
    return Subquery(own.filter(dossier=OuterRef("pk")).values("due_at")[:1], output_field=DateTimeField())


def standing_reviews(person: User) -> list[int]:
    """The reviews that are or were `person`'s, but for those that were released or handed over. One query."""
    return list(Assignment.objects.filter(reviewer=person, released_at=None).values_list("pk", flat=True))


def findings_in(wanted: Callable[[State], bool]) -> Q:
    """Findings in a state, of any edition of their life, that is `wanted`. One query for the editions."""
    return standing_in(editions_of(FINDINGS_SCHEME), wanted)


def assignments_of(dossier: UUID) -> QuerySet[Assignment]:
    """The reviews of `dossier` that were not released, in the order they were asked for, with their reviewers."""
    return (
        Assignment.objects.filter(dossier=dossier, released_at=None).select_related("reviewer").order_by("pk")
    )


def own_ratings(assignment: Assignment) -> dict[tuple[str, str], Rating]:
    """What a reviewer has rated so far, by rubric and criterion. One query."""
    return {(each.rubric, each.criterion): each for each in assignment.ratings.all()}


def findings_of(dossier: UUID) -> QuerySet[Finding]:
    """The findings of `dossier`, the gravest and most urgent first."""
    severest_first = Case(*(When(severity=name, then=place) for place, name in enumerate(SEVEREST_FIRST)))
    findings = Finding.objects.filter(dossier=dossier).select_related("owner")
    return findings.order_by(severest_first, "due_on", "criterion")
