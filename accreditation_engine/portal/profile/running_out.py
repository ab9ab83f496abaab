"""Papers that have run out or soon will, on the home page of those who act for the organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.profile import DATED, Dated
from accreditation_engine.organisations.profile_words import document_title
from accreditation_engine.organisations.queries import organisations_worked_for
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.time_left import days_left
from accreditation_engine.trail.models import Event

SOON = timedelta(days=30)
IN_DAYS, IN_MONTHS = 60, 730
"""Up to how many days ago is told in days, and in months."""
SHOWN = 20


def papers_running_out(person: User) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home, the oldest first. One query, another where there are any; none for
    whoever acts for no organisation."""
    if "applicant" not in parts_of(person):
        return []
    today, own = timezone.localdate(), organisations_worked_for(person)
    last: dict[tuple[UUID, str], Dated] = {}
    for event in Event.objects.filter(stream__in=own.values("pk"), kind=DATED).order_by("seq"):
        last[event.stream, event.data["document"]] = Dated.by(event)
    due = sorted(
        (paper.until, *key) for key, paper in last.items() if paper.until and paper.until - today <= SOON
    )[:SHOWN]
    names = own.in_bulk([stream for _day, stream, _kind in due]) if due else {}
    return [
        {
            "title": names[stream].name_in(language()),
            "number": "",
            "url": reverse("organisation_profile", args=[stream]),
            "words": f"{document_title(kind)}: {validity(day, today)}",
        }
        for day, stream, kind in due
        if stream in names
    ]


def validity(until: date, today: date) -> str:
    """For how long a paper still holds, or since when it does not."""
    days = (today - until).days
    if days <= 0:
        return days_left(until, today)
    if days <= IN_DAYS:
        return ngettext("ran out %(count)d day ago", "ran out %(count)d days ago", days) % {"count": days}
    if days <= IN_MONTHS:
        months = days // 30
        return ngettext("ran out %(count)d month ago", "ran out %(count)d months ago", months) % {
            "count": months
        }
    years = days // 365
    return ngettext("ran out %(count)d year ago", "ran out %(count)d years ago", years) % {"count": years}
