"""Events that a migration writes down: of what was there before anything told of it.

While migrations run, SQLite is without triggers (`apps._make_way`), and those make a stream's head and an event's
place in the waiting. Here both are seen to, whether the triggers are there or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from .append import append_to, lock_heads
from .content import Entry
from .models import Event, Head, Place

AT_ONCE = 500


def append_events(entries: Sequence[Entry]) -> None:
    """Write `entries`, at most one for each stream, behind what each holds."""
    for first in range(0, len(entries), AT_ONCE):
        _append(entries[first : first + AT_ONCE])


def _append(entries: Sequence[Entry]) -> None:
    hashes = [each.hash for each in append_to(lock_heads(each.stream for each in entries), entries)]
    found = list(Event.objects.filter(hash__in=hashes).values_list("pk", "stream", "seq", "hash"))
    headed = set(Head.objects.filter(hash__in=hashes).values_list("pk", flat=True))
    placed = set(Place.objects.filter(event__in=[pk for pk, *_ in found]).values_list("pk", flat=True))
    Head.objects.bulk_create(
        [Head(stream, seq, hash_) for _, stream, seq, hash_ in found if stream not in headed],
        update_conflicts=True,
        update_fields=["seq", "hash"],
        unique_fields=["stream"],
    )
    Place.objects.bulk_create(Place(event=pk) for pk, *_ in found if pk not in placed)
