"""Which findings bar a decision: while one as severe as that is open, no way leads to a certificate."""

from __future__ import annotations

from functools import lru_cache

from accreditation_engine.definitions.paths import Graph
from accreditation_engine.definitions.rubric import Severity
from accreditation_engine.engine.compiled import Compiled, Step, compiled
from accreditation_engine.scoring.findings import SEVEREST_FIRST

RAISES, CERTIFIES, ASKS_OUTCOME, BARS = "raise_findings", "issue_certificate", "outcome", "no_open_findings"


@lru_cache(maxsize=256)
def barring(edition: str) -> tuple[Severity, ...]:
    """The severities that bar it under the workflow edition of this hash, the gravest first. A scheme that issues
    no certificates decides where it asks for an outcome; one in which ratings raise no findings is barred by none.
    """
    scheme = compiled(edition)
    if not any(_has(step, RAISES) for step in scheme.steps.values()):
        return ()
    return tuple(each for each in SEVEREST_FIRST if not _decided_with(scheme, each))


def _decided_with(scheme: Compiled, severity: Severity) -> bool:
    """Whether a step that decides can be taken though a finding of `severity` stays open, or none decides."""
    goals = _deciding(scheme)
    graph = Graph.of(scheme.workflow)
    ways = {
        state: [step for step in steps if not _barred(scheme.steps[step[1]], severity)]
        for state, steps in graph.steps.items()
    }
    reached = Graph(ways).reachable(scheme.workflow.initial)
    return not goals or any(step[1] in goals for state in reached for step in ways[state])


def _deciding(scheme: Compiled) -> set[str]:
    certifying = {name for name, step in scheme.steps.items() if _has(step, CERTIFIES)}
    return certifying or {name for name, step in scheme.steps.items() if _has(step, ASKS_OUTCOME)}


def _has(step: Step, word: str) -> bool:
    """A guard or an effect of that name."""
    return word in {each.name for each in step.guards} | {each.name for each in step.effects}


def _barred(step: Step, severity: Severity) -> bool:
    return any(each.name == BARS and each.parameters.severity in (None, severity) for each in step.guards)
