"""Files: that one was opened, handed in, came into another state or was decided, in the words of whoever is told.

Nothing that they do not see: a step between two states that look the same to them is not told, and of whom the
file is, who took the step and why is read at its address by those who may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.webhooks.eyes import APPLICANT, Eyes, shows, state_read
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.unannounced import DECISION
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.trail.models import Event

from .topic import Message, Place, Span, Topic

OPENED, SUBMITTED = "dossier.opened", "dossier.submitted"
CHANGED, DECIDED = "dossier.state_changed", "dossier.decided"
HANDED_IN = "self_assessment_complete"
"""The guard of steps by which a file is handed in."""


def _candidates(eyes: Eyes, span: Span) -> list[QuerySet[Event]]:
    files = eyes.among(Dossier.objects.all(), "organisation")
    return [span.moves().filter(stream__in=files.values("pk"))]


def _told(events: Sequence[Event], eyes: Eyes) -> Mapping[Place, Message]:
    files = Dossier.objects.in_bulk({each.stream for each in events})
    roles = eyes.roles(list(files.values()))
    return {
        (event.stream, event.seq): _message(files[event.stream], event, roles[event.stream])
        for event in events
        if event.stream in roles and of_note(event, roles[event.stream])
    }


def of_note(event: Event, roles: frozenset[str]) -> bool:
    """Whether the file looks otherwise afterwards to those who read it in `roles`."""
    if event.source not in compiled(event.edition).workflow.states:
        return True
    before, after = (state_read(event.edition, each, roles) for each in (event.source, event.target))
    return before != after


def _message(dossier: Dossier, event: Event, roles: frozenset[str]) -> Message:
    state, title = state_read(event.edition, event.target, roles)
    types = _types(event, roles)
    data: dict[str, Any] = {
        "dossier": str(dossier.pk),
        "number": dossier.number,
        "scheme": dossier.scheme,
        "edition": compiled(event.edition).workflow.edition,
        "state": state,
        "state_title_ar": title.ar,
        "state_title_en": title.en,
        "due": _due(dossier, event, state),
        "url": settings.SITE_URL + reverse("dossier", args=[dossier.pk]),
    }
    if types[0] == DECIDED:
        data["certificate"] = _issued(dossier)
    return Message(types, dossier.number, data)


def _types(event: Event, roles: frozenset[str]) -> tuple[str, ...]:
    if event.seq == 1:
        return (OPENED,)
    step = compiled(event.edition).steps.get(event.transition)
    if step is not None and any(each.name == HANDED_IN for each in step.guards):
        return SUBMITTED, CHANGED
    told = (shows(event.edition, each, roles, DECISION) for each in (event.target, event.source))
    return (DECIDED, CHANGED) if next(told) and not next(told) else (CHANGED,)


def _due(dossier: Dossier, event: Event, state: str | None) -> str | None:
    """By when it is to be left, where it still stands there; the body's own deadlines are its own business."""
    known = compiled(event.edition).workflow.states[event.target]
    theirs = state is not None or known.waits_for == APPLICANT
    if dossier.deadline_at is None or dossier.entered_seq != event.seq or not theirs:
        return None
    return dossier.deadline_at.isoformat()


def _issued(dossier: Dossier) -> str | None:
    found = Certificate.objects.filter(dossier=dossier).order_by("-issued_on", "-number").first()
    return found.number if found else None


FILES = Topic((OPENED, SUBMITTED, CHANGED, DECIDED), _candidates, _told)
