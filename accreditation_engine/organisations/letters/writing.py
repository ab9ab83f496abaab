"""Writing letters down, in the transaction of what they tell of. The worker sends them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from accreditation_engine.trail.rows import insert

from .models import Letter
from .moments import ripe_at


@dataclass(frozen=True)
class ToWrite:
    """One letter. `kind` is what words are registered for; `facts` are codes, moments as text and whole numbers,
    never sentences and nobody's words. `digest` is how often the person wants mail (`User.digest`)."""

    person: UUID
    digest: str
    kind: str
    role: str = ""
    dossier: UUID | None = None
    stream: UUID | None = None
    seq: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    urgent: bool = False
    due_at: datetime | None = None


def write(letters: Iterable[ToWrite]) -> None:
    """One statement, however many they are; none for none."""
    now = timezone.now()
    rows = [_row(each, now) for each in letters]
    if rows:
        insert(Letter, rows)


def _row(letter: ToWrite, now: datetime) -> Letter:
    return Letter(
        id=uuid.uuid4(),
        person_id=letter.person,
        kind=letter.kind,
        role=letter.role,
        dossier=letter.dossier,
        stream=letter.stream,
        seq=letter.seq,
        facts=dict(letter.facts),
        urgent=letter.urgent,
        due_at=letter.due_at,
        written_at=now,
        ripe_at=ripe_at(letter.digest, now, due_at=letter.due_at, urgent=letter.urgent),
    )
