"""Changes of scope in somebody's calendar: what waits for them, by when its state ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import ScopeChange
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import parts_in_sql, parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.entries import MOST, Entry, day_or_moment

from .waiting import SEEN, address_of, waiting_changes


def changes_due(person: User, roles: Sequence[str], editions: list[Compiled]) -> Iterator[Entry]:
    """Of those that wait for `person` in one of `roles`. One query."""
    waiting = waiting_changes(person.pk, roles, editions).filter(deadline_at__isnull=False)
    rows = waiting.annotate(**parts_in_sql(ScopeChange, person.pk)).select_related("certificate")
    for each in rows.order_by("deadline_at", "pk")[:MOST]:
        if each.deadline_at is None or SEEN not in visible(each, parts_of(each).open):
            continue
        words = {"number": each.certificate.number}
        yield Entry(
            key=f"scope-{each.pk}",
            title=_("Deadline of the change of scope of certificate %(number)s") % isolated(words),
            text=state_title(each.edition_id, each.state),
            address=settings.SITE_URL + address_of(each),
            when=day_or_moment(each.deadline_at),
            changed=each.entered_at,
        )
