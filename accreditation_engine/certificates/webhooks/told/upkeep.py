"""What keeps a certificate alive: that something is planned, asked for, filed, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.webhooks.eyes import Eyes, shows
from accreditation_engine.dossiers.outer_words import step_read
from accreditation_engine.dossiers.unannounced import DECISION
from accreditation_engine.trail.models import Event

from .topic import Message, Place, Span, Topic

PLANNED, CHANGED = "upkeep.planned", "upkeep.changed"
ONE = "upkeep"
"""What its states show."""


def _candidates(eyes: Eyes, span: Span) -> list[QuerySet[Event]]:
    found = eyes.among(Upkeep.objects.all())
    return [span.moves().filter(stream__in=found.values("pk"))]


def _told(events: Sequence[Event], eyes: Eyes) -> Mapping[Place, Message]:
    streams = {each.stream for each in events}
    found = Upkeep.objects.select_related("dossier", "certificate").in_bulk(streams)
    roles = eyes.roles({each.dossier_id: each.dossier for each in found.values()}.values())
    return {
        (event.stream, event.seq): _message(upkeep, event, roles[upkeep.dossier_id])
        for event in events
        if (upkeep := found.get(event.stream)) and _for(roles.get(upkeep.dossier_id), upkeep, event)
    }


def _for(roles: frozenset[str] | None, upkeep: Upkeep, event: Event) -> bool:
    if roles is None or not shows(event.edition, event.target, roles, ONE):
        return False
    looks_the_same = event.source and step_read(event.edition, event.source, roles) == step_read(
        event.edition, event.target, roles
    )
    return not looks_the_same and shows(upkeep.dossier.edition_id, upkeep.dossier.state, roles, DECISION)


def _message(upkeep: Upkeep, event: Event, roles: frozenset[str]) -> Message:
    state, title = step_read(event.edition, event.target, roles)
    place = [upkeep.dossier_id, upkeep.certificate_id, upkeep.pk]
    data: dict[str, Any] = {
        "upkeep": str(upkeep.pk),
        "kind": upkeep.kind,
        "certificate": upkeep.certificate.number,
        "dossier": str(upkeep.dossier_id),
        "state": state,
        "state_title_ar": title.ar,
        "state_title_en": title.en,
        "call_on": upkeep.call_on.isoformat(),
        "due_on": upkeep.due_on.isoformat(),
        "url": settings.SITE_URL + reverse("upkeep", args=place),
    }
    return Message((PLANNED,) if event.seq == 1 else (CHANGED,), upkeep.certificate.number, data)


UPKEEP = Topic((PLANNED, CHANGED), _candidates, _told)
