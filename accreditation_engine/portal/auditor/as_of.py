"""A file as it stood at a moment: which events of the file, its findings and its certificates had happened by
then, and the pictures that a replay of them gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Value
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate, ScopeChange, Upkeep
from accreditation_engine.complaints.domain import CONTACT
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.subject import THING
from accreditation_engine.engine.replay.folding import replay
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said, said_by
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.complaints.page import reads_contact
from accreditation_engine.portal.dossier.finding_parts import reads_trail
from accreditation_engine.portal.dossier.findings import findings_seen
from accreditation_engine.portal.dossier.reader import Reader

DOSSIER, FINDING, CERTIFICATE, UPKEEP = "dossier", "finding", "certificate", "upkeep"
SCOPE_CHANGE, CONCERN = "scope_change", "complaint"


@dataclass(frozen=True)
class Story:
    """What the reader may follow of a file. `events` stand in the order in which they happened; `kinds` says of
    each stream what it is of."""

    dossier: UUID
    kinds: Mapping[UUID, str]
    events: tuple[Said, ...]

    def place_of(self, stream: UUID, seq: int) -> int | None:
        """Where an event stands in the order; None for one that is not there."""
        found = (place for place, each in enumerate(self.events) if (each.stream, each.seq) == (stream, seq))
        return next(found, None)

    def place_at(self, moment: datetime) -> int | None:
        """Where the last event until `moment` stands; None before the first."""
        return max((place for place, each in enumerate(self.events) if each.at <= moment), default=None)

    def pictures(self, place: int) -> dict[UUID, Picture]:
        """What stood after the event at `place`, by stream; streams that began later are left out."""
        until: dict[UUID, list[Said]] = {}
        for each in self.events[: place + 1]:
            until.setdefault(each.stream, []).append(each)
        return {stream: replay(self.kinds[stream], events) for stream, events in until.items()}

    def address(self, place: int) -> str:
        """The page of what stood after the event at `place`; "" where there is none."""
        if not 0 <= place < len(self.events):
            return ""
        return as_of_address(self.dossier, self.events[place].stream, self.events[place].seq)


def as_of_address(dossier: UUID, stream: UUID, seq: int) -> str:
    asked = {"seq": str(seq)} if stream == dossier else {"event": f"{stream}/{seq}"}
    return f"{reverse('as_of', args=[dossier])}?{urlencode(asked)}"


def with_moments(dossier: UUID, stream: UUID, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """`entries` for parts/timeline.html, of events of `stream`, each with the way to what stood after it."""
    return [{**each, "as_of_url": as_of_address(dossier, stream, each["seq"])} for each in entries]


def story_of(reader: Reader) -> Story:
    """Four queries: findings, concerns, what else hangs on the file, and the events of all. Who raised a concern
    is told to nobody to whom its page does not tell it."""
    dossier = reader.dossier.pk
    findings = [each.pk for each in findings_seen(reader) if reads_trail(reader, each)]
    concerns = [each.pk for each in Complaint.objects.filter(dossier=dossier) if _reads_all_of(reader, each)]
    kinds = {
        dossier: DOSSIER,
        **dict.fromkeys(findings, FINDING),
        **dict.fromkeys(concerns, CONCERN),
        **_of_certificates(dossier),
    }
    hidden = () if reads_contact(reader) else (CONTACT,)
    events = (each for each in said_by(list(kinds)) if each.kind not in hidden)
    return Story(dossier, kinds, tuple(_in_order(dossier, events)))


def _of_certificates(dossier: UUID) -> dict[UUID, str]:
    """Certificates, their upkeep and changes of their scope. One query."""
    certificates = Certificate.objects.filter(dossier=dossier).annotate(is_a=Value(CERTIFICATE))
    upkeep = Upkeep.objects.filter(dossier=dossier).annotate(is_a=Value(UPKEEP))
    scopes = ScopeChange.objects.filter(dossier=dossier).annotate(is_a=Value(SCOPE_CHANGE))
    first, *others = (each.order_by().values_list("pk", "is_a") for each in (certificates, upkeep, scopes))
    return dict(first.union(*others, all=True))


def _reads_all_of(reader: Reader, concern: Complaint) -> bool:
    return visible(concern, reader.roles) >= {THING, "trail"}


def _in_order(dossier: UUID, events: Iterable[Said]) -> list[Said]:
    """As they happened. Events of one stream keep their order even where a clock was set back; of two at one
    moment that of the file comes first."""
    latest: dict[UUID, datetime] = {}
    placed = []
    for each in events:
        latest[each.stream] = max(each.at, latest.get(each.stream, each.at))
        placed.append((latest[each.stream], each.stream != dossier, str(each.stream), each.seq, each))
    return [each[-1] for each in sorted(placed, key=lambda each: each[:-1])]
