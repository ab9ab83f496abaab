"""Events that are no transitions: answers given, evidence filed, ratings made, roles granted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.models import Event

from .acting import Person, actor_of


def record(
    stream: UUID,
    kind: str,
    actor: Person | Actor,
    *,
    role: str = "",
    edition: str = "",
    transition: str = "",
    comment: str = "",
    data: Mapping[str, Any] | None = None,
) -> Event:
    """Write down what `actor` did, in the stream of a subject, a person or a scheme; or which `transition` they
    asked for and did not get."""
    return append(
        Entry(
            stream=stream,
            kind=kind,
            actor=actor_of(actor),
            role=role,
            edition=edition,
            transition=transition,
            comment=comment,
            data=data or {},
        )
    )
