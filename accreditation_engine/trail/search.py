"""Reading the trail in the order of time, a page at a time, at the same cost however long it is.

A page begins behind the last event of the one before (its moment and row), so that nothing is counted or skipped
over, and events that are written meanwhile move no page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from .folding import folded, spellings
from .models import Event, FoldedComment

AT_ONCE = 500


@dataclass(frozen=True)
class Position:
    """Where a page begins: behind the event of this moment and row."""

    at: datetime
    row: int

    @classmethod
    def of(cls, event: Event) -> Position:
        return cls(event.at, event.pk)

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.row}"

    @classmethod
    def read(cls, written: str) -> Position | None:
        """What `str` wrote; None for anything else."""
        moment, _, row = written.partition("~")
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            return None
        there = at.tzinfo is not None and row.isascii() and row.isdigit() and len(row) <= len(str(2**63))
        return cls(at, int(row)) if there and int(row) < 2**63 else None


def in_order(
    events: QuerySet[Event], *, newest_first: bool, behind: Position | None = None
) -> QuerySet[Event]:
    """`events` in the order of time, those behind a position where one is given."""
    if behind is not None:
        # The first condition says nothing new; it is the one by which an index is entered.
        if newest_first:
            later = Q(at__lt=behind.at) | Q(pk__lt=behind.row)
            events = events.filter(later, at__lte=behind.at)
        else:
            later = Q(at__gt=behind.at) | Q(pk__gt=behind.row)
            events = events.filter(later, at__gte=behind.at)
    return events.order_by("-at", "-pk") if newest_first else events.order_by("at", "pk")


def batches(events: QuerySet[Event], *, newest_first: bool, at_once: int = AT_ONCE) -> Iterator[list[Event]]:
    """All of `events` in order, some at a time. Memory does not grow with their number."""
    behind: Position | None = None
    while found := list(in_order(events, newest_first=newest_first, behind=behind)[:at_once]):
        yield found
        behind = Position.of(found[-1])


def with_words(events: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Those of `events` whose comment holds every word of `text`, however it is spelt."""
    comments = FoldedComment.objects.all()
    for word in folded(text).split():
        ways = [Q(folded__contains=each) for each in spellings(word)]
        comments = comments.filter(reduce(or_, ways))
    return events.filter(pk__in=comments.values("event"))
