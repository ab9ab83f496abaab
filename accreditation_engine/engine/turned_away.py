"""Whoever asks for a subject that is not for them is turned away, and the trail says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from accreditation_engine.trail.models import Event

from .acting import Person
from .models import Subject
from .reasons import Reason
from .recording import record

OPEN_FILE = "open_file"
SAME_ATTEMPT = timedelta(minutes=10)
"""Within this time the same attempt is the same one: a reload, an old tab."""


def turned_away(
    subject: Subject, by: Person, reasons: Iterable[Reason], *, act: str = OPEN_FILE, step: str = ""
) -> None:
    """Write down that `by` asked for `subject`, and why nothing was shown; `act` is the code of what was tried, or
    `step` a transition of its workflow.

    One query where it is the same attempt; else one event more.
    """
    reasons_as_data = [each.as_data() for each in reasons]
    data = {"reasons": reasons_as_data} if step else {"act": act, "reasons": reasons_as_data}
    recent = Event.objects.filter(
        stream=subject.pk,
        actor=by.acting.id,
        kind="refused",
        transition=step,
        at__gt=timezone.now() - SAME_ATTEMPT,
    )
    if all(each.data != data for each in recent):
        record(subject.pk, "refused", by, edition=subject.edition_id, transition=step, data=data)
