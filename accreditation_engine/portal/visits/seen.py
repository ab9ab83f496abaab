"""Which visits of a dossier are shown to somebody, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.standing import time_over
from accreditation_engine.reviews.site_visits.words import visit_kind_title, visit_time


def visits_seen(reader: Reader) -> list[Visit]:
    """The visits of the dossier that the reader may know of, the next one first, those that were cancelled last.
    A reviewer does not learn from others' visits who reviews beside them. One query."""
    if not reader.reads_visits:
        raise Http404
    found = Visit.objects.filter(dossier=reader.dossier).select_related("dossier").order_by("begins_at", "pk")
    return sorted(
        (each for each in found if _is_seen(reader, each)), key=lambda each: bool(each.cancelled_at)
    )


def visit_seen(reader: Reader, seq: int) -> Visit:
    """Raises Http404 for one that does not exist for the reader."""
    for each in visits_seen(reader):
        if each.seq == seq:
            return each
    raise Http404


def _is_seen(reader: Reader, visit: Visit) -> bool:
    others = reader.names or reader.plays("coordinator") or reader.plays("applicant")
    return others or goes_on(reader.person, visit) or visit.planned_by_id == reader.person.pk


def goes_on(person: User, visit: Visit) -> bool:
    return str(person.pk) in visit.people


def visit_title(visit: Visit) -> str:
    """What is visited, and how."""
    kind = visit_kind_title(visit.kind)
    if not visit.unit:
        return _("%(kind)s to the organisation") % {"kind": kind}
    return _("%(kind)s to %(unit)s") % {"kind": kind, "unit": visit.unit}


def when_shown(visit: Visit) -> str:
    return in_digits_of_reader(visit_time(visit))


def standing_badge(visit: Visit) -> dict[str, str]:
    if visit.cancelled_at:
        return {"title": _("visit cancelled"), "tone": "neutral"}
    if visit.closed_at:
        return {"title": _("visit closed"), "tone": "good"}
    if visit.held_at:
        return {"title": _("visit held"), "tone": "reviewer"}
    if time_over(visit):
        return {"title": _("its time is over"), "tone": "warning"}
    if visit.asked_seq:
        return {"title": _("another date is asked for"), "tone": "coordinator"}
    if visit.confirmed_at:
        return {"title": _("visit confirmed"), "tone": "good"}
    return {"title": _("not confirmed yet"), "tone": "applicant"}


@dataclass(frozen=True)
class Names:
    """What the people of visits are called, by their ids. One query for all of `visits`."""

    known: dict[str, str]

    @classmethod
    def of(cls, visits: list[Visit]) -> Names:
        wanted = {each for visit in visits for each in (*visit.people, *visit.attended)}
        people = User.objects.filter(pk__in=wanted) if wanted else []
        return cls({str(each.pk): str(each) for each in people})

    def called(self, people: list[str]) -> list[str]:
        return [self.known.get(each, _("somebody who is not known here any more")) for each in people]


def listed(visits: list[Visit], names: Names) -> list[dict[str, Any]]:
    """For visits.html."""
    return [
        {
            "url": reverse("visit", args=[each.dossier_id, each.seq]),
            "title": visit_title(each),
            "when": when_shown(each),
            "people": names.called(each.people),
            "badge": standing_badge(each),
        }
        for each in visits
    ]
