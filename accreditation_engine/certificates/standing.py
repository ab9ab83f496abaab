"""What a certificate is worth today, as a stranger should read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.unusable import usable
from accreditation_engine.trail.models import Event

from .models import Certificate


def standing_of(certificate: Certificate, *, now: datetime | None = None) -> str:
    """The state that counts: a certificate whose last day is over has expired, even where the system has not
    got to saying so yet."""
    workflow = compiled(certificate.edition_id).workflow
    deadline = workflow.states[certificate.state].deadline
    over = certificate.deadline_at is not None and certificate.deadline_at <= (now or timezone.now())
    return workflow.transitions[deadline.then].to if deadline is not None and over else certificate.state


def public_since(certificate: Certificate) -> datetime:
    """Since when strangers read of it what they read today. One query, none where its time is over and nobody has
    said so yet."""
    workflow = compiled(certificate.edition_id).workflow
    if standing_of(certificate) != certificate.state and certificate.deadline_at is not None:
        return certificate.deadline_at
    status, since = workflow.status_in_public(certificate.state), certificate.entered_at
    moves = Event.objects.filter(stream=certificate.pk).exclude(target="").order_by("-seq")
    for edition, state, at in moves.values_list("edition", "target", "at"):
        known = usable(edition)
        if known is None or known.workflow.status_in_public(state) != status:
            break
        since = at
    return since
