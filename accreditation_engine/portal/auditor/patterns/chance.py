"""How often two reviewers meet by chance, given how often each of them reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import combinations
from math import exp, fsum, lgamma, log, log1p

Reviewer = Hashable


@dataclass(frozen=True)
class Pair:
    """Two who reviewed `together` files; by chance it would be about `expected`, and so often or more with the
    probability `chance`."""

    one: Reviewer
    other: Reviewer
    together: int
    expected: float
    chance: float


def pairs(files: Iterable[frozenset[Reviewer]]) -> list[Pair]:
    """Every pair that met, from the reviewers of each file.

    Chance is this: beside somebody each further seat of a file goes to another in proportion to the seats that the
    other has in all. Of the two ways to see a pair, from either side, the one that makes less of it counts.
    """
    seats, beside, met = Counter[Reviewer](), Counter[Reviewer](), Counter[frozenset[Reviewer]]()
    for reviewers in files:
        for each in reviewers:
            seats[each] += 1
            beside[each] += len(reviewers) - 1
        met.update(frozenset(pair) for pair in combinations(reviewers, 2))
    whole = sum(seats.values())
    return [_pair(pair, count, seats, beside, whole) for pair, count in met.items()]


def _pair(
    pair: frozenset[Reviewer],
    together: int,
    seats: Counter[Reviewer],
    beside: Counter[Reviewer],
    whole: int,
) -> Pair:
    one, other = sorted(pair, key=str)
    sides = []
    for here, there in ((one, other), (other, one)):
        share = seats[there] / (whole - seats[here])
        sides.append((at_least(together, beside[here], share), beside[here] * share))
    chance, expected = max(sides)
    return Pair(one, other, together, expected, chance)


def at_least(count: int, tries: int, share: float) -> float:
    """The probability of `count` or more among `tries` that each succeed with the probability `share`."""
    if count <= 0:
        return 1.0
    if share <= 0 or count > tries:
        return 0.0
    if share >= 1:
        return 1.0
    whole = lgamma(tries + 1)
    return min(
        1.0,
        fsum(
            exp(
                whole
                - lgamma(each + 1)
                - lgamma(tries - each + 1)
                + each * log(share)
                + (tries - each) * log1p(-share)
            )
            for each in range(count, tries + 1)
        ),
    )
