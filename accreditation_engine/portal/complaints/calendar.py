"""Concerns in somebody's calendar: what waits for them, by when its state ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import waiting_for
from accreditation_engine.complaints.subject import THING
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import parts_in_sql, parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.entries import MOST, Entry, day_or_moment


def concerns_due(person: User, roles: Sequence[str], editions: Sequence[Compiled]) -> Iterator[Entry]:
    """Of those that wait for `person` in one of `roles`. One query."""
    waiting = waiting_for(person.pk, *roles, editions=editions).filter(deadline_at__isnull=False)
    for each in waiting.annotate(**parts_in_sql(Complaint, person.pk))[:MOST]:
        if each.deadline_at is None or THING not in visible(each, parts_of(each).open):
            continue
        yield Entry(
            key=f"concern-{each.pk}",
            title=_("Deadline of concern %(number)s") % isolated({"number": each.number}),
            text=state_title(each.edition_id, each.state),
            address=settings.SITE_URL + reverse("complaint", args=[each.dossier_id, each.pk]),
            when=day_or_moment(each.deadline_at),
            changed=each.entered_at,
        )
