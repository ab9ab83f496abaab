"""Events that a migration writes down: of what was there before anything told of it.

While migrations run, SQLite is without triggers (`apps._make_way`), and those make a stream's head and an event's
place in the waiting. Here both are seen to, whether the triggers are there or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from .append import append_to
from .content import Entry
from .models import Event, Head, Place


def append_first_events(entries: Sequence[Entry]) -> None:
    """Write `entries`, each the first of a stream of its own."""
    written = append_to({}, entries)
    if not written:
        return
    stored = Event.objects.filter(stream__in=[each.stream for each in written], seq=1)
    found = list(stored.values_list("pk", "stream", "hash"))
    headed = set(
        Head.objects.filter(stream__in=[stream for _, stream, _ in found]).values_list("pk", flat=True)
    )
    placed = set(Place.objects.filter(event__in=[pk for pk, _, _ in found]).values_list("pk", flat=True))
    Head.objects.bulk_create(
        Head(stream=stream, seq=1, hash=hash_) for _, stream, hash_ in found if stream not in headed
    )
    Place.objects.bulk_create(Place(event=pk) for pk, _, _ in found if pk not in placed)
