"""Certificates: what the register says of them, as of each move that it tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.public_fields import public_fields
from accreditation_engine.certificates.said_anew import SAID_ANEW
from accreditation_engine.certificates.scope import SCOPE_SET
from accreditation_engine.certificates.webhooks.eyes import Eyes
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.trail.models import Event

from .topic import Message, Place, Span, Topic

ISSUED, CHANGED = "certificate.issued", "certificate.changed"
ASKED_FOR = "request"
"""What says that a scope was changed, and not given with the certificate itself."""


def _candidates(eyes: Eyes, span: Span) -> list[QuerySet[Event]]:
    theirs = eyes.among(Certificate.objects.all()).values("pk")
    anew = span.events().filter(kind__in=SAID_ANEW, stream__in=theirs)
    return [span.moves().filter(stream__in=theirs), anew]


def _told(events: Sequence[Event], eyes: Eyes) -> Mapping[Place, Message]:
    """Everybody may read it; a move of which the register says nothing is told to nobody."""
    streams = {each.stream for each in events}
    found = Certificate.objects.select_related("dossier__organisation").in_bulk(streams)
    return {
        (event.stream, event.seq): _message(found[event.stream], event)
        for event in events
        if event.stream in found and _of_note(event)
    }


def _of_note(event: Event) -> bool:
    if event.kind in SAID_ANEW:
        return event.kind != SCOPE_SET or ASKED_FOR in event.data
    workflow = compiled(event.edition).workflow
    if event.source not in workflow.states:
        return True
    return workflow.status_in_public(event.source) != workflow.status_in_public(event.target)


def _message(certificate: Certificate, event: Event) -> Message:
    status = compiled(event.edition).workflow.status_in_public(_state(event))
    credential = reverse("certificate_credential", args=[certificate.number])
    data: dict[str, Any] = {
        **public_fields(certificate, status),
        "credential": settings.SITE_URL + credential,
    }
    return Message((ISSUED,) if event.seq == 1 else (CHANGED,), certificate.number, data)


def _state(event: Event) -> str:
    """Where the certificate stood then."""
    if event.target:
        return event.target
    before = Event.objects.filter(stream=event.stream, seq__lt=event.seq).exclude(target="")
    return str(before.order_by("-seq").values_list("target", flat=True)[0])


CERTIFICATES = Topic((ISSUED, CHANGED), _candidates, _told)
