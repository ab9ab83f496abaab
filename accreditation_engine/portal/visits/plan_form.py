"""The form in which a visit is planned or changed: what it offers, what was typed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_time
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.reviews.queries import assignments_of
from accreditation_engine.reviews.site_visits.models import Visit, VisitKind
from accreditation_engine.reviews.site_visits.planning import Meeting, unlike_company, who_cannot_go
from accreditation_engine.reviews.site_visits.words import visit_kind_title

from .zones import zones_offered

FIELDS = {
    "no_such_visit": "kind",
    "unit_not_drawn": "unit",
    "no_such_moment": "day",
    "visit_in_the_past": "day",
    "visit_too_far": "day",
    "visit_ends_first": "ends",
    "visit_too_long": "ends",
    "no_such_zone": "zone",
    "visit_without_place": "place",
    "nobody_goes": "people",
    "does_not_review": "people",
    "comment_missing": "reason",
}
"""The field in which what a reason is about was typed, where the reason does not say it (`field`)."""


@dataclass(frozen=True)
class Typed:
    """What was typed, as text. `last` is the day on which it ends, "" for the same day; `people` are ids."""

    kind: str = VisitKind.ON_SITE.value
    unit: str = ""
    day: str = ""
    begins: str = ""
    last: str = ""
    ends: str = ""
    zone: str = ""
    place: str = ""
    agenda: str = ""
    reason: str = ""
    people: tuple[str, ...] = ()

    @classmethod
    def of(cls, post: QueryDict) -> Typed:
        names = ("kind", "unit", "day", "begins", "last", "ends", "zone", "place", "agenda", "reason")
        return cls(**{name: post.get(name, "") for name in names}, people=tuple(post.getlist("people")))

    @classmethod
    def of_visit(cls, visit: Visit, place: str) -> Typed:
        zone = ZoneInfo(visit.zone)
        begins, ends = visit.begins_at.astimezone(zone), visit.ends_at.astimezone(zone)
        return cls(
            kind=visit.kind,
            unit=visit.unit,
            day=begins.date().isoformat(),
            begins=f"{begins:%H:%M}",
            last="" if begins.date() == ends.date() else ends.date().isoformat(),
            ends=f"{ends:%H:%M}",
            zone=visit.zone,
            place=place,
            people=tuple(visit.people),
        )

    def meeting(self, reader: Reader, offered: Sequence[User]) -> Meeting:
        """Raises Refused with all that is wrong where no moment can be read; else the domain judges it."""
        zone = self.zone.strip()
        tz = ZoneInfo(zone if zone in available_timezones() else get_current_timezone_name())
        day, first, until = _date(self.day), _time(self.begins), _time(self.ends)
        last = _date(self.last) if self.last.strip() else day
        people = [each for each in offered if str(each.pk) in self.people]
        if day is None or last is None or first is None or until is None:
            now = datetime.now(tz)
            wrong = unlike_company(reader.dossier, Meeting(now, now, zone, self.place, people))
            raise Refused([Reason("no_such_moment"), *wrong])
        begins, ends = (datetime.combine(*each, tzinfo=tz) for each in ((day, first), (last, until)))
        return Meeting(begins, ends, zone, self.place, people)


def _date(typed: str) -> date | None:
    try:
        return parse_date(typed.strip())
    except ValueError:
        return None


def _time(typed: str) -> time | None:
    try:
        found = parse_time(typed.strip())
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found else None


def people_offered(reader: Reader, visit: Visit | None = None) -> list[User]:
    """Who may be chosen to go: for coordinators, all who review the file; for a reviewer, themself and those who
    go already. One query."""
    reviewers = [each.reviewer for each in assignments_of(reader.dossier.pk)]
    if reader.plays("coordinator"):
        return reviewers
    going = set(visit.people) if visit else set()
    return [each for each in reviewers if each == reader.person or str(each.pk) in going]


def absent_people(dossier: Dossier, offered: Sequence[User]) -> dict[UUID, str]:
    """Why some of them cannot go, in words. One query."""
    words = {"declare_first": _("has not declared their interests yet")}
    against = who_cannot_go(dossier, offered)
    return {person: words.get(reason.code, _("has an interest")) for person, reason in against.items()}


def shown_form(
    typed: Typed,
    offered: Sequence[User],
    absent: Mapping[UUID, str],
    units: Sequence[str],
    wrong: dict[str, str],
) -> dict[str, Any]:
    """For visit_form.html. `absent` says of whom among those `offered` why they cannot go."""
    return {
        "kinds": [
            {"value": each, "label": visit_kind_title(each), "chosen": each == typed.kind}
            for each in VisitKind.values
        ],
        "unit": {
            "name": "unit",
            "type": "select",
            "label": _("Branch or programme"),
            "value": typed.unit,
            "error": wrong.get("unit"),
            "help": _("Those that were drawn for this file."),
            "required": True,
            "options": [
                {"value": "", "label": capfirst(_("the organisation itself"))},
                *({"value": each, "label": each} for each in units),
            ],
        },
        "drawn": bool(units),
        "times": [
            _field("day", "date", _("Day"), typed.day, wrong),
            _field("begins", "time", _("From"), typed.begins, wrong),
            _field("ends", "time", _("Until"), typed.ends, wrong),
            {
                **_field("last", "date", _("Last day"), typed.last, wrong),
                "help": _("Only where it ends on another day."),
                "required": False,
            },
        ],
        "zone": {
            **_field("zone", "select", _("Time zone"), typed.zone, wrong),
            "help": _("Of the clocks where those stand who meet."),
            "options": zones_offered(language(), typed.zone),
        },
        "place": {
            "name": "place",
            "label": _("Where"),
            "value": typed.place,
            "error": wrong.get("place"),
            "help": _("The address, or the link of a remote visit."),
            "required": True,
        },
        "people": [
            {
                "value": str(each.pk),
                "name": each.name,
                "chosen": str(each.pk) in typed.people,
                "absent": absent.get(each.pk, ""),
            }
            for each in offered
        ],
        "agenda": {
            "name": "agenda",
            "label": _("What will be looked at"),
            "value": typed.agenda,
            "error": wrong.get("agenda"),
            "help": _("The organisation reads it, to prepare."),
        },
        "reason": {
            "name": "reason",
            "id": "move-reason",
            "label": _("Why it changes"),
            "value": typed.reason,
            "error": wrong.get("reason"),
            "help": _("The organisation reads it."),
            "required": True,
        },
        "wrong": wrong,
    }


def _field(name: str, kind: str, label: str, value: str, wrong: dict[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "type": kind,
        "label": label,
        "value": value,
        "error": wrong.get(name),
        "required": True,
    }


def by_field(reasons: Iterable[Reason], fields: dict[str, str]) -> tuple[dict[str, str], list[Reason]]:
    """What is wrong in each field, in words, and what is about none of them."""
    wrong: dict[str, str] = {}
    others = []
    for each in reasons:
        name = each.parameters.get("field") or fields.get(each.code)
        if name is None:
            others.append(each)
        else:
            wrong[name] = f"{wrong[name]} {each}" if name in wrong else str(each)
    return wrong, others
