"""What lies beside the events that rows speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told

Place = tuple[UUID, int]
"""A stream, and the number of an event of it."""


def said_with(dossier: Dossier, numbers: Iterable[int | None]) -> dict[int, str]:
    """The comments of the events of `dossier` with these numbers, by number; where one was erased, that it was.
    Three queries, none for none."""
    said = said_at((dossier.pk, each) for each in numbers if each)
    return {number: words for (_stream, number), words in said.items()}


def said_at(places: Iterable[Place]) -> dict[Place, str]:
    """The same for events of several files, by file and number."""
    numbers: dict[UUID, list[int]] = defaultdict(list)
    for stream, number in places:
        numbers[stream].append(number)
    if not numbers:
        return {}
    wanted = Q()
    for stream, here in numbers.items():
        wanted |= Q(stream=stream, seq__in=here)
    events = told(Event.objects.filter(wanted))
    return {(each.event.stream, each.event.seq): or_erased(each.comment, each.erased_at) for each in events}
