"""Sittings in the calendar of those who are convened, while they are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.decisions.models import Convened
from accreditation_engine.decisions.sittings.details import details_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.entries import MOST, Entry, dates
from accreditation_engine.trail.models import Event

from .shown import sittings_for

TO_BEGIN_WITH = timedelta(hours=1)
"""Nobody says how long a sitting takes; its page has the rest."""


@dates
def _sittings(person: User) -> Iterator[Entry]:
    """Where it takes place stands on its page alone: a calendar lies with other people."""
    seat = Convened.objects.filter(sitting=OuterRef("pk"), member=person)
    ahead = sittings_for(person).filter(
        Exists(seat), starts_at__gt=timezone.now() - TO_BEGIN_WITH, closed_at=None, cancelled_at=None
    )
    planned = Event.objects.filter(stream=OuterRef("pk"), seq=OuterRef("seq")).values("at")
    rows = ahead.annotate(files=Count("agenda"), planned_at=Subquery(planned))
    for each in rows.order_by("starts_at", "pk")[:MOST]:
        title = details_of(each).title(each)
        files = ngettext("%(count)d file on the agenda", "%(count)d files on the agenda", each.files)
        yield Entry(
            key=f"sitting-{each.pk}",
            title=_("Sitting: %(title)s") % isolated({"title": title}),
            text=files % {"count": each.files},
            address=settings.SITE_URL + reverse("sitting", args=[each.pk]),
            when=each.starts_at + TO_BEGIN_WITH,
            begins=each.starts_at,
            changed=each.planned_at,
        )
