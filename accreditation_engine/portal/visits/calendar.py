"""Visits in somebody's calendar: those that home shows them, while they are still to come."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.entries import Entry, dates
from accreditation_engine.portal.dossier.reader import language

from .ahead import visits_ahead
from .seen import standing_badge, visit_title


@dates
def _visits(person: User) -> Iterator[Entry]:
    """Where one meets stands on the visit's page alone: a calendar lies with other people."""
    for each in visits_ahead(person):
        badge, scheme = standing_badge(each), compiled(each.dossier.edition_id)
        words = f"{capfirst(visit_title(each))} ({badge['title']})"
        yield Entry(
            key=f"visit-{each.dossier_id}-{each.seq}",
            title=words,
            text=f"{each.dossier.number} · {scheme.workflow.title.in_language(language())}",
            address=settings.SITE_URL + reverse("visit", args=[each.dossier_id, each.seq]),
            when=each.ends_at,
            begins=each.begins_at,
            changed=each.timed_at,
        )
