"""Findings: that one was raised, or came into another state, once the file shows its findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from accreditation_engine.certificates.webhooks.eyes import Eyes, shows
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Event

from .topic import Message, Place, Span, Topic

RAISED, CHANGED = "finding.raised", "finding.changed"
SHOWN, ONE = "findings", "finding"
"""What states of files show, and what states of findings do."""


def _candidates(eyes: Eyes, span: Span) -> list[QuerySet[Event]]:
    """What happened to findings, and where those stand whose file came to show them meanwhile."""
    findings = eyes.among(Finding.objects.all())
    with_findings = findings.values("dossier")
    moved = list(span.moves().filter(stream__in=with_findings))
    roles = eyes.roles(list(Dossier.objects.in_bulk({each.stream for each in moved}).values()))
    opened_up = {
        each.stream for each in moved if each.stream in roles and _shows_now(each, roles[each.stream])
    }
    stands = findings.filter(pk=OuterRef("stream")).values("entered_seq")
    shown = Event.objects.filter(stream__in=findings.filter(dossier__in=opened_up).values("pk"))
    return [
        span.moves().filter(stream__in=findings.values("pk")),
        shown.filter(seq=Subquery(stands)).order_by("at", "pk"),
    ]


def _shows_now(event: Event, roles: frozenset[str]) -> bool:
    before, after = (shows(event.edition, each, roles, SHOWN) for each in (event.source, event.target))
    return after and not before


def _told(events: Sequence[Event], eyes: Eyes) -> Mapping[Place, Message]:
    streams = {each.stream for each in events}
    findings = Finding.objects.select_related("dossier").in_bulk(streams)
    roles = eyes.roles({each.dossier_id: each.dossier for each in findings.values()}.values())
    return {
        (event.stream, event.seq): _message(finding, event)
        for event in events
        if (finding := findings.get(event.stream)) and _for(roles.get(finding.dossier_id), finding, event)
    }


def _for(roles: frozenset[str] | None, finding: Finding, event: Event) -> bool:
    if roles is None or not shows(event.edition, event.target, roles, ONE):
        return False
    return shows(finding.dossier.edition_id, finding.dossier.state, roles, SHOWN)


def _message(finding: Finding, event: Event) -> Message:
    title = compiled(event.edition).workflow.states[event.target].title
    page = reverse("finding", args=[finding.dossier_id, finding.pk])
    data: dict[str, Any] = {
        "finding": str(finding.pk),
        "dossier": str(finding.dossier_id),
        "number": finding.number,
        "rubric": finding.rubric,
        "criterion": finding.criterion,
        "severity": finding.severity,
        "state": event.target,
        "state_title_ar": title.ar,
        "state_title_en": title.en,
        "due_on": finding.due_on.isoformat() if finding.due_on else None,
        "url": settings.SITE_URL + page,
    }
    return Message((RAISED,) if event.seq == 1 else (CHANGED,), finding.number, data)


FINDINGS = Topic((RAISED, CHANGED), _candidates, _told)
