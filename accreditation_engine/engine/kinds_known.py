"""What is looked at kind by kind, in whatever stream it stands: that the site knows the kind, and that who erased
might (docs/decisions/033)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem
from accreditation_engine.trail.stored import AT_ONCE

from .replay.plausible import Held
from .replay.said import COLUMNS, Said

known: set[str] = set()
"""Every kind that any release has written; who tells them in words registers them."""
ERASER = "administrator"


def unknown_kinds(stream: UUID | None) -> Iterator[Problem]:
    """The first event of each kind that nothing here writes: of all, by one look at an index for each kind."""
    events = Event.objects.all() if stream is None else Event.objects.filter(stream=stream)
    for kind in events.order_by("kind").values_list("kind", flat=True).distinct():
        if kind not in known:
            first = events.filter(kind=kind).order_by("at", "pk").only("stream", "seq")[0]
            yield Problem(first.stream, first.seq, "kind", f"nothing here writes events of the kind '{kind}'")


def erased_by_others(stream: UUID | None, held: Held | None) -> Iterator[Problem]:
    """Erasures by somebody who might not, or that give no reason."""
    events = Event.objects.filter(kind=ERASED).order_by("stream", "seq")
    for columns in (
        (events if stream is None else events.filter(stream=stream)).values_list(*COLUMNS).iterator(AT_ONCE)
    ):
        event = Said(*columns)
        if event.role != ERASER or event.actor is None:
            why = f"nobody erases as '{event.role or 'nobody'}'"
        elif held is not None and not held(event, "", ""):
            why = f"events do not say that its actor was {ERASER} then"
        elif not event.has_comment:
            why = "it gives no reason"
        else:
            continue
        yield Problem(event.stream, event.seq, "impossible", why)
