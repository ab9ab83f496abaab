"""A button that was pressed twice: the step is the one that was just taken, and no attempt of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.models import Event, Text

from .registry import Attempt

MOMENT = timedelta(seconds=10)
"""Between two presses of one button; who sends the same page later has something else in mind."""


def just_taken(
    rows: Collection[Any], attempt: Attempt, who: Actor, ours: Collection[str]
) -> Mapping[UUID, Event]:
    """By subject, the event of this very attempt: the last step of the subject, taken by the same person in this
    moment, with the same words and choices. `ours` are the keys of its data that the engine added.

    One query, and one more where there is such an event.
    """
    last = {row.pk: row.state_seq for row in rows}
    recent = Event.objects.filter(
        stream__in=last,
        kind="transition",
        actor=who.id,
        transition=attempt.transition,
        at__gt=timezone.now() - MOMENT,
    )
    found = [each for each in recent if each.seq == last[each.stream]]
    said = _comments(found) if found else {}
    return {
        each.stream: each
        for each in found
        if said.get((each.stream, each.seq), "") == attempt.comment
        and {key: value for key, value in each.data.items() if key not in ours} == dict(attempt.data)
    }


def recorded_just_now(kind: str, by: UUID, comment: str) -> list[Event]:
    """What the first of two presses recorded that is no step of a file: the events of this kind, by the same
    person in this moment and for the same reason. Two queries at most."""
    recent = Event.objects.filter(kind=kind, actor=by, at__gt=timezone.now() - MOMENT)
    found = list(recent.order_by("at", "seq"))
    said = _comments(found) if found else {}
    return [each for each in found if said.get((each.stream, each.seq), "") == comment]


def _comments(events: Collection[Event]) -> dict[tuple[UUID, int], str]:
    texts = Text.objects.filter(
        stream__in=[each.stream for each in events], seq__in=[each.seq for each in events], field="comment"
    )
    return {(stream, seq): text or "" for stream, seq, text in texts.values_list("stream", "seq", "text")}
