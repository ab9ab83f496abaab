"""The moves of a dossier and of its findings, fetched once for all that a page says of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.wording import AMENDED, EXPLAINED
from accreditation_engine.trail.models import Event


def moves(*streams: UUID) -> dict[UUID, list[Event]]:
    """The events of each stream that speak of its state, or amend what a finding says, in order. One query."""
    return {**{stream: [] for stream in streams}, **_by_stream(Q(stream__in=streams))}


def moves_of_file(dossier: UUID) -> dict[UUID, list[Event]]:
    """The same of a dossier and of all its findings. One query."""
    own = Dossier.objects.filter(pk=dossier).values("pk")  # one list of streams: with OR no index would serve
    streams = own.union(Finding.objects.filter(dossier=dossier).values("pk"), all=True)
    return {dossier: [], **_by_stream(Q(stream__in=streams))}


def _by_stream(wanted: Q) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = {}
    told = ~Q(target="") | Q(kind__in=(EXPLAINED, AMENDED))
    for event in Event.objects.filter(wanted, told).order_by("stream", "seq"):
        found.setdefault(event.stream, []).append(event)
    return found


def standing(events: Iterable[Event]) -> tuple[str, str]:
    """The edition and the state that `events` of one subject, in order, led to."""
    last = [each for each in events if each.target][-1]
    return last.edition, last.target


def steps(events: Iterable[Event]) -> list[Event]:
    """Those of `events` that somebody took, not how the subject came to be."""
    return [each for each in events if each.transition]
