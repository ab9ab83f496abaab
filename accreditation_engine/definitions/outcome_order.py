"""Outcomes in the wrong order. The best stands first, so whoever meets one is expected to meet those beneath too.

A flaw is what cannot be meant by that order:

* a lower outcome asks for more than a better one of the very same thing (a score of 90, where the better asks for
  85), and nothing else that the better one asks for makes up for it. Outcomes that differ by gates, of which the
  better has none, are left alone, and so is what holds whenever the better one does: that is how to write it where
  a lower outcome is meant to ask for more (`any`, with the condition of the better one as one way);
* a lower outcome that asks for no more than a better one is valid for longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .claims import Claim, Logic, Tree, certain, claimed
from .durations import after
from .problems import Flaw
from .rubric import Outcome, Rubric
from .said import say

FROM_TWO_DAYS = (date(2023, 2, 1), date(2024, 2, 1))
"""A year has 365 or 366 days: what is longer is so from either day."""


def outcomes_out_of_order(rubric: Rubric) -> Iterator[Flaw]:
    """At most one flaw of each kind for an outcome."""
    order = _Order(rubric)
    for at in range(1, len(rubric.outcomes)):
        yield from order.asks_for_more(at)
        yield from order.is_valid_for_longer(at)


class _Order:
    def __init__(self, rubric: Rubric) -> None:
        self.logic = Logic(rubric)
        self.outcomes = rubric.outcomes
        self.claims = [None if each.when is None else claimed(each.when, rubric) for each in rubric.outcomes]

    def above(self, at: int) -> Iterator[tuple[Outcome, Tree | Claim]]:
        for better, claim in zip(self.outcomes[:at], self.claims[:at], strict=True):
            if claim is not None:
                yield better, claim

    def asks_for_more(self, at: int) -> Iterator[Flaw]:
        claim = self.claims[at]
        if claim is None:
            return
        for better, its_claim in self.above(at):
            for more, less in self._more(claim, its_claim):
                words = (
                    "this asks for {more}, but '{better}', which stands above it, for {less}; the best outcome"
                    " stands first: change their order or a number, or, where it is meant, let whoever meets"
                    " '{better}' meet this too ('any:' with the condition of '{better}' and this one)"
                )
                said = say(words, more=more.said(), less=less.said(), better=better.outcome)
                yield Flaw(("outcomes", at, "when"), said)
                return

    def _more(self, lower: Tree | Claim, better: Tree | Claim) -> Iterator[tuple[Claim, Claim]]:
        """What `lower` asks for and what `better` asks for of the same thing, where that is less."""
        if self.logic.follows(better, lower):
            return
        for more in certain(lower):
            for less in certain(better):
                stronger = _of_the_same(more, less) and self._stronger(more, less)
                if stronger and not self.logic.follows(better, more):
                    yield more, less

    def _stronger(self, one: Claim, other: Claim) -> bool:
        return self.logic.leaf_follows(one, other) and not self.logic.leaf_follows(other, one)

    def is_valid_for_longer(self, at: int) -> Iterator[Flaw]:
        lower, claim = self.outcomes[at], self.claims[at]
        for better, its_claim in self.above(at):
            follows = claim is None or self.logic.follows(its_claim, claim)
            if follows and _longer(lower.valid_for, better.valid_for):
                words = (
                    "valid for longer ({longer}) than '{better}' ({shorter}), which stands above it and asks for"
                    " no less; the best outcome stands first: change their order or 'valid_for'"
                )
                times = {"longer": lower.valid_for, "shorter": better.valid_for}
                yield Flaw(("outcomes", at, "valid_for"), say(words, better=better.outcome, **times))
                return


def _of_the_same(one: Claim, other: Claim) -> bool:
    """Whether they set a bound of the same kind to the same thing."""
    return (one.what, one.unit, one.above, one.nodes, one.rated, one.answered) == (
        other.what,
        other.unit,
        other.above,
        other.nodes,
        other.rated,
        other.answered,
    )


def _longer(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    return all(after(day, one) > after(day, other) for day in FROM_TWO_DAYS)
