"""What a certificate is worth today, as a stranger should read it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accreditation_engine.engine.compiled import compiled

from .models import Certificate


def standing_of(certificate: Certificate, *, now: datetime | None = None) -> str:
    """The state that counts: a certificate whose last day is over has expired, even where the system has not
    got to saying so yet."""
    workflow = compiled(certificate.edition_id).workflow
    deadline = workflow.states[certificate.state].deadline
    over = certificate.deadline_at is not None and certificate.deadline_at <= (now or timezone.now())
    return workflow.transitions[deadline.then].to if deadline is not None and over else certificate.state
