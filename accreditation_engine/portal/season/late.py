"""Which files are late: their deadline is over and nobody has moved them yet, or they were moved because it was.

Where a coordinator is not told of a decision before it is announced, neither the state that it led to nor the one
it left tells a time: a file that alone is not late there would be known to be decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Case, DateTimeField, F, Q, When

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import standing_in
from accreditation_engine.dossiers.unannounced import looks_decided_or_not
from accreditation_engine.engine.compiled import Compiled

COORDINATOR = "coordinator"


def late(schemes: Iterable[Compiled], now: datetime) -> Q:
    found = Q(pk__in=[])
    for scheme in schemes:
        found |= standing_in([scheme], lambda state: not state.final) & _late_under(scheme, now)
    return found


def _late_under(scheme: Compiled, now: datetime) -> Q:
    telling = [name for name in scheme.workflow.states if tells_time(scheme, name)]
    return Q(state__in=telling) & (Q(deadline_at__lt=now) | Q(state__in=after_deadlines(scheme)))


def late_since(now: datetime) -> Case:
    """In SQL, of a file that is late."""
    return Case(
        When(deadline_at__lt=now, then=F("deadline_at")),
        default=F("entered_at"),
        output_field=DateTimeField(),
    )


def tells_time(scheme: Compiled, state: str) -> bool:
    return not looks_decided_or_not(scheme.edition, state, {COORDINATOR})


def after_deadlines(scheme: Compiled) -> frozenset[str]:
    """States that go on and that nothing leads to but a deadline that was missed."""
    states, steps = scheme.workflow.states, scheme.workflow.transitions
    missed = {each.deadline.then for each in states.values() if each.deadline is not None}
    into = {state: {name for name, step in steps.items() if step.to == state} for state in states}
    return frozenset(
        state for state, names in into.items() if names and names <= missed and not states[state].final
    )


def late_since_of(dossier: Dossier, now: datetime) -> datetime:
    """Since when a file that is late is so."""
    over = dossier.deadline_at is not None and dossier.deadline_at < now
    return dossier.deadline_at if over and dossier.deadline_at else dossier.entered_at
