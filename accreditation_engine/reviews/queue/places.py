"""Places: a dossier has as many as its workflow wants reviews, and one is open while fewer assignments stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.judging import deadline_passed
from accreditation_engine.engine.prepared import NOW
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import sends_reviews
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment

CHOSEN = frozenset({"reviewers_assigned", "reviews_complete"})
"""Guards that count reviewers or reviews: while one lies ahead, reviewers are chosen."""


def places_of(scheme: Compiled) -> int:
    """How many reviews a dossier wants; 0 where the workflow does not say."""
    reviewing = scheme.workflow.reviewing
    return reviewing.places if reviewing else 0


def claims(scheme: Compiled) -> bool:
    """Whether reviewers may take an open place by themselves."""
    reviewing = scheme.workflow.reviewing
    return reviewing is not None and reviewing.claim


def states_before(scheme: Compiled, guards: Collection[str]) -> list[str]:
    """The states that a step leaves which asks for one of `guards`."""
    return [
        name
        for name in scheme.workflow.states
        if any(
            bound.name in guards
            for step in scheme.workflow.leaving(name)
            for bound in scheme.steps[step].guards
        )
    ]


def standing_before(schemes: Iterable[Compiled], guards: Collection[str], prefix: str = "") -> Q:
    """Dossiers that stand in one of these states of `schemes`. `prefix` is the way to the dossier from what is
    asked for."""
    found = Q(pk__in=[])
    for scheme in schemes:
        states = states_before(scheme, guards)
        if states:
            found |= Q(**{f"{prefix}edition": scheme.edition, f"{prefix}state__in": states})
    return found


def claimable_states(scheme: Compiled) -> list[str]:
    """Where reviewers take places: while reviews are worked on."""
    return states_before(scheme, sends_reviews) if claims(scheme) else []


def taken() -> Coalesce:
    """In SQL, how many assignments of a dossier stand."""
    standing = Assignment.objects.filter(dossier=OuterRef("pk"), released_at=None).order_by()
    counted = standing.values("dossier").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def place_open(schemes: Iterable[Compiled]) -> Q:
    """Dossiers of `schemes` with a place that reviewers may take now; they have `taken`."""
    found = Q(pk__in=[])
    for scheme in schemes:
        states = claimable_states(scheme)
        if states:
            found |= Q(edition=scheme.edition, state__in=states, taken__lt=places_of(scheme))
    return found & (Q(deadline_at=None) | Q(deadline_at__gt=NOW))


@dataclass(frozen=True)
class Held:
    """How many assignments of a dossier stand, and how many of one reviewer's have ended without a review."""

    standing: int
    ended: int


def held_by(dossier: Dossier, reviewer: User) -> Held:
    """One query. For two who ask at once to be told different things, the caller has locked the dossier."""
    stands = Q(released_at=None)
    counted = Assignment.objects.filter(dossier=dossier).aggregate(
        standing=Count("pk", filter=stands), ended=Count("pk", filter=~stands & Q(reviewer=reviewer))
    )
    return Held(**counted)


def against_claiming(dossier: Dossier, standing: int) -> list[Reason]:
    """Why nobody takes a place of `dossier`, of whose assignments so many stand: the scheme does not let them, it
    waits for no reviewer now, or all places are taken."""
    scheme = compiled(dossier.edition_id)
    if not claims(scheme):
        return [Reason("claims_closed")]
    late = deadline_passed(dossier, scheme, timezone.now())
    if late or dossier.state not in claimable_states(scheme):
        return late or [Reason("not_in_queue")]
    places = places_of(scheme)
    return [] if standing < places else [Reason("places_taken", {"places": places})]
