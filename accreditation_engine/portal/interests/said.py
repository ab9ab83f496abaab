"""What lies beside the events of a file that rows speak of."""

from __future__ import annotations

from collections.abc import Iterable

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told


def said_with(dossier: Dossier, numbers: Iterable[int | None]) -> dict[int, str]:
    """The comments of the events of `dossier` with these numbers, by number; where one was erased, that it was.
    Three queries, none for none."""
    wanted = [each for each in numbers if each]
    if not wanted:
        return {}
    events = told(Event.objects.filter(stream=dossier.pk, seq__in=wanted))
    return {each.event.seq: or_erased(each.comment, each.erased_at) for each in events}
