"""How far a weight can move, in hundredths, before the first outcome flips.

As one weight grows, every score moves one way only, towards the part that it weighs: all ways to combine are
monotone in a part's share. So a dossier passes each threshold at most once on the way, and where the same dossiers
pass at both ends of a stretch, no outcome changes within it. The search halves the other stretches, nearest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from accreditation_engine.definitions.rubric import Area, Rubric

from .edits import weighed, with_weight
from .margins import Flip, Margin
from .rescoring import Rescored
from .shares import Node

UNIT = Decimal("0.01")
FARTHEST = 10
"""The search goes to this many times the largest weight beside it: from there on the others hardly count."""
MEANS = ("weighted_mean", "mean_unless_zero")


def weight_margins(now: Rescored, names: Iterable[str] | None = None) -> list[Margin]:
    """A margin for each area and criterion in `names` (all areas when left out) whose weight matters: it stands in
    a mean, beside others that weigh something."""
    wanted = {each.id for each in now.rubric.every_area()} if names is None else set(names)
    owners: list[Rubric | Area] = [now.rubric, *now.rubric.every_area()]
    return [
        _Search(now, part.id, [each.weight for each in owner.parts]).margin(part.weight)
        for owner in owners
        if owner.combine in MEANS
        for part in owner.parts
        if part.id in wanted and any(each.weight for each in owner.parts if each.id != part.id)
    ]


@dataclass(frozen=True)
class _Search:
    now: Rescored
    name: str
    beside: list[Decimal]

    def margin(self, weight: Decimal) -> Margin:
        highest = (max(self.beside) * FARTHEST).quantize(UNIT)
        down, up = self.first(weight, Decimal(0)), self.first(weight, highest)
        return Margin(self.name, weight, down, up, (Decimal(0), highest))

    def first(self, start: Decimal, end: Decimal) -> Flip | None:
        """The flip nearest to `start` on the way to `end`."""
        near, far = _Point(start, self.now), self.at(end)
        stretches = [(near, far)] if start != end else []
        while stretches:
            near, far = stretches.pop()
            if near.alike(far):
                continue
            if abs(near.weight - far.weight) <= UNIT:
                if far.differs(self.now):
                    return Flip(far.weight, near.weight, far.changed(self.now))
                continue
            middle = self.at(((near.weight + far.weight) / 2).quantize(UNIT))
            stretches += [(middle, far), (near, middle)]
        return None

    def at(self, weight: Decimal) -> _Point:
        return _Point(weight, self.now.again(with_weight(self.now.rubric, self.name, weight), kept=self.kept))

    @cached_property
    def kept(self) -> dict[str, Node]:
        """The areas that the weight does not touch: all but those around it."""
        around = {area.id for area in _around(self.now.rubric, self.name)}
        return {name: node for name, node in self.now.shares.areas.items() if name not in around}


@dataclass(frozen=True)
class _Point:
    weight: Decimal
    found: Rescored

    def alike(self, other: _Point) -> bool:
        """Whether all dossiers pass the same thresholds and have the same outcomes at both points."""
        return bool((self.found.ranks == other.found.ranks).all()) and all(
            bool((one == two).all()) for one, two in zip(self.found.leaves, other.found.leaves, strict=True)
        )

    def differs(self, now: Rescored) -> bool:
        return bool((self.found.ranks != now.ranks).any())

    def changed(self, now: Rescored) -> tuple[object, ...]:
        rows = np.flatnonzero(self.found.ranks != now.ranks).tolist()
        return tuple(now.matrix.dossiers[row] for row in rows)


def _around(rubric: Rubric, name: str) -> list[Area]:
    """The areas that hold the area or criterion `name`, at any depth."""
    return [each for each in rubric.every_area() if name in {node.id for _, node in weighed(each)}]
