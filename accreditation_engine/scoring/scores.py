"""A rubric's tree with ratings at its leaves, scored from the leaves to the root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from accreditation_engine.definitions.rubric import Area, Criterion, Rounding, Rubric

from .combine import BY_SHARE, Part
from .rounding import rounded

HUNDRED = Fraction(100)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Node:
    """What an area or the whole came to. `score` is in the node's own unit, `percent` in 0..100, both rounded
    as the rubric declares; the exact values are beside them. All are None where nothing in it counts."""

    score: Decimal | None = None
    percent: Decimal | None = None
    exact_score: Fraction | None = None
    exact_percent: Fraction | None = None


@dataclass(frozen=True)
class Scores:
    """`counted` holds what each criterion counts for, None where it is not applicable; unanswered ones are
    not in it. `areas` holds the areas of every depth by id."""

    rubric: Rubric
    counted: Mapping[str, Fraction | None]
    whole: Node
    areas: Mapping[str, Node]

    def rating(self, criterion: str) -> Decimal | None:
        """What `criterion` counts for, rounded as declared; None where it is not applicable or unanswered."""
        value = self.counted.get(criterion)
        return None if value is None else rounded(value, self.rubric.rounding)

    @cached_property
    def ratings(self) -> Mapping[str, Decimal]:
        """What each criterion counts for that applies and is answered, in the order of the file."""
        ids = (each.id for each in self.rubric.every_criterion())
        return {each: rating for each in ids if (rating := self.rating(each)) is not None}


def score_tree(rubric: Rubric, counted: Mapping[str, Fraction | None]) -> Scores:
    """Score every node of `rubric`, {criterion id: number or None for not applicable} at its leaves."""
    walk = _Walk(rubric, counted)
    whole = walk.node(rubric)
    order = [area.id for area in rubric.every_area()]
    return Scores(rubric, counted, whole, {each: walk.areas[each] for each in order})


class _Walk:
    def __init__(self, rubric: Rubric, counted: Mapping[str, Fraction | None]) -> None:
        self.rubric, self.counted = rubric, counted
        self.low, self.high = Fraction(rubric.scale.minimum), Fraction(rubric.scale.maximum)
        self.areas: dict[str, Node] = {}

    def node(self, owner: Rubric | Area) -> Node:
        share, (low, high) = self.measure(owner)
        return _node(share, low, high, self.rubric.rounding)

    def measure(self, owner: Rubric | Area) -> tuple[Fraction | None, tuple[Fraction, Fraction]]:
        """The share of `owner`, and the unit of its score as (least, most)."""
        parts = list(self.parts(owner))
        if owner.combine == "share_met":
            return self.share_met(owner), (NOTHING, HUNDRED)
        return BY_SHARE[owner.combine](parts), self.unit(owner, parts)

    def unit(self, owner: Rubric | Area, parts: list[Part]) -> tuple[Fraction, Fraction]:
        if owner.combine == "distance":
            return NOTHING, HUNDRED
        declared = _declared(owner)
        if owner.combine == "sum" and declared is None:
            return sum((part.low for part in parts), NOTHING), sum((part.high for part in parts), NOTHING)
        return self.low, self.high if declared is None else declared

    def parts(self, owner: Rubric | Area) -> Iterator[Part]:
        for each in owner.parts:
            part = self.leaf(each) if isinstance(each, Criterion) else self.branch(each)
            if part is not None:
                yield part

    def leaf(self, criterion: Criterion) -> Part | None:
        rating = self.counted.get(criterion.id)
        if rating is None:
            return None
        high = self.high if criterion.maximum is None else Fraction(criterion.maximum)
        share = (rating - self.low) / (high - self.low) if self.low else rating / high
        return Part(Fraction(criterion.weight), share, self.low, high)

    def branch(self, area: Area) -> Part | None:
        share, (low, high) = self.measure(area)
        self.areas[area.id] = _node(share, low, high, self.rubric.rounding)
        declared = _declared(area)
        if declared is not None:  # what the area brings to a sum, whatever the unit of its own score
            low, high = self.low, declared
        return None if share is None else Part(Fraction(area.weight), share, low, high)

    def share_met(self, owner: Rubric | Area) -> Fraction | None:
        """The share of the criteria beneath `owner`, at any depth, that are rated at least `met_at`."""
        if owner.met_at is None:
            raise ValueError(f"{owner.id} combines by share_met and does not say met_at")
        ratings = [rating for each in _leaves(owner) if (rating := self.counted.get(each.id)) is not None]
        met = sum(rounded(rating, self.rubric.rounding) >= owner.met_at for rating in ratings)
        return Fraction(met, len(ratings)) if ratings else None


def _node(share: Fraction | None, low: Fraction, high: Fraction, rounding: Rounding) -> Node:
    if share is None:
        return Node()
    score, percent = low + share * (high - low), HUNDRED * share
    return Node(rounded(score, rounding), rounded(percent, rounding), score, percent)


def _declared(owner: Rubric | Area) -> Fraction | None:
    maximum = owner.maximum if isinstance(owner, Area) else None
    return None if maximum is None else Fraction(maximum)


def _leaves(owner: Rubric | Area) -> Iterator[Criterion]:
    for part in owner.parts:
        if isinstance(part, Criterion):
            yield part
        else:
            yield from _leaves(part)
