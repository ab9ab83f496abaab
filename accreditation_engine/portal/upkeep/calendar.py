"""The upkeep of certificates in somebody's calendar: what waits for them, and what comes within a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.entries import MOST, Entry, day_or_moment

from .waiting import SEEN, address_of, planned_upkeep, waiting_upkeep


def upkeep_due(person: User, editions: Sequence[Compiled]) -> Iterator[Entry]:
    """Two queries."""
    yield from _due(person, editions)
    yield from _to_come(person, editions)


def _due(person: User, editions: Sequence[Compiled]) -> Iterator[Entry]:
    """What waits for the person, by when its state ends."""
    for each in waiting_upkeep(person, editions).filter(deadline_at__isnull=False)[:MOST]:
        if each.deadline_at is not None and SEEN in visible(each, parts_of(each).open):
            yield _entry(each, day_or_moment(each.deadline_at))


def _to_come(person: User, editions: Sequence[Compiled]) -> Iterator[Entry]:
    """What the person's organisations file within a year, and are not asked for yet, by its day."""
    for each in planned_upkeep(person, editions)[:MOST]:
        yield _entry(each, each.due_on)


def _entry(upkeep: Upkeep, when: date | datetime) -> Entry:
    words = {"kind": kind_title(upkeep.kind), "number": upkeep.certificate.number}
    return Entry(
        key=f"upkeep-{upkeep.pk}",
        title=_("%(kind)s to be filed, certificate %(number)s") % isolated(words),
        text=state_title(upkeep.edition_id, upkeep.state),
        address=settings.SITE_URL + address_of(upkeep),
        when=when,
        changed=upkeep.entered_at,
    )
