"""A visit is planned, moved, described, cancelled: by coordinators and reviewers of the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_of_people
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.visits import drawn_samples
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from accreditation_engine.written import kept_text

from .letters import tell_all
from .models import Visit, VisitKind
from .standing import file_closed, locked_visit, planning_role, still_ahead, tries_written_down

PLANNED, MOVED, PLACED = "visit_planned", "visit_moved", "visit_placed"
AGENDA, CANCELLED = "visit_agenda", "visit_cancelled"
LONGEST_VISIT, FARTHEST_VISIT = timedelta(days=31), timedelta(days=2 * 366)
"""Longer or farther ahead is a slip of whoever typed it."""
SHORT_NOTICE = timedelta(days=1)
"""Sooner than that, letters may come too late: allowed, for the visit may have been agreed on by telephone, and
said to whoever plans it."""


@dataclass(frozen=True)
class Meeting:
    """When, where and with whom: `zone` is the IANA name of the zone in which the times are told, `place` an
    address or a link, `people` those who go."""

    begins_at: datetime
    ends_at: datetime
    zone: str
    place: str
    people: Sequence[User]


def plan_visit(
    *, dossier: Dossier, kind: str, unit: str, meeting: Meeting, agenda: str = "", by: User
) -> Visit:
    """Plan a visit of `unit`, which was drawn for the dossier, or of the organisation itself (""). The
    organisation and those who go are told. The same visit planned twice (a form sent twice) is once.

    Raises Refused, with all reasons at once, for everybody but coordinators and reviewers of the dossier, when it
    has come to its end, for a unit that was not drawn, and for a meeting that cannot be.
    """
    with tries_written_down(dossier, by), transaction.atomic():
        locked = locked_row(dossier)
        role = planning_role(locked, by)
        reasons = [
            *file_closed(locked),
            *([] if kind in VisitKind.values else [Reason("no_such_visit", {"kinds": VisitKind.values})]),
            *_unlike_unit(locked, unit),
            *unlike_meeting(locked, meeting),
            *unlike_text(agenda, field="agenda"),
        ]
        if reasons:
            raise Refused(reasons)
        twin = _twin(locked, kind, unit, meeting, by)
        if twin is not None:
            return twin
        data = {"kind": kind, "unit": unit, **_told(meeting)}
        event = _record(locked, PLANNED, by, role, meeting.place, data)
        visit = Visit.objects.create(
            dossier=locked,
            seq=event.seq,
            kind=kind,
            unit=unit,
            **_kept(meeting),
            planned_by=by,
            timed_at=event.at,
            place_seq=event.seq,
        )
        if kept_text(agenda):
            _describe(visit, agenda, by, role)
        tell_all(visit, PLANNED, by)
    return visit


def move_visit(*, visit: Visit, meeting: Meeting, reason: str, by: User) -> None:
    """Another time, another place, other people; for a reason that the organisation reads. It is asked to confirm
    anew. Raises Refused as `plan_visit` does, without a reason, where nothing changes, and once it was held."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        role = planning_role(current.dossier, by)
        reasons = [
            *file_closed(current.dossier),
            *still_ahead(current),
            *unlike_meeting(current.dossier, meeting),
            *unlike_text(reason, missing="comment_missing", field="reason"),
        ]
        placed_anew = kept_text(meeting.place) != place_of(current)
        if not reasons and _unmoved(current, meeting) and not placed_anew:
            reasons = [Reason("visit_unchanged")]
        if reasons:
            raise Refused(reasons)
        data = {"visit": current.seq, **_told(meeting)}
        event = _record(current.dossier, MOVED, by, role, reason, data)
        unanswered = {"timed_at": event.at, "confirmed_at": None, "asked_seq": None}
        changed: dict[str, Any] = {**_kept(meeting), **unanswered}
        if placed_anew:
            placed = _record(current.dossier, PLACED, by, role, meeting.place, {"visit": current.seq})
            changed["place_seq"] = placed.seq
        Visit.objects.filter(pk=current.pk).update(**changed)
        tell_all(current, MOVED, by)


def describe_visit(*, visit: Visit, agenda: str, by: User) -> None:
    """Say what will be looked at, for the organisation to prepare; said again, the last word counts. Raises
    Refused as `plan_visit` does, and for a text without words."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        role = planning_role(current.dossier, by)
        reasons = [
            *still_ahead(current),
            *unlike_text(agenda, missing="visit_without_agenda", field="agenda"),
        ]
        if reasons:
            raise Refused(reasons)
        if kept_text(agenda) != agenda_of(current):
            _describe(current, agenda, by, role)


def cancel_visit(*, visit: Visit, reason: str, by: User) -> None:
    """Raises Refused as `plan_visit` does, without a reason, and once it was held."""
    with tries_written_down(visit.dossier, by), transaction.atomic():
        current = locked_visit(visit)
        role = planning_role(current.dossier, by)
        reasons = [
            *still_ahead(current),
            *unlike_text(reason, missing="comment_missing", field="reason"),
        ]
        if reasons:
            raise Refused(reasons)
        event = _record(current.dossier, CANCELLED, by, role, reason, {"visit": current.seq})
        Visit.objects.filter(pk=current.pk).update(cancelled_at=event.at)
        tell_all(current, CANCELLED, by)


def unlike_meeting(dossier: Dossier, meeting: Meeting) -> list[Reason]:
    """What is wrong with a meeting, all at once. A query for each of its people."""
    return [*_unlike_times(meeting.begins_at, meeting.ends_at), *unlike_company(dossier, meeting)]


def _unlike_times(begins: datetime, ends: datetime) -> list[Reason]:
    now, reasons = timezone.now(), []
    if ends <= begins:
        reasons.append(Reason("visit_ends_first"))
    elif ends - begins > LONGEST_VISIT:
        reasons.append(Reason("visit_too_long", {"most": LONGEST_VISIT.days}))
    if max(begins, ends) <= now:
        reasons.append(Reason("visit_in_the_past"))
    elif begins - now > FARTHEST_VISIT:
        reasons.append(Reason("visit_too_far"))
    return reasons


def unlike_company(dossier: Dossier, meeting: Meeting) -> list[Reason]:
    """What is wrong with a meeting beside its times."""
    reasons = []
    if meeting.zone not in available_timezones():
        reasons.append(Reason("no_such_zone", {"typed": meeting.zone[:64]}))
    reasons += unlike_text(meeting.place, missing="visit_without_place", field="place")
    if not meeting.people:
        reasons.append(Reason("nobody_goes"))
    against = who_cannot_go(dossier, meeting.people)
    absent = [each for each in meeting.people if each.pk in against]
    return [*reasons, *(Reason("does_not_review", {"name": each.name}) for each in absent)]


def at_short_notice(visit: Visit) -> bool:
    return visit.begins_at - timezone.now() < SHORT_NOTICE


def who_cannot_go(dossier: Dossier, people: Sequence[User]) -> dict[UUID, Reason]:
    """Why some of `people` cannot go on visits of `dossier`, by their ids: whoever goes reviews it, has declared
    what is to be declared, and has no interest. One query."""
    parts = parts_of_people(people, dossier, "reviewer")
    found = {each.pk: _not_going(parts.get(each.pk, Parts())) for each in people}
    return {pk: reason for pk, reason in found.items() if reason is not None}


def _not_going(parts: Parts) -> Reason | None:
    if "reviewer" not in parts.played:
        return Reason("not_your_role", {"roles": ["reviewer"]})
    return next(iter(parts.against("reviewer")), None)


def units_drawn(dossier: Dossier) -> list[str]:
    """The units of every sample that was drawn for the dossier, each once. One query."""
    return list(dict.fromkeys(unit for _event, sample in drawn_samples(dossier) for unit in sample.units))


def place_of(visit: Visit) -> str:
    """The address or link as it stands beside its event; "" once it was erased."""
    return texts_of(visit.dossier, [visit.place_seq])[visit.place_seq]


def agenda_of(visit: Visit) -> str:
    return texts_of(visit.dossier, [visit.agenda_seq])[visit.agenda_seq] if visit.agenda_seq else ""


def texts_of(dossier: Dossier, numbers: Iterable[int | None]) -> dict[int, str]:
    """What was said beside the events of these numbers. Three queries, however many."""
    wanted = {each for each in numbers if each is not None}
    events = Event.objects.filter(stream=dossier.pk, seq__in=wanted) if wanted else []
    return dict.fromkeys(wanted, "") | {each.event.seq: each.comment for each in told(events)}


def people_told(people: Iterable[User]) -> list[dict[str, str]]:
    """How an event speaks of several people."""
    return [each.named_as("person") for each in people]


def _unlike_unit(dossier: Dossier, unit: str) -> list[Reason]:
    if not unit or unit in units_drawn(dossier):
        return []
    return [Reason("unit_not_drawn", {"unit": unit[:200]})]


def _told(meeting: Meeting) -> dict[str, Any]:
    return {
        "begins_at": timestamp(meeting.begins_at),
        "ends_at": timestamp(meeting.ends_at),
        "zone": meeting.zone,
        "people": people_told(meeting.people),
    }


def _kept(meeting: Meeting) -> dict[str, Any]:
    return {
        "begins_at": meeting.begins_at,
        "ends_at": meeting.ends_at,
        "zone": meeting.zone,
        "people": [str(each.pk) for each in meeting.people],
    }


def _unmoved(visit: Visit, meeting: Meeting) -> bool:
    kept = _kept(meeting)
    same = all(getattr(visit, name) == kept[name] for name in ("begins_at", "ends_at", "zone"))
    return same and set(visit.people) == set(kept["people"])


def _twin(dossier: Dossier, kind: str, unit: str, meeting: Meeting, by: User) -> Visit | None:
    standing = Visit.objects.filter(dossier=dossier, planned_by=by, kind=kind, unit=unit, cancelled_at=None)
    return next((each for each in standing.order_by("pk") if _unmoved(each, meeting)), None)


def _describe(visit: Visit, agenda: str, by: User, role: str) -> None:
    event = _record(visit.dossier, AGENDA, by, role, agenda, {"visit": visit.seq})
    Visit.objects.filter(pk=visit.pk).update(agenda_seq=event.seq)


def _record(dossier: Dossier, kind: str, by: User, role: str, text: str, data: dict[str, Any]) -> Event:
    return record(
        dossier.pk, kind, by, role=role, edition=dossier.edition_id, comment=kept_text(text), data=data
    )
