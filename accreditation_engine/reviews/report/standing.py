"""Where a report can be contested and where points are answered: told by the steps that lie ahead, of the dossier
and of whatever was issued on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.visibility import visible

REPORT = "report"
"""What a state `shows`."""
APPLICANT = "applicant"
ANSWERED = "contests_answered"
"""The guard of a step that waits until every point is answered."""
WITHDRAWN = "withdraw_from_report"
"""The effect of a step with which a finding leaves the report."""

also: list[Callable[[Dossier], Iterable[Subject]]] = []
"""What else than the dossier may be appealed against; the folders below register it."""


@dataclass(frozen=True)
class Bench:
    """Who answers points: people in `role`, of whom `agree` agree on a rating (reviewers all do)."""

    role: str
    agree: int


def contests_welcome(dossier: Dossier) -> bool:
    """Whether the organisation sees the report, and a step of its own lies ahead that leads to where points are
    answered: it appeals, or says that it has nothing (more) to say."""
    if REPORT not in visible(dossier, [APPLICANT]):
        return False
    return any(_leads_to_answers(each) for each in _subjects(dossier))


def bench_of(dossier: Dossier) -> Bench | None:
    """Who answers points now; nobody where no step that waits for answers lies ahead."""
    return next((bench for each in _subjects(dossier) for bench in _benches(each, each.state)), None)


def _subjects(dossier: Dossier) -> Iterator[Subject]:
    """What was issued on a dossier is appealed against once the dossier has ended. No query before."""
    yield dossier
    if compiled(dossier.edition_id).workflow.states[dossier.state].final:
        for more in also:
            yield from more(dossier)


def ends_contesting(subject: Subject, step: str) -> bool:
    """Whether `step` is the organisation's own, with which it has said all that it contests: what it leads to
    waits for answers."""
    known = compiled(subject.edition_id).workflow.transitions[step]
    return APPLICANT in known.by and known.to != subject.state and any(_benches(subject, known.to))


def _leads_to_answers(subject: Subject) -> bool:
    steps = compiled(subject.edition_id).workflow.leaving(subject.state)
    return any(ends_contesting(subject, name) for name in steps)


def _benches(subject: Subject, state: str) -> Iterator[Bench]:
    scheme = compiled(subject.edition_id)
    for name in scheme.workflow.leaving(state):
        for each in scheme.steps[name].guards:
            if each.name == ANSWERED:
                yield Bench(each.parameters.by, each.parameters.agree)


def is_withdrawn(edition: str, state: str) -> bool:
    """Whether a finding in `state` was taken out of its report."""
    scheme = compiled(edition)
    return any(
        step.definition.to == state and any(each.name == WITHDRAWN for each in step.effects)
        for step in scheme.steps.values()
    )
