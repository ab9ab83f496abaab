"""The decision that a certificate rests on: the step that issues it, or one before that it announces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.registry import Taken
from accreditation_engine.reviews.pieces import PIECES, SHEET
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.trail.models import Event


def decisions_behind(taken: Sequence[Taken]) -> dict[UUID, Event]:
    """The event of each dossier's decision, by the dossier: that of the step itself where it decides, or where
    nothing was decided before. One query where decisions are announced, none else."""
    found = {each.subject.pk: each.event for each in taken}
    scheme = taken[0].scheme
    announced = [each.subject.pk for each in taken if each.attempt.transition not in scheme.deciding]
    if announced:
        earlier = Event.objects.filter(stream__in=announced, kind="transition")
        decided = earlier.filter(transition__in=scheme.deciding).order_by("seq")
        found |= {event.stream: event for event in decided}
    return found


def outcome_judged(sheet: ScoreSheet, decision: Event) -> str | None:
    """The outcome that the decision's event holds, that of `sheet` where it holds none. A first assessment that
    has changed since changes no outcome.

    Raises Refused where the ratings come to another score than they did then.
    """
    judged: Mapping[str, Any] = decision.data.get("judged", {}).get(SHEET + sheet.rubric.id, {})
    if not judged:
        return sheet.outcome
    if judged["percent"] != (None if sheet.percent is None else str(sheet.percent)):
        raise Refused([Reason("decided_on_another_sheet")])
    outcome: str | None = judged["outcome"]
    return outcome


def scope_judged(dossier: Dossier, decision: Event) -> Scope:
    """What the certificate covers. Raises Refused where the file asks for another scope than it did when it was
    decided."""
    pieces = decision.data.get("judged", {}).get(PIECES)
    if pieces is not None and Scope(**pieces.get("scope", {})) != dossier.scope:
        raise Refused([Reason("decided_on_another_scope")])
    return dossier.scope
