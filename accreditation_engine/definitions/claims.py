"""Conditions as claims about scores that can be compared: which follows from which, which exclude each other.

Everything here errs on the safe side: what is said to follow does follow, for every sheet; much that follows is
not seen. What is seen: the same thing asked for with another bound, of more or fewer areas or criteria; all areas
against the whole; all criteria against a count; and these through `all`, `any` and `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from .base import as_text
from .conditions import Condition, kind_of
from .rubric import Rubric
from .said import Said, say

WHOLE = frozenset({"the whole"})
MOST = 200
"""Claims in one condition; of more, nothing is said, for every pair of them is looked at."""


@dataclass(frozen=True)
class Claim:
    """A leaf: that the lowest of `nodes` is at least `number` (or, not `above`, that it is below).

    `what` says of which kind the nodes are: "score" (the whole), "area", "criterion", "growth"; or "count", where
    the claim is about how many of `nodes` are rated at most or at least `rating` (`rated`), or are answered so:
    `above` then means at least `number` of them, else at most `number`.
    """

    what: str
    nodes: frozenset[str]
    above: bool
    number: Decimal
    unit: str = ""
    rated: str = ""
    rating: Decimal = Decimal(0)
    answered: str | None = None

    def opposite(self) -> Claim:
        """Its negation; for what does not apply, both hold."""
        if self.what != "count":
            return replace(self, above=not self.above)
        return replace(self, above=not self.above, number=self.number + (-1 if self.above else 1))

    def said(self, beside: Claim | None = None) -> Said:
        """What it claims: "a score at least 85". Said `beside` a claim about the same, what it is about is left
        out: "a score at least 85 and below 90"."""
        if self.what == "count":
            counted = (
                "at least {number} criteria {how}" if self.above else "no more than {number} criteria {how}"
            )
            return say(counted, number=as_text(self.number), how=self._counted())
        bound = say("at least {number}" if self.above else "below {number}", number=as_text(self.number))
        about = self._about()
        if beside is not None and beside.what != "count" and beside._about() == about:
            return bound
        return say("{about} {bound}", about=about, bound=bound)

    def _about(self) -> Said:
        if self.what == "score":
            return say("a score")
        if self.what == "growth":
            return say("growth")
        area, count = self.what == "area", len(self.nodes)
        if count == 1:
            return say("area '{id}'" if area else "criterion '{id}'", id=next(iter(self.nodes)))
        if self.above:
            return say("all of {count} areas" if area else "all of {count} criteria", count=count)
        return say("one of {count} areas" if area else "one of {count} criteria", count=count)

    def _counted(self) -> Said:
        if not self.rated:
            return say("answered {word}", word=self.answered)
        lower = self.rated == "at_most"
        return say(
            "rated {rating} or lower" if lower else "rated {rating} or higher", rating=as_text(self.rating)
        )


@dataclass(frozen=True)
class Tree:
    """Claims of which all hold, or (not `every`) at least one."""

    every: bool
    parts: tuple[Tree | Claim, ...]


def claimed(condition: Condition, rubric: Rubric, wanted: bool = True) -> Tree | Claim:
    """What `condition` claims of a sheet of `rubric`; with `wanted=False`, what its negation does."""
    kind = str(kind_of(condition))
    inside = getattr(condition, "not_" if kind == "not" else kind)
    if kind == "not":
        return claimed(inside, rubric, not wanted)
    if kind in ("all", "any"):
        return Tree((kind == "all") is wanted, tuple(claimed(each, rubric, wanted) for each in inside))
    leaf = _LEAVES[kind](inside, rubric)
    return leaf if wanted else leaf.opposite()


def _score(test: Any, rubric: Rubric) -> Claim:
    if test.below is not None:
        return Claim("score", WHOLE, False, test.below, test.on)
    return Claim("score", WHOLE, True, test.at_least, test.on)


def _every_area(test: Any, rubric: Rubric) -> Claim:
    return Claim("area", frozenset(each.id for each in rubric.every_area()), True, test.at_least, test.on)


def _among(names: tuple[str, ...], rubric: Rubric) -> frozenset[str]:
    return frozenset(each.id for each in rubric.criteria_among(names))


def _count(test: Any, rubric: Rubric) -> Claim:
    above = test.no_more_than is None
    number = Decimal(test.at_least if above else test.no_more_than)
    if test.word is not None:
        return Claim("count", _among(test.among, rubric), above, number, answered=test.word)
    rated = "at_most" if test.rating_at_most is not None else "at_least"
    rating = test.rating_at_most if test.rating_at_most is not None else test.rating_at_least
    return Claim(
        "count", _among(test.among, rubric), above, number, rated=rated, rating=rating, answered=test.answered
    )


_LEAVES: dict[str, Callable[[Any, Rubric], Claim]] = {
    "score": _score,
    "area": lambda test, rubric: Claim("area", frozenset({test.id}), True, test.at_least, test.on),
    "every_area": _every_area,
    "criterion": lambda test, rubric: Claim("criterion", frozenset({test.id}), True, test.at_least),
    "every_criterion": lambda test, rubric: Claim(
        "criterion", _among(test.among, rubric), True, test.at_least
    ),
    "count": _count,
    "growth": lambda test, rubric: Claim("growth", WHOLE, True, test.at_least),
}


@dataclass
class Logic:
    """What follows from what on sheets of `rubric`."""

    rubric: Rubric

    def __post_init__(self) -> None:
        self.applies = "not_applicable" not in self.rubric.scale.also
        self.top = frozenset(each.id for each in self.rubric.areas)
        self._known: dict[tuple[int, int], tuple[Tree | Claim, Tree | Claim, bool]] = {}

    def follows(self, one: Tree | Claim, other: Tree | Claim) -> bool:
        """Whether every sheet on which `one` holds is known to be one on which `other` does."""
        if _size(one) > MOST or _size(other) > MOST:
            return False
        key = (id(one), id(other))  # of objects that are kept beside it, so that no other can have their ids
        if key not in self._known:
            self._known[key] = (one, other, self._follows(one, other))
        return self._known[key][-1]

    def _follows(self, one: Tree | Claim, other: Tree | Claim) -> bool:
        if isinstance(one, Tree) and not one.every:
            return all(self.follows(each, other) for each in one.parts)
        if isinstance(other, Tree) and other.every:
            return all(self.follows(one, each) for each in other.parts)
        if isinstance(one, Tree) and any(self.follows(each, other) for each in one.parts):
            return True
        if isinstance(other, Tree):
            return any(self.follows(one, each) for each in other.parts)
        return isinstance(one, Claim) and self.leaf_follows(one, other)

    def leaf_follows(self, one: Claim, other: Claim) -> bool:
        if one.what == other.what == "count":
            return self._count_follows(one, other)
        if (one.what, other.what) == ("criterion", "count"):
            return self._none_below(one, other)
        if (one.what, other.what) == ("area", "score"):
            return self._whole_follows(one, other)
        return (one.what, one.unit) == (other.what, other.unit) and self._bound_follows(one, other)

    def _bound_follows(self, one: Claim, other: Claim) -> bool:
        if one.above and other.above:
            return one.number >= other.number and other.nodes <= one.nodes
        if one.above or other.above or one.number > other.number:
            return False
        return other.nodes == one.nodes or (self.applies and other.nodes >= one.nodes)

    def _whole_follows(self, one: Claim, other: Claim) -> bool:
        """No mean of areas, of whatever kind, is below the lowest of them; a share of criteria met may be."""
        comparable = self.rubric.combine != "share_met" and one.unit == other.unit == "percent"
        return (
            comparable and one.above and other.above and self.top <= one.nodes and one.number >= other.number
        )

    def _none_below(self, one: Claim, other: Claim) -> bool:
        """Criteria that are all at least so high leave none that is rated lower."""
        lower = other.rated == "at_most" and other.rating < one.number and other.number >= 0
        return one.above and not other.above and lower and other.nodes <= one.nodes

    def _count_follows(self, one: Claim, other: Claim) -> bool:
        if (one.above, one.rated) != (other.above, other.rated):
            return False
        if one.above:  # at least n of many: also at least fewer, of more criteria, counted more widely
            return one.number >= other.number and one.nodes <= other.nodes and _wider(other, one)
        return one.number <= other.number and one.nodes >= other.nodes and _wider(one, other)

    def excludes(self, one: Claim, other: Claim) -> bool:
        """Whether no sheet is known on which both could hold."""
        exact = self.applies or other.what in ("score", "count", "growth")
        return exact and self.leaf_follows(one, other.opposite())

    def clash(self, tree: Tree | Claim) -> tuple[Claim, Claim] | None:
        """Two claims of `tree` that exclude each other, so that it never holds. None where none is seen."""
        return self._clash([tree]) if _size(tree) <= MOST else None

    def _clash(self, trees: list[Tree | Claim]) -> tuple[Claim, Claim] | None:
        leaves = [leaf for each in trees for leaf in certain(each)]
        for at, one in enumerate(leaves):
            for other in leaves[:at]:
                if self.excludes(one, other) or self.excludes(other, one):
                    return (other, one)
        return next((found for each in trees for found in self._choices(each, leaves)), None)

    def _choices(self, tree: Tree | Claim, leaves: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
        """A clash in every way to meet a part of which one is enough: the first of them."""
        for choice in _choices(tree):
            clashes = [self._clash([*leaves, part]) for part in choice.parts]
            if all(clashes):
                yield from (each for each in clashes[:1] if each)


def _wider(one: Claim, other: Claim) -> bool:
    """Whether `one` counts every criterion that `other` counts."""
    if one.answered != other.answered and not (one.answered is None and other.answered == "number"):
        return False
    if one.rated == "at_most":
        return one.rating >= other.rating
    return one.rating <= other.rating


def _size(tree: Tree | Claim) -> int:
    return 1 if isinstance(tree, Claim) else sum(_size(each) for each in tree.parts)


def certain(tree: Tree | Claim) -> Iterator[Claim]:
    """The claims that must all hold."""
    if isinstance(tree, Claim):
        yield tree
    elif tree.every or len(tree.parts) == 1:
        for each in tree.parts:
            yield from certain(each)


def _choices(tree: Tree | Claim) -> Iterator[Tree]:
    """The parts that must hold and of which one way is enough."""
    if isinstance(tree, Tree) and not tree.every and len(tree.parts) > 1:
        yield tree
    elif isinstance(tree, Tree):
        for each in tree.parts:
            yield from _choices(each)
