"""What stands in a reviewer's queue, said in SQL: one question, however many dossiers wait."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import schemes_in_use
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.parts import known_as
from accreditation_engine.engine.registry import sends_reviews
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted
from accreditation_engine.reviews.models import Assignment

from .fit import unfit
from .order import ORDER, seed_of
from .places import CHOSEN, place_open, states_before, taken


def queue_of(reviewer: User) -> QuerySet[Dossier]:
    """All that waits for `reviewer`, in their order: with `mine` (asked, and not sent), `due` (when, of their
    own), `taken` (how many reviews are with somebody). Two queries."""
    schemes = schemes_in_use(Dossier.objects.all())
    dossiers = _in_order(reviewer, schemes)
    return dossiers.filter(_own(reviewer, schemes) | _offered(reviewer, schemes))


def offered_to(reviewer: User) -> QuerySet[Dossier]:
    """The dossiers with a place that `reviewer` may take, in their order. Two queries."""
    schemes = schemes_in_use(Dossier.objects.all())
    return _in_order(reviewer, schemes).filter(_offered(reviewer, schemes))


def _in_order(reviewer: User, schemes: Iterable[Compiled]) -> QuerySet[Dossier]:
    own = _unsent(reviewer)
    return Dossier.objects.annotate(
        mine=Exists(own),
        due=Subquery(own.values("due_at")[:1], output_field=DateTimeField()),
        taken=taken(),
        turn=seed_of(reviewer.pk).turn(),
    ).order_by(*ORDER)


def _own(reviewer: User, schemes: Iterable[Compiled]) -> Q:
    """Asked to review, not sent, and the review is still wanted."""
    wanted = Q(pk__in=[])
    for scheme in schemes:
        wanted |= Q(edition=scheme.edition, state__in=states_before(scheme, CHOSEN | sends_reviews))
    return Q(mine=True) & wanted & known_as(Dossier, reviewer.pk, "reviewer")


def _offered(reviewer: User, schemes: Iterable[Compiled]) -> Q:
    """Whoever gave a dossier back, or was taken from it, is not offered it again."""
    had = Assignment.objects.filter(dossier=OuterRef("pk"), reviewer=reviewer)
    may = Q(granted("reviewer", Dossier, reviewer.pk)) & ~Q(Exists(had))
    return place_open(schemes) & may & ~unfit(reviewer, schemes)


def _unsent(reviewer: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        dossier=OuterRef("pk"), reviewer=reviewer, sent_at=None, released_at=None
    )
