"""Which side does not learn who is on the other: `anonymous` of a state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .problems import Flaw, instead
from .said import say
from .vocabulary import Vocabulary
from .workflow import State, Workflow

ORGANISATION, REVIEWERS = "organisation", "reviewers"
SIDES = (ORGANISATION, REVIEWERS)
APPLICANT = "applicant"
NAMING = ("trail", "votes", "ratings")
"""What a state may show in which people are called by their names."""
LETTERED = ("ratings",)
"""Of these, what calls reviewers by letters before those from whom they are kept."""


def check_anonymity(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """Names that stand for nothing, and a promise that another key would break."""
    for name, state in workflow.states.items():
        for index, side in enumerate(state.anonymous):
            path = ("states", name, "anonymous", index)
            if side not in SIDES:
                words = "unknown {what} '{name}'; {instead}"
                yield Flaw(path, say(words, what=say("side"), name=side, instead=instead(side, SIDES)))
        if ORGANISATION in state.anonymous:
            yield from _organisation(name, state, workflow, vocabulary)
        if REVIEWERS in state.anonymous:
            yield from _reviewers(name, state, workflow)


def _organisation(name: str, state: State, workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    path = ("states", name, "anonymous")
    declaring = workflow.reviewing.declare if workflow.reviewing else ()
    for role in sorted(vocabulary.reviewing):
        if role in declaring:
            words = (
                "'{role}' declares interests in an organisation that is kept from them here; leave 'organisation'"
                " out of 'anonymous', or '{role}' out of 'declare'"
            )
            yield Flaw(path, say(words, role=role))
        yield from _named(path, state, role, ORGANISATION, NAMING)


def _reviewers(name: str, state: State, workflow: Workflow) -> Iterator[Flaw]:
    path = ("states", name, "anonymous")
    if workflow.reviewing and workflow.reviewing.objection is not None:
        words = (
            "the organisation may object to its reviewers, so it is told who they are; leave 'reviewers' out of"
            " 'anonymous', or 'objection' out of 'reviewing'"
        )
        yield Flaw(path, say(words))
    yield from _named(path, state, APPLICANT, REVIEWERS, [each for each in NAMING if each not in LETTERED])


def _named(
    path: tuple[str, ...], state: State, role: str, side: str, naming: Sequence[str]
) -> Iterator[Flaw]:
    for thing in state.shows.get(role, ()):
        if thing in naming:
            words = (
                "'{thing}', which is shown to '{role}', calls people by their names; leave it out of 'shows', or"
                " '{side}' out of 'anonymous'"
            )
            yield Flaw(path, say(words, thing=thing, role=role, side=side))
