"""What home tells people of the body of the upkeep of certificates: what waits for them, what is late, and which
suspended certificates wait for their decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.dossiers.queries import standing_in, waits_for
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import known_as
from accreditation_engine.engine.prepared import NOW, USER, Asked, Prepared
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.time_left import days_since

from .late import is_late, late_upkeep
from .listed import how_long
from .suspension import pending_for
from .waiting import SHOWN, address_of

Entry = dict[str, Any]
MOST = 500
"""So much is counted; whoever has more goes to the list."""
COORDINATOR, PANEL, APPEAL_PANEL = "coordinator", "panel", "appeal_panel"


@dataclass(frozen=True)
class AtHome:
    """[{title, number, url, words}] each: what waits for the reader, and one entry where something is `late`."""

    waiting: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)


def upkeep_at_home(person: User, editions: Sequence[Compiled]) -> AtHome:
    """For people of the body; `editions` are all of the life of upkeep. One query, none for others."""
    roles = [role for role in (COORDINATOR, PANEL) if role in parts_of(person)]
    if not roles:
        return AtHome()
    now = timezone.now()
    asked = _waiting_or_late(tuple(roles), tuple(each.edition for each in editions))
    found = asked.send(Asked(user=person.pk, now=now))
    late = [each for each in found if is_late(each, now)] if COORDINATOR in roles else []
    waiting = [each for each in found if _waits_for(each) in roles]
    return AtHome([_entry(each, now) for each in waiting[:SHOWN]], _late_entry(len(late)))


@lru_cache(maxsize=32)
def _waiting_or_late(roles: tuple[str, ...], editions: tuple[str, ...]) -> Prepared:
    lives, mine = [compiled(each) for each in editions], Q(pk__in=[])
    for role in roles:
        turn = standing_in(lives, waits_for(role))
        if role == COORDINATOR:
            turn |= late_upkeep(lives, NOW)
        mine |= turn & known_as(Upkeep, USER, role)
    rows = Upkeep.objects.filter(mine).select_related("dossier__organisation", "certificate")
    return Prepared(rows.order_by("entered_at", "pk")[:MOST])


def _waits_for(upkeep: Upkeep) -> str | None:
    return compiled(upkeep.edition_id).workflow.states[upkeep.state].waits_for


def _entry(upkeep: Upkeep, now: datetime) -> Entry:
    words = {
        "kind": kind_title(upkeep.kind),
        "state": state_title(upkeep.edition_id, upkeep.state),
        "long": how_long(upkeep, now),
    }
    return {
        "title": upkeep.dossier.organisation.name_in(language()),
        "number": upkeep.certificate.number,
        "url": address_of(upkeep),
        "words": _("%(kind)s: %(state)s, %(long)s.") % isolated(words),
    }


def _late_entry(count: int) -> list[Entry]:
    if not count:
        return []
    words = ngettext(
        "%(count)d thing that keeps a certificate was not filed in time.",
        "%(count)d things that keep certificates were not filed in time.",
        count,
    )
    address = f"{reverse('upkeep_list')}?late=1"
    return [{"title": _("Upkeep that is late"), "url": address, "words": words % {"count": count}}]


def certificates_waiting(
    person: User, editions: Sequence[Compiled], of_upkeep: Sequence[Compiled]
) -> list[Entry]:
    """Suspended certificates for those who decide on them, those first of which nothing is asked any more;
    `editions` are all of the life of certificates, and `of_upkeep` of upkeep. One query, none for others."""
    roles = [role for role in (PANEL, APPEAL_PANEL) if role in parts_of(person)]
    if not roles:
        return []
    asked = _undecided(
        tuple(roles), *(tuple(each.edition for each in known) for known in (editions, of_upkeep))
    )
    return [_certificate(each) for each in asked.send(Asked(user=person.pk))]


@lru_cache(maxsize=32)
def _undecided(roles: tuple[str, ...], editions: tuple[str, ...], of_upkeep: tuple[str, ...]) -> Prepared:
    lives, mine = [compiled(each) for each in editions], Q(pk__in=[])
    for role in roles:
        mine |= standing_in(lives, waits_for(role)) & known_as(Certificate, USER, role)
    asked_still = pending_for([compiled(each) for each in of_upkeep])
    pending = Upkeep.objects.filter(asked_still, certificate=OuterRef("pk"))
    found = Certificate.objects.filter(mine).annotate(pending=Exists(pending))
    rows = found.select_related("dossier__organisation").order_by("pending", "entered_at", "pk")
    return Prepared(rows[:SHOWN])


def _certificate(certificate: Any) -> Entry:
    known = isolated(
        {
            "state": state_title(certificate.edition_id, certificate.state),
            "time": days_since(certificate.entered_at),
        }
    )
    words = (
        _("The certificate: %(state)s, for %(time)s. Something is still asked of the organisation.")
        if certificate.pending
        else _("The certificate: %(state)s, for %(time)s. Nothing is asked of the organisation now: decide.")
    )
    return {
        "title": certificate.dossier.organisation.name_in(language()),
        "number": certificate.number,
        "url": reverse("certificate", args=[certificate.dossier_id, certificate.pk]),
        "words": words % known,
    }
