"""That an auditor looked is itself an event, in the auditor's own stream: which page, of which file, asked how."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event, Text

from .access import AUDITOR

LOOKED = "looked"
SAME_LOOK = timedelta(minutes=10)
"""Within this time the same page asked for in the same way is the same look."""
COMPARED_WITH = 200


def look(
    person: User,
    page: str,
    *,
    dossier: UUID | None = None,
    asked: Mapping[str, str] | None = None,
    said: str = "",
) -> None:
    """Write down that `person` looked at `page` (a key of looked_words.PAGES). `asked` are codes, which stay for
    good; `said` is what was typed freely, which can be erased by law like any comment.

    One query where it is the same look; else one event more.
    """
    data = {"page": page, "dossier": str(dossier) if dossier else None, "asked": dict(asked or {})}
    if not _looked_already(person, data, said):
        record(person.pk, LOOKED, person, role=AUDITOR, comment=said, data=data)


def _looked_already(person: User, data: Mapping[str, object], said: str) -> bool:
    recent = Event.objects.filter(
        actor=person.pk, at__gt=timezone.now() - SAME_LOOK, kind=LOOKED, stream=person.pk
    )
    same = [each.seq for each in recent.order_by("-at")[:COMPARED_WITH] if each.data == data]
    if not same or not said:
        return bool(same)
    return Text.objects.filter(stream=person.pk, seq__in=same, field="comment", text=said).exists()
