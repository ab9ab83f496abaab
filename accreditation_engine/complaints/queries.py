"""Reading a complaint: what was said, by whom, and who is to be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from accreditation_engine.definitions.durations import length_of
from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.queries import editions_of, standing_in, waits_for
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.parts import acting_as, known_as
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told, told

from .domain import ADDED, CONTACT, SCHEME, receipt_of
from .models import Complaint
from .subject import THING


@dataclass(frozen=True)
class Contact:
    """Empty where nobody left one, or where it was erased by law."""

    name: str = ""
    mail: str = ""
    language: str = "ar"


@dataclass(frozen=True)
class Story:
    """All that a complaint's stream tells: what was `said` first and later by whoever raised it, how it `moved`,
    and their `contact`."""

    said: list[Told]
    moved: list[Told]
    contact: Contact


def complaint_by_secret(secret: str) -> Complaint | None:
    """One query."""
    rows = Complaint.objects.select_related("dossier__organisation")
    return rows.filter(receipt=receipt_of(secret)).first()


def story_of(complaint: Complaint) -> Story:
    """Three queries, one more where something was erased."""
    return _story(told(Event.objects.filter(stream=complaint.pk).order_by("seq")))


def stories_of(complaints: Sequence[Complaint]) -> dict[UUID, Story]:
    """The same of many, by their ids. As many queries as for one."""
    by_stream: dict[UUID, list[Told]] = {each.pk: [] for each in complaints}
    for each in told(Event.objects.filter(stream__in=by_stream).order_by("stream", "seq")):
        by_stream[each.event.stream].append(each)
    return {pk: _story(every) for pk, every in by_stream.items()}


def _story(every: Sequence[Told]) -> Story:
    said = [each for each in every if each.event.kind in ("opened", ADDED)]
    moved = [each for each in every if each.event.kind == "transition"]
    contacts = [each for each in every if each.event.kind == CONTACT]
    return Story(said, moved, _contact(contacts[-1]) if contacts else Contact())


def _contact(told_: Told) -> Contact:
    mail, _newline, name = (told_.comment or "").partition("\n")
    return Contact(name, mail, str(told_.event.data.get("language", "ar")))


def seen_by(user: Any, *roles: str, editions: Sequence[Compiled]) -> QuerySet[Complaint]:
    """The complaints whose state shows them to `user` in one of these roles, each with when it was `raised_at`;
    `editions` are all of their lives."""
    found = Q(pk__in=[])
    for role in roles:
        found |= standing_in(editions, _shows_to(role)) & known_as(Complaint, user, role)
    return with_moments(Complaint.objects.filter(found)).select_related("dossier__organisation")


def over() -> QuerySet[Complaint]:
    """Those of which nothing more comes, each with when it was `raised_at`. One query for the editions."""
    final = standing_in(editions_of(SCHEME), lambda state: state.final)
    return with_moments(Complaint.objects.filter(final))


def with_moments(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """The same, each with when it was `raised_at`."""
    opened = Event.objects.filter(stream=OuterRef("pk"), seq=1).values("at")
    return rows.annotate(raised_at=Subquery(opened))


def _shows_to(role: str) -> Callable[[State], bool]:
    return lambda state: THING in state.shows.get(role, ())


def late(now: datetime, editions: Sequence[Compiled]) -> Q:
    """Those that stand longer than their state should last: its time is over, or the first reminder went out of
    how long they have waited already. No query."""
    found = Q(deadline_at__lt=now)
    for scheme in editions:
        for name, state in scheme.workflow.states.items():
            waited = [now - length_of(each.since) for each in state.reminders if each.since]
            if waited:
                found |= Q(edition=scheme.edition, state=name, entered_at__lt=max(waited))
    return found


def waiting_for(user: Any, *roles: str, editions: Sequence[Compiled] | None = None) -> QuerySet[Complaint]:
    """The complaints that wait for `user` in one of these roles, the oldest first. One query for the `editions`,
    none where they are known."""
    schemes, found = editions_of(SCHEME) if editions is None else editions, Q(pk__in=[])
    for role in roles:
        found |= standing_in(schemes, waits_for(role)) & acting_as(Complaint, user, role)
    return (
        Complaint.objects.filter(found).select_related("dossier__organisation").order_by("entered_at", "pk")
    )
