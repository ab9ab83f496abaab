"""The upkeep of certificates in somebody's calendar: what waits for them, by when its state ends."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.entries import MOST, Entry, dates, day_or_moment

from .waiting import SEEN, address_of, waiting_upkeep


@dates
def _due(person: User) -> Iterator[Entry]:
    """What waits for the person, by when its state ends."""
    for each in waiting_upkeep(person).filter(deadline_at__isnull=False)[:MOST]:
        if each.deadline_at is None or SEEN not in visible(each, parts_of(each).open):
            continue
        words = {"kind": kind_title(each.kind), "number": each.certificate.number}
        yield Entry(
            key=f"upkeep-{each.pk}",
            title=_("%(kind)s to be filed, certificate %(number)s") % isolated(words),
            text=state_title(each.edition_id, each.state),
            address=settings.SITE_URL + address_of(each),
            when=day_or_moment(each.deadline_at),
            changed=each.entered_at,
        )
