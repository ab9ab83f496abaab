"""The two-person rule: who judged a case in one role must not judge it in another.

Where one transition can come after another on some path, and the two may be taken by different judging roles
of which at least one decides, the later one must be guarded by `not_involved: {as: [the earlier role]}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .paths import Graph, Step
from .problems import Flaw
from .said import Said, joined, say
from .vocabulary import Vocabulary
from .workflow import Transition, Workflow

GUARD = "not_involved"


class Conflict(NamedTuple):
    """`earlier_role` may take `earlier`, after which `later_role` may come to take `later`."""

    earlier: str
    earlier_role: str
    later: str
    later_role: str


def check_two_persons(workflow: Workflow, graph: Graph, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """One flaw for each transition and each role that must be kept out of it, with a path on which one person
    could act in both."""
    for later, transition in workflow.transitions.items():
        conflicts = _conflicts(later, workflow, graph, vocabulary)
        kept = kept_out(transition)
        missing = conflicts.keys() - kept
        for role in sorted(missing):
            way = _way(conflicts[role], workflow, graph)
            yield Flaw(("transitions", later), _message(conflicts[role], way, workflow, missing | kept))


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


def _conflicts(later: str, workflow: Workflow, graph: Graph, vocabulary: Vocabulary) -> dict[str, Conflict]:
    """{earlier role: a conflict that ends in `later`}, one without a detour where there is one."""
    found: dict[str, Conflict] = {}
    sources = set(workflow.transitions[later].from_)
    by_distance = sorted(workflow.transitions, key=lambda name: workflow.transitions[name].to not in sources)
    for earlier in by_distance:
        transition = workflow.transitions[earlier]
        pairs = list(_pairs(transition, workflow.transitions[later], vocabulary))
        if pairs and transition.to in workflow.states and sources & graph.reachable(transition.to):
            for first, second in pairs:
                found.setdefault(first, Conflict(earlier, first, later, second))
    return found


def _way(conflict: Conflict, workflow: Workflow, graph: Graph) -> list[Step]:
    """The shortest way from where the earlier transition leads to where the later one starts."""
    sources = workflow.transitions[conflict.later].from_
    return graph.path(workflow.transitions[conflict.earlier].to, sources) or []


def _pairs(earlier: Transition, later: Transition, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Different judging roles for the two transitions, at least one of which decides."""
    judging = vocabulary.reviewing | vocabulary.deciding
    for first in earlier.by:
        for second in later.by:
            if first != second and {first, second} <= judging and {first, second} & vocabulary.deciding:
                yield first, second


def _message(conflict: Conflict, way: list[Step], workflow: Workflow, roles: set[str]) -> Said:
    states = " -> ".join([workflow.transitions[conflict.earlier].to, *(step[2] for step in way)])
    between = [say(", then '{step}'", step=step[1]) for step in way]
    words = (
        "one person could take '{earlier}' as {earlier_role}{between} ({states}) and then '{later}' as"
        " {later_role}; add to the 'requires' of '{later}': {guard}"
    )
    guard = f"{GUARD}: {{as: [{', '.join(sorted(roles))}]}}"
    return say(words, **conflict._asdict(), between=joined(between), states=states, guard=guard)
