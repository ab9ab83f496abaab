"""What was said beside the events of one visit, as far as the reader may read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.planning import PLANNED
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .seen import goes_on

JUDGING = frozenset({"visit_closed", "visit_noted"})
"""Kinds of events that tell what reviewers think."""


@dataclass(frozen=True)
class Said:
    """The events of one visit in their order."""

    events: list[Told] = field(default_factory=list)

    @classmethod
    def of(cls, reader: Reader, visit: Visit) -> Said:
        """Three queries."""
        found = Event.objects.filter(stream=visit.dossier_id, kind__startswith="visit_").order_by("seq")
        thinks = reads_thoughts(reader, visit)
        own = [
            each
            for each in told(found)
            if (each.event.seq if each.event.kind == PLANNED else each.content["data"]["visit"]) == visit.seq
        ]
        return cls([each for each in own if thinks or each.event.kind not in JUDGING])

    def at(self, seq: int | None) -> str:
        """What was said with the event of that number, or that it was erased."""
        return next((readable(each) for each in self.events if each.event.seq == seq), "")

    def still_at(self, seq: int | None) -> str:
        """The same, "" where it was erased: for a form."""
        return next((each.comment for each in self.events if each.event.seq == seq), "")

    def last(self, kind: str) -> Told | None:
        return next((each for each in reversed(self.events) if each.event.kind == kind), None)

    def of_kind(self, kind: str) -> list[Told]:
        return [each for each in self.events if each.event.kind == kind]


def readable(each: Told) -> str:
    return or_erased(each.comment, each.erased_at)


def reads_thoughts(reader: Reader, visit: Visit) -> bool:
    """Notes and the report are for those who go, and for those who see ratings."""
    return reader.sees("ratings") or goes_on(reader.person, visit)
