"""Whether the section `reviewing` of a workflow asks for something that can be done."""

from __future__ import annotations

from collections.abc import Iterator

from .problems import Flaw, instead
from .reviewing import Reviewing
from .said import listed, say
from .vocabulary import Vocabulary
from .workflow import Workflow


def check_reviewing(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    if workflow.reviewing is not None:
        yield from _declaring(workflow.reviewing, vocabulary)
        yield from _claiming(workflow, workflow.reviewing, vocabulary)
        yield from _drawing(workflow.reviewing)


def _claiming(workflow: Workflow, reviewing: Reviewing, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """A place is taken while reviews are worked on."""
    asked = {rule.name for transition in workflow.transitions.values() for rule in transition.requires}
    if reviewing.claim and vocabulary.sends_reviews and not asked.intersection(vocabulary.sends_reviews):
        words = (
            "no step asks for {guards}, so no review is ever worked on and no place can be taken; add it to the"
            " 'requires' of the step that sends a review, or remove 'claim'"
        )
        yield Flaw(("reviewing", "claim"), say(words, guards=listed(sorted(vocabulary.sends_reviews))))


def _drawing(reviewing: Reviewing) -> Iterator[Flaw]:
    """Nobody is drawn beyond the places."""
    if reviewing.draw.seniors > reviewing.places:
        words = (
            "'seniors' asks for {seniors} and there are {places} places; write at most {places}, or raise"
            " 'places'"
        )
        numbers = {"seniors": reviewing.draw.seniors, "places": reviewing.places}
        yield Flaw(("reviewing", "draw", "seniors"), say(words, **numbers))


def _declaring(reviewing: Reviewing, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """Only those who judge declare interests, and each role is named once."""
    judging, seen = vocabulary.reviewing | vocabulary.deciding, set[str]()
    for index, role in enumerate(reviewing.declare):
        path = ("reviewing", "declare", index)
        if role not in vocabulary.roles:
            words = "unknown {what} '{name}'; {instead}"
            yield Flaw(path, say(words, what=say("role"), name=role, instead=instead(role, judging)))
        elif role not in judging:
            words = "'{role}' judges nothing, so it declares nothing; roles that judge: {names}"
            yield Flaw(path, say(words, role=role, names=listed(sorted(judging))))
        if role in seen:
            words = "'{name}' stands twice in '{list}'; remove one"
            yield Flaw(path, say(words, name=role, list="declare"))
        seen.add(role)
