"""What an address has not been told yet: found in the trail, so that nothing is lost with a worker and nothing is
told twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accreditation_engine.trail.models import Event

from .eyes import Eyes, eyes_of
from .models import Delivery, Endpoint
from .told.topic import Message, Span, Topic
from .told.topics import TOPICS

COMMITS = timedelta(hours=1)
"""An event is there when its transaction is over, which may be later than one that happened after it."""
AT_ONCE = 500

T = TypeVar("T")


def find_untold(endpoint: Endpoint) -> None:
    """A delivery for each thing that happened since the endpoint was added and of which it was not told. A few
    statements for each topic that it chose."""
    now = timezone.now()
    keep(endpoint, Span(max(endpoint.made_at, endpoint.looked_at - COMMITS)), now)
    Endpoint.objects.filter(pk=endpoint.pk).update(looked_at=now)


def keep(endpoint: Endpoint, span: Span, now: datetime) -> None:
    """Deliveries of what happened in `span`, to be tried `now`, but for those that are there."""
    found = (
        Delivery(
            endpoint=endpoint,
            type=type_,
            stream=event.stream,
            seq=event.seq,
            number=number,
            at=event.at,
            made_at=now,
            next_at=now,
        )
        for event, type_, number in untold(endpoint, span)
    )
    for some in batches(found):
        Delivery.objects.bulk_create(some, ignore_conflicts=True)


def untold(endpoint: Endpoint, span: Span) -> Iterator[tuple[Event, str, str]]:
    """Each event, the type of message that it is, and by what people know what it is about."""
    eyes = eyes_of(endpoint)
    for topic in TOPICS:
        if not set(topic.types).isdisjoint(endpoint.types):
            for event, message in _of_topic(topic, endpoint, eyes, span):
                if type_ := message.type_for(endpoint.types):
                    yield event, type_, message.number


def _of_topic(topic: Topic, endpoint: Endpoint, eyes: Eyes, span: Span) -> Iterator[tuple[Event, Message]]:
    told = Delivery.objects.filter(endpoint=endpoint, stream=OuterRef("stream"), seq=OuterRef("seq"))
    for candidates in topic.candidates(eyes, span):
        fresh = candidates.exclude(Exists(told)).defer("body").iterator(AT_ONCE)
        for some in batches(fresh):
            messages = topic.told(some, eyes)
            for event in some:
                if message := messages.get((event.stream, event.seq)):
                    yield event, message


def batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some
