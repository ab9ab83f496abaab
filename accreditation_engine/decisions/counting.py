"""Counting a ballot: pure, so that it can be tried with every number there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

ABSTAIN = "abstain"


@dataclass(frozen=True)
class Count:
    """How often each choice was made, abstention among them; `casting` is the one that decides where votes are
    equal, "" for none."""

    votes: Counter[str]
    casting: str = ""

    @property
    def cast(self) -> int:
        return self.votes.total()

    @property
    def choosing(self) -> int:
        """How many did not abstain."""
        return self.cast - self.votes[ABSTAIN]

    @property
    def leading(self) -> frozenset[str]:
        """The choices that most made; empty while nobody chose anything."""
        made = {choice: count for choice, count in self.votes.items() if choice != ABSTAIN and count}
        return frozenset(choice for choice, count in made.items() if count == max(made.values()))

    @property
    def tied(self) -> bool:
        return len(self.leading) > 1

    def carries(self, choice: str, share: Fraction, *, more_than: bool) -> bool:
        """Whether at least `share` of those who did not abstain, or more than it, made `choice`."""
        if self.choosing == 0:
            return False
        got = Fraction(self.votes[choice], self.choosing)
        return got > share if more_than else got >= share

    def carried_by_casting(self, choice: str) -> bool:
        """Whether votes are equal, and the casting vote is for `choice`, one of those with most."""
        return self.tied and choice in self.leading and choice == self.casting
