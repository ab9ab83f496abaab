"""Places that nobody comes to by themselves, so that a coordinator has to see to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.registry import sends_reviews
from accreditation_engine.reviews.models import Assignment

from .places import claims, places_of, states_before, taken


def forsaken_places(schemes: Iterable[Compiled]) -> QuerySet[Dossier]:
    """Files under `schemes` in which reviews are worked on while a place is open: because somebody gave it back or
    lost it, or because reviewers take none by themselves. With `taken`, how many reviews are with somebody, and
    `given_up`, whether somebody had one that is theirs no more. The longest in their state first."""
    found = Q(pk__in=[])
    for scheme in schemes:
        wanting = Q(edition=scheme.edition, state__in=_worked_on(scheme), taken__lt=places_of(scheme))
        found |= wanting & Q(given_up=True) if claims(scheme) else wanting
    rows: QuerySet[Any] = Dossier.objects.annotate(taken=taken(), given_up=Exists(_ended()))
    return rows.filter(found).order_by("entered_at", "pk")


def _worked_on(scheme: Compiled) -> list[str]:
    return states_before(scheme, sends_reviews)


def _ended() -> QuerySet[Assignment]:
    """Without anybody after them, as whoever takes a review over is."""
    return Assignment.objects.filter(dossier=OuterRef("pk"), released_at__isnull=False, handed_over_to=None)
