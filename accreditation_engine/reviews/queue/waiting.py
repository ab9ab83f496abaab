"""What stands in a reviewer's queue, said in SQL: one question, however many dossiers wait.

A reviewer is an id, or the gap `USER` of a question that is prepared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

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
from .order import AMONG_OTHERS, ORDER, turn
from .places import CHOSEN, place_open, standing_before, taken


def queue_of(reviewer: User) -> QuerySet[Dossier]:
    """All that waits for `reviewer`, in their order: with `mine` (asked, and not sent), `due` (when, of their
    own), `taken` (how many reviews are with somebody). Two queries."""
    schemes = every_scheme()
    own, offered = _own(reviewer.pk, schemes), _offered(reviewer.pk, schemes)
    return _in_order(reviewer.pk).filter(own | offered)


def offered_to(reviewer: User) -> QuerySet[Dossier]:
    """The dossiers with a place that `reviewer` may take, in their order. Two queries."""
    return _in_order(reviewer.pk).filter(_offered(reviewer.pk, every_scheme()))


def open_to(reviewer: Any, schemes: Iterable[Compiled]) -> QuerySet[Dossier]:
    """The same of the dossiers under `schemes`, with those that `reviewer` must not review: whoever takes the
    first asks that of one dossier instead of all."""
    counted = Dossier.objects.annotate(taken=taken(), turn=turn(reviewer))
    return counted.filter(_open(reviewer, schemes)).order_by(*AMONG_OTHERS)


def every_scheme() -> list[Compiled]:
    """Those that some dossier is judged by. One query."""
    return schemes_in_use(Dossier.objects.all())


def had_by(reviewer: Any) -> Exists:
    """Whether the reviewer ever had the review of a dossier."""
    return Exists(Assignment.objects.filter(dossier=OuterRef("pk"), reviewer=reviewer))


def _in_order(reviewer: Any) -> QuerySet[Dossier]:
    own = _unsent(reviewer)
    return Dossier.objects.annotate(
        mine=Exists(own),
        due=Subquery(own.values("due_at")[:1], output_field=DateTimeField()),
        taken=taken(),
        turn=turn(reviewer),
    ).order_by(*ORDER)


def _own(reviewer: Any, schemes: Iterable[Compiled]) -> Q:
    """Asked to review, not sent, and the review is still wanted."""
    wanted = standing_before(schemes, CHOSEN | sends_reviews)
    return Q(mine=True) & wanted & known_as(Dossier, reviewer, "reviewer")


def _offered(reviewer: Any, schemes: Iterable[Compiled]) -> Q:
    return _open(reviewer, schemes) & ~unfit(reviewer, schemes)


def _open(reviewer: Any, schemes: Iterable[Compiled]) -> Q:
    """Whoever gave a dossier back, or was taken from it, is not offered it again."""
    return place_open(schemes) & Q(granted("reviewer", Dossier, reviewer)) & ~Q(had_by(reviewer))


def _unsent(reviewer: Any) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        dossier=OuterRef("pk"), reviewer=reviewer, sent_at=None, released_at=None
    )
