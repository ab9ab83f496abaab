"""Who gave a role: the trail says it, nothing else keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.trail.models import Event

Giver = str
CLOCK = timedelta(seconds=5)
"""The grant is changed first and the event is written right after it, each with its own look at the clock."""


def givers(grants: Iterable[RoleGrant]) -> dict[int, Giver]:
    """For each grant the name of whoever gave it, by the grant's pk; "" where the trail knows of nobody. Two
    queries."""
    wanted = list(grants)
    told = _told({each.user_id for each in wanted})
    found: dict[int, Event] = {}
    for grant in wanted:
        near = [
            event
            for event in told[grant.user_id, grant.role, grant.scheme]
            if abs(event.at - grant.since) <= CLOCK
        ]
        if near:
            found[grant.pk] = min(near, key=lambda event: abs(event.at - grant.since))
    people = User.objects.in_bulk({each.actor for each in found.values() if each.actor})
    return {each.pk: _name(found.get(each.pk), people) for each in wanted}


def _told(people: set[UUID]) -> dict[tuple[UUID, str, str], list[Event]]:
    told: dict[tuple[UUID, str, str], list[Event]] = defaultdict(list)
    for event in Event.objects.filter(kind="role_granted", stream__in=people).order_by("stream", "seq"):
        data = event.data
        told[event.stream, data["role"], data["scheme"]].append(event)
    return told


def _name(event: Event | None, people: dict[UUID, User]) -> Giver:
    if event is None:
        return ""
    if event.actor is None:
        return role_title("system")
    return str(people[event.actor]) if event.actor in people else _("somebody whose account is gone")
