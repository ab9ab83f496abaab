"""Every draw of reviewers made again, as a part of verifying the trail."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from accreditation_engine.engine import verification
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally

from .drawing import REVIEWERS_DRAWN, drawn_again

UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""An event that is not what it was: named as such by others."""
AT_ONCE = 200


def draws_differ(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """A problem for each draw whose seed does not draw the names that its event keeps."""
    draws = Event.objects.filter(kind=REVIEWERS_DRAWN).order_by("stream", "seq")
    for event in (draws if stream is None else draws.filter(stream=stream)).iterator(AT_ONCE):
        try:
            same = drawn_again(event)
        except UNREADABLE:
            continue
        if not same:
            yield Problem(event.stream, event.seq, "draw", "its seed does not draw the names that it keeps")


verification.more.append(draws_differ)
