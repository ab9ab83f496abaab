"""Concerns, as addresses of other sites are told of them: that one was raised, or put to the organisation, and
where it stands; nothing that anybody wrote, nor who raised it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accreditation_engine.certificates.webhooks.eyes import Eyes, shows
from accreditation_engine.certificates.webhooks.told.topic import Message, Place, Span, Topic
from accreditation_engine.dossiers.outer_words import step_read
from accreditation_engine.trail.models import Event

from .models import Complaint
from .subject import THING

RAISED, CHANGED = "concern.raised", "concern.changed"


def _candidates(eyes: Eyes, span: Span) -> list[QuerySet[Event]]:
    found = eyes.among(Complaint.objects.all())
    return [span.moves().filter(stream__in=found.values("pk"))]


def _told(events: Sequence[Event], eyes: Eyes) -> Mapping[Place, Message]:
    found = Complaint.objects.select_related("dossier").in_bulk({each.stream for each in events})
    roles = eyes.roles({each.dossier_id: each.dossier for each in found.values()}.values())
    return {
        (event.stream, event.seq): _message(complaint, event, roles[complaint.dossier_id])
        for event in events
        if (complaint := found.get(event.stream)) and _for(roles.get(complaint.dossier_id), event)
    }


def _for(roles: frozenset[str] | None, event: Event) -> bool:
    if roles is None or not shows(event.edition, event.target, roles, THING):
        return False
    return _is_new(event, roles) or step_read(event.edition, event.source, roles) != step_read(
        event.edition, event.target, roles
    )


def _is_new(event: Event, roles: frozenset[str]) -> bool:
    """To those who play `roles`: to an organisation when it is put to it."""
    return not event.source or not shows(event.edition, event.source, roles, THING)


def _message(complaint: Complaint, event: Event, roles: frozenset[str]) -> Message:
    state, title = step_read(event.edition, event.target, roles)
    stands = complaint.deadline_at if complaint.entered_seq == event.seq else None
    data: dict[str, Any] = {
        "concern": str(complaint.pk),
        "number": complaint.number,
        "dossier": str(complaint.dossier_id),
        "about": complaint.about or None,
        "state": state,
        "state_title_ar": title.ar,
        "state_title_en": title.en,
        "due": stands.isoformat() if stands else None,
        "url": settings.SITE_URL + reverse("complaint", args=[complaint.dossier_id, complaint.pk]),
    }
    return Message((RAISED,) if _is_new(event, roles) else (CHANGED,), complaint.number, data)


CONCERNS = Topic((RAISED, CHANGED), _candidates, _told)
