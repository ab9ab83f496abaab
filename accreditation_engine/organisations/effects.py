"""Telling people by mail that something has happened to a file of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ValidationInfo, field_validator

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.said import listed, say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.registry import Taken, effect, roles

from .letters.readers import Addressee, people_by_subject
from .letters.writing import ToWrite, write

STEP = "step"
"""The kind of letter that tells of a transition."""


class Notify(Parameters):
    """Which role is told."""

    shorthand: ClassVar[str | None] = "to"
    to: Identifier

    @field_validator("to")
    @classmethod
    def _known(cls, role: str, info: ValidationInfo) -> str:
        if role not in roles:
            words = "unknown role '{role}'; one of {names}"
            raise ValueError(say(words, role=role, names=listed(sorted(roles))))
        return role


@effect("notify", Notify)
def notify(taken: Sequence[Taken], parameters: Notify) -> None:
    """Write a letter to everybody who plays the role, but whoever took the step. The worker sends it, and looks
    again then at what its reader may see. Two statements, however many subjects."""
    model = type(taken[0].subject)
    reached = people_by_subject(model, parameters.to, [each.subject.pk for each in taken])
    write(_letters(taken, parameters.to, reached))


def _letters(taken: Sequence[Taken], role: str, reached: Mapping[UUID, list[Addressee]]) -> Iterator[ToWrite]:
    for each in taken:
        due_at = _turn_ends(each, role)
        facts = {"edition": each.scheme.edition, "transition": each.event.transition}
        for reader in reached.get(each.subject.pk, ()):
            if reader.person != each.attempt.actor_id:
                yield ToWrite(
                    person=reader.person,
                    digest=reader.digest,
                    kind=STEP,
                    role=role,
                    dossier=getattr(each.subject, "dossier_id", each.subject.pk),
                    stream=each.event.stream,
                    seq=each.event.seq,
                    facts={**facts, "state": each.event.target},
                    due_at=due_at,
                )


def _turn_ends(taken: Taken, role: str) -> datetime | None:
    """By when the role should act, where the new state waits for it."""
    state = taken.scheme.workflow.states[taken.subject.state]
    deadline: datetime | None = taken.subject.deadline_at if state.waits_for == role else None
    return deadline
