"""The two-person rule: who judged a case in one role must not judge it in another.

Where one transition can come after another on some path, and the two may be taken by different judging roles
of which at least one decides, the later one must be guarded by `not_involved: {as: [the earlier role]}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .paths import Graph, Step
from .problems import Flaw
from .vocabulary import Vocabulary
from .workflow import Transition, Workflow

GUARD = "not_involved"


class Conflict(NamedTuple):
    """`earlier_role` may take `earlier`, then `way` leads to where `later_role` may take `later`."""

    earlier: str
    earlier_role: str
    way: list[Step]
    later: str
    later_role: str


def check_two_persons(workflow: Workflow, graph: Graph, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """One flaw for each transition and each role that must be kept out of it, with a path on which one person
    could act in both."""
    for later, transition in workflow.transitions.items():
        conflicts = {each.earlier_role: each for each in _conflicts(later, workflow, graph, vocabulary)}
        missing = set(conflicts) - kept_out(transition)
        for role in sorted(missing):
            yield Flaw(
                ("transitions", later), _message(conflicts[role], workflow, missing | kept_out(transition))
            )


def kept_out(transition: Transition) -> set[str]:
    """The roles whose holders the transition refuses when they acted in them before."""
    roles: set[str] = set()
    for rule in transition.requires:
        if rule.name == GUARD:
            given = rule.parameters.get("as") if isinstance(rule.parameters, dict) else rule.parameters
            roles |= (
                {given} if isinstance(given, str) else set(map(str, given if isinstance(given, list) else ()))
            )
    return roles


def _conflicts(later: str, workflow: Workflow, graph: Graph, vocabulary: Vocabulary) -> Iterator[Conflict]:
    """All conflicts that end in `later`, for each earlier role the one with the shortest way last."""
    sources = workflow.transitions[later].from_
    found: list[Conflict] = []
    for earlier, transition in workflow.transitions.items():
        way = graph.path(transition.to, sources) if transition.to in workflow.states else None
        if way is not None:
            for first, second in _pairs(transition, workflow.transitions[later], vocabulary):
                found.append(Conflict(earlier, first, way, later, second))
    yield from sorted(found, key=lambda each: len(each.way), reverse=True)


def _pairs(earlier: Transition, later: Transition, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Different judging roles for the two transitions, at least one of which decides."""
    judging = vocabulary.reviewing | vocabulary.deciding
    for first in earlier.by:
        for second in later.by:
            if first != second and {first, second} <= judging and {first, second} & vocabulary.deciding:
                yield first, second


def _message(conflict: Conflict, workflow: Workflow, roles: set[str]) -> str:
    target = workflow.transitions[conflict.earlier].to
    states = " -> ".join([target, *(step[2] for step in conflict.way)])
    taken = "".join(f", then '{step[1]}'" for step in conflict.way)
    return (
        f"one person could take '{conflict.earlier}' as {conflict.earlier_role}{taken} ({states}) and then "
        f"'{conflict.later}' as {conflict.later_role}; add to the 'requires' of '{conflict.later}': "
        f"{GUARD}: {{as: [{', '.join(sorted(roles))}]}}"
    )
