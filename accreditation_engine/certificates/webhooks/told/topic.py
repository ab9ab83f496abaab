"""What a topic is: which events may be told under it, and what is said of each to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from accreditation_engine.certificates.webhooks.eyes import Eyes
from accreditation_engine.trail.models import Event

Place = tuple[Any, int]
"""An event: its stream and its number there."""


@dataclass(frozen=True)
class Message:
    """`types` it may be told as, the most particular first; `number` is by what people know what it is about."""

    types: tuple[str, ...]
    number: str
    data: Mapping[str, Any]

    def type_for(self, wanted: Iterable[str]) -> str | None:
        """As which of the `wanted` types it is told; None: it is not."""
        return next((each for each in self.types if each in wanted), None)


@dataclass(frozen=True)
class Span:
    """Events that happened from `since` on, and before `until` where that is given."""

    since: datetime
    until: datetime | None = None

    def moves(self) -> QuerySet[Event]:
        """Those that brought something into a state, in their order."""
        return self.events().exclude(target="").exclude(source=F("target"))

    def events(self) -> QuerySet[Event]:
        found = Event.objects.filter(at__gte=self.since)
        return (found if self.until is None else found.filter(at__lt=self.until)).order_by("at", "pk")


@dataclass(frozen=True)
class Topic:
    """`candidates` are the events in a span that may have to be told; `told` makes messages of those of them that
    are for these eyes at this moment."""

    types: tuple[str, ...]
    candidates: Callable[[Eyes, Span], Sequence[QuerySet[Event]]]
    told: Callable[[Sequence[Event], Eyes], Mapping[Place, Message]]
