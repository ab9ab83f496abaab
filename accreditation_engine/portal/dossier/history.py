"""The moves of a dossier and of its findings, fetched once for all that a page says of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accreditation_engine.reviews.amending import AMENDED, EXPLAINED
from accreditation_engine.trail.models import Event


def moves(*streams: UUID) -> dict[UUID, list[Event]]:
    """The events of each stream that speak of its state, or amend what a finding says, in order. One query."""
    found: dict[UUID, list[Event]] = {stream: [] for stream in streams}
    told = ~Q(target="") | Q(kind__in=(EXPLAINED, AMENDED))
    for event in Event.objects.filter(told, stream__in=streams).order_by("stream", "seq"):
        found[event.stream].append(event)
    return found


def steps(events: Iterable[Event]) -> list[Event]:
    """Those of `events` that somebody took, not how the subject came to be."""
    return [each for each in events if each.transition]
