"""The keys that sign certificates against what their events say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from accreditation_engine.engine import verification
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally

from .keeping import said_of
from .models import SigningKey

A_MOMENT = timedelta(minutes=1)
"""A row is written that long before its event, at most."""


def keys_apart(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """A problem for each key that no event speaks of as it stands, for each whose life is another than its events
    tell, and for each that is gone. Two queries."""
    keys = SigningKey.objects.order_by("made_at")
    events = Event.objects.filter(kind__in=["signing_key_made", "signing_key_retired"]).order_by("seq")
    if stream is not None:
        keys, events = keys.filter(pk=stream), events.filter(stream=stream)
    made: dict[UUID, Event] = {}
    retired: dict[UUID, Event] = {}
    for event in events:
        (made if event.kind == "signing_key_made" else retired).setdefault(event.stream, event)
    for key in keys:
        yield from _problems(key, made.pop(key.pk, None), retired.get(key.pk))
    for gone in made:
        yield Problem(gone, 1, "key", "the key that was made then is not there any more")


def _problems(key: SigningKey, made: Event | None, retired: Event | None) -> Iterator[Problem]:
    if made is None or made.data != said_of(key):
        yield Problem(key.pk, 1, "key", "no event speaks of this key")
    elif not _near(key.made_at, made.at):
        yield Problem(key.pk, 1, "key", "made_at is not when its trail says it was made")
    ended = retired.at if retired else None
    if not _near(key.retired_at, ended):
        seq = retired.seq if retired else 1
        yield Problem(key.pk, seq, "key", "retired_at is not when its trail says it was retired")


def _near(kept: datetime | None, told: datetime | None) -> bool:
    if kept is None or told is None:
        return kept is told
    return timedelta() <= told - kept <= A_MOMENT


verification.more.append(keys_apart)
