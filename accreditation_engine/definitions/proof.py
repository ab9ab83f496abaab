"""The static proof of a workflow: that every way leads somewhere, and nobody judges one case twice.

Names that stand for nothing are reported by `workflow_checks` and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator

from .paths import Graph
from .problems import Flaw
from .said import say
from .two_persons import check_two_persons
from .vocabulary import Vocabulary
from .workflow import State, Transition, Workflow
from .workflow_checks import SYSTEM


def prove(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """Every hole in the proof, with what to change."""
    graph = Graph.of(workflow)
    yield from _reachable(workflow, graph)
    yield from _finishes(workflow, graph)
    for name, state in workflow.states.items():
        yield from _final(name, state, workflow)
        yield from _waits(name, state, workflow)
        yield from _deadline(name, state, workflow)
    yield from _by_the_system(workflow, vocabulary)
    yield from check_two_persons(workflow, graph, vocabulary)


def _reachable(workflow: Workflow, graph: Graph) -> Iterator[Flaw]:
    if workflow.initial not in workflow.states:
        return
    reached = graph.reachable(workflow.initial)
    for name in workflow.states:
        if name not in reached:
            words = "no way leads from '{initial}' to '{state}'; add a transition to it, or remove it"
            yield Flaw(("states", name), say(words, initial=workflow.initial, state=name))


def _finishes(workflow: Workflow, graph: Graph) -> Iterator[Flaw]:
    final = {name for name, state in workflow.states.items() if state.final}
    if not final:
        yield Flaw(("states",), say("no state is final; write 'final: true' where the way ends"))
        return
    for name in workflow.states:
        if not final & graph.reachable(name):
            words = "no way leads from '{state}' to a final state; add a transition, or write 'final: true'"
            yield Flaw(("states", name), say(words, state=name))


def _final(name: str, state: State, workflow: Workflow) -> Iterator[Flaw]:
    if not state.final:
        return
    for transition in workflow.leaving(name):
        index = workflow.transitions[transition].from_.index(name)
        words = "'{state}' is final, so '{step}' cannot leave it; remove it here, or 'final: true' there"
        yield Flaw(("transitions", transition, "from", index), say(words, state=name, step=transition))
    if state.deadline is not None:
        words = "'{state}' is final, so nothing falls due; remove the deadline"
        yield Flaw(("states", name, "deadline"), say(words, state=name))


def _waits(name: str, state: State, workflow: Workflow) -> Iterator[Flaw]:
    """Whom a state waits for must be able to do something there."""
    if state.waits_for is None:
        return
    if not any(state.waits_for in each.by for each in workflow.leaving(name).values()):
        words = (
            "'{state}' waits for {role}, who can take no transition from it; add '{role}' to the 'by' of one that"
            " leaves '{state}'"
        )
        yield Flaw(("states", name, "waits_for"), say(words, state=name, role=state.waits_for))


def _deadline(name: str, state: State, workflow: Workflow) -> Iterator[Flaw]:
    transition = workflow.transitions.get(state.deadline.then) if state.deadline else None
    if state.deadline is None or transition is None or state.final:
        return
    path, then = ("states", name, "deadline", "then"), state.deadline.then
    if name not in transition.from_:
        words = "'{step}' does not leave '{state}'; add '{state}' to its 'from', or name another"
        yield Flaw(path, say(words, step=then, state=name))
    elif transition.to == name:
        words = "'{step}' leads back to '{state}', so the deadline ends nothing; name another"
        yield Flaw(path, say(words, step=then, state=name))


def _by_the_system(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    subject = vocabulary.subjects.get(workflow.subject)
    timed = {state.deadline.then for state in workflow.states.values() if state.deadline}
    taken = timed | subject.of_itself if subject else timed
    for name, transition in workflow.transitions.items():
        if _only_system(transition) and name not in taken:
            words = "only the system may take '{step}', but no deadline does; add a role, or a deadline"
            yield Flaw(("transitions", name, "by"), say(words, step=name))


def _only_system(transition: Transition) -> bool:
    return set(transition.by) == {SYSTEM}
