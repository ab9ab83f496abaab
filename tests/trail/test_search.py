"""Pages of the trail in the order of time."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.search import Position, batches, in_order


@pytest.fixture
def written(db: None) -> list[Event]:
    """Seven events in the order of their moments, two of each moment, which is not the order of their rows."""
    now, found = timezone.now(), []
    for day in (3, 1, 2, 0):
        with time_machine.travel(now + timedelta(days=day), tick=False):
            found += [append(Entry(uuid4(), "said")) for _ in range(2 if day else 1)]
    return sorted(found, key=lambda each: (each.at, Event.objects.get(hash=each.hash).pk))


def hashes(events: list[Event]) -> list[str]:
    return [each.hash for each in events]


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("at_once", [1, 2, 3, 100])
def test_pages_hold_every_event_once_when_they_are_turned(
    written: list[Event], newest_first: bool, at_once: int
) -> None:
    found = [
        each
        for some in batches(Event.objects.all(), newest_first=newest_first, at_once=at_once)
        for each in some
    ]
    assert hashes(found) == hashes(written[::-1] if newest_first else written)


def test_page_begins_behind_its_position_when_more_is_written(written: list[Event]) -> None:
    first = list(in_order(Event.objects.all(), newest_first=True)[:3])
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        append(Entry(uuid4(), "said"))
    behind = Position.read(str(Position.of(first[-1])))
    rest = list(in_order(Event.objects.all(), newest_first=True, behind=behind))
    assert hashes(first + rest) == hashes(written[::-1])


@pytest.mark.parametrize(
    "odd", ["", "~", "now~1", "2026-01-01~1", "2026-01-01T00:00:00+00:00~", "2026-01-01T00:00:00+00:00~²",
            "2026-01-01T00:00:00+00:00~99999999999999999999"]
)  # fmt: skip
def test_position_is_none_when_it_is_no_position(odd: str) -> None:
    assert Position.read(odd) is None
