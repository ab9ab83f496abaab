"""Rows that are no state and yet decide: ratings, votes, roles. Each folder that keeps such rows says how they
follow from events, and verification compares the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import Problem

Account = Callable[[UUID | None], Iterator[Problem]]
accounts: list[Account] = []

AT_ONCE = 500


def account(check: Account) -> Account:
    """Register the function below: given a stream, or None for all, it finds every row that is not as its events
    say."""
    accounts.append(check)
    return check


def batches(streams: QuerySet[Any], stream: UUID | None) -> Iterator[list[UUID]]:
    """The primary keys of what has streams of its own, some at a time."""
    keys = streams.order_by("pk").values_list("pk", flat=True)
    found = iter((keys if stream is None else keys.filter(pk=stream)).iterator(AT_ONCE))
    while some := list(islice(found, AT_ONCE)):
        yield some


def said(streams: Iterable[UUID], *kinds: str) -> Iterator[tuple[Event, dict[str, Any]]]:
    """The events of these kinds with their data, in the order of streams and events. What cannot be read has been
    named as edited already."""
    events = Event.objects.filter(stream__in=list(streams), kind__in=kinds).order_by("stream", "seq")
    for event in events.iterator(AT_ONCE):
        try:
            data = event.data
        except (ValueError, LookupError, TypeError):
            continue
        if isinstance(data, dict):
            yield event, data
