"""Whoever decides does so on ratings that reviewers agree on, where a rubric bounds how far they may differ.

Ratings come with reviews. So no way may lead from a step that sends a review to one that decides without a step
in between that requires `reconciled`. Votes count as such a step where casting one requires it: what asks for
votes cannot come before them. Names that stand for nothing are reported by `workflow_checks` and passed over here.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .conditions import KINDS
from .paths import Graph, Step
from .problems import Flaw
from .rubric import Rubric
from .said import Said, joined, say
from .vocabulary import Vocabulary
from .workflow import Transition, Workflow

RECONCILED = "reconciled"
"""The guard that holds once reviewers agree, where there is one."""

SENDS_REVIEW = frozenset({"own_review_complete", "close_own_review"})
VOTING, COUNTING, NEW_BALLOT = "may_vote", "votes", "open_ballot"
DECIDING = frozenset({*KINDS, "outcome", COUNTING, "issue_certificate"})
"""What a step that decides asks for or does, whoever may take it."""


def check_reconciled(
    workflow: Workflow, rubrics: Mapping[str, Rubric], vocabulary: Vocabulary
) -> Iterator[Flaw]:
    """A flaw where no step waits until reviewers agree; else one for each step that may decide although they do
    not, with a way to it."""
    bounded = [
        (index, name)
        for index, name in enumerate(workflow.rubrics)
        if name in rubrics and rubrics[name].reconcile_above is not None
    ]
    if not bounded or RECONCILED not in vocabulary.guards:
        return
    if all(RECONCILED not in _words(each) for each in workflow.transitions.values()):
        for index, name in bounded:
            words = (
                "'{rubric}' has 'reconcile_above', but no step waits until reviewers agree; require '{guard}'"
                " after the reviews"
            )
            yield Flaw(("rubrics", index), say(words, rubric=name, guard=RECONCILED))
        return
    for name, way in _unreconciled(workflow, vocabulary).items():
        yield Flaw(("transitions", name), _message(name, way, bounded[0][1]))


@dataclass(frozen=True)
class _Moment:
    """Where a dossier stands; whether reviewers may be apart; whether votes lie in the ballot."""

    state: str
    apart: bool = False
    voted: bool = False


def _unreconciled(workflow: Workflow, vocabulary: Vocabulary) -> dict[str, list[Step]]:
    """{a step that decides: a shortest way to it, from the last review that was sent}."""
    graph, found = Graph.of(workflow), dict[str, list[Step]]()
    deciding = {name for name in workflow.transitions if _decides(name, workflow, vocabulary)}
    ways: dict[_Moment, list[Step]] = {_Moment(workflow.initial): []}
    ahead = deque(ways)
    while ahead:
        here = ahead.popleft()
        for step in graph.steps.get(here.state, ()):
            words = _words(workflow.transitions[step[1]])
            if COUNTING in words and not here.voted:
                continue
            way = [step] if words & SENDS_REVIEW else [*ways[here], step]
            after = _after(here, step, words)
            if here.apart and step[1] in deciding and RECONCILED not in words:
                found.setdefault(step[1], way)
                after = replace(after, apart=False)  # what comes of it is not said again
            if after not in ways:
                ways[after] = way
                ahead.append(after)
    return found


def _after(here: _Moment, step: Step, words: frozenset[str]) -> _Moment:
    apart = bool(words & SENDS_REVIEW) or (here.apart and RECONCILED not in words)
    return _Moment(step[2], apart, NEW_BALLOT not in words and (here.voted or VOTING in words))


def _decides(name: str, workflow: Workflow, vocabulary: Vocabulary) -> bool:
    """Whether the step decides by what it asks for or does, or by whose it is: those who decide may still send a
    dossier back to its reviewers."""
    transition, words = workflow.transitions[name], _words(workflow.transitions[name])
    if words & DECIDING:
        return True
    own = bool(vocabulary.deciding & set(transition.by))
    return own and VOTING not in words and not _back_to_reviews(transition.to, workflow, vocabulary)


def _back_to_reviews(state: str, workflow: Workflow, vocabulary: Vocabulary) -> bool:
    """Whether reviews can be sent from `state`, or later, before those who decide act again."""
    ahead, seen = [state], {state}
    while ahead:
        for each in workflow.leaving(ahead.pop()).values():
            if _words(each) & SENDS_REVIEW:
                return True
            if not vocabulary.deciding & set(each.by) and each.to not in seen:
                seen.add(each.to)
                ahead.append(each.to)
    return False


def _words(transition: Transition) -> frozenset[str]:
    """The guards and effects of a step."""
    return frozenset(rule.name for rule in (*transition.requires, *transition.then))


def _message(name: str, way: list[Step], rubric: str) -> Said:
    first, *further = way
    taken = joined(
        [say("'{step}'", step=first[1]), *(say(", then '{step}'", step=each[1]) for each in further)]
    )
    states = " -> ".join([first[0], *(step[2] for step in way)])
    words = (
        "'{name}' can be taken while reviewers are further apart than 'reconcile_above' of '{rubric}' allows:"
        " {taken} ({states}); add '{guard}' to the 'requires' of '{name}', or of a step on this way after the"
        " review"
    )
    return say(words, name=name, rubric=rubric, taken=taken, states=states, guard=RECONCILED)
