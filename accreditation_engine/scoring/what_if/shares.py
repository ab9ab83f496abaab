"""A rubric's tree scored on many dossiers at once: as `scoring.scores`, but in binary floats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from accreditation_engine.definitions.conditions import Unit
from accreditation_engine.definitions.rubric import Area, Criterion, Rubric

from .means import BY_WEIGHT, Floats, divided, points
from .tables import Tables


@dataclass(frozen=True)
class Node:
    """An area or the whole. `share` is 0..1, NaN where nothing in it counts; `low` and `high` are the ends of
    the unit of its score, a number or one for each dossier."""

    share: Floats
    low: Floats | float
    high: Floats | float

    def value(self, unit: Unit) -> Floats:
        """In percent or in its own unit."""
        if unit == "percent":
            return 100.0 * self.share
        return np.asarray(self.low + self.share * (self.high - self.low), dtype=np.float64)

    @property
    def reach(self) -> float:
        """The largest number that its value can have, in either unit."""
        return max(100.0, _largest(self.low), _largest(self.high))


@dataclass(frozen=True)
class Shares:
    """All nodes of a rubric: `whole`, and `areas` of every depth by id."""

    tables: Tables
    whole: Node
    areas: Mapping[str, Node]


def score_all(tables: Tables, kept: Mapping[str, Node] | None = None) -> Shares:
    """Score every node. Areas in `kept` are taken from there as they are, and so is all beneath them."""
    walk = _Walk(tables, dict(kept or {}))
    whole = walk.measure(tables.rubric)
    return Shares(tables, whole, walk.areas)


class _Walk:
    def __init__(self, tables: Tables, kept: dict[str, Node]) -> None:
        self.tables, self.areas, self.kept = tables, kept, frozenset(kept)
        scale = tables.rubric.scale
        self.low, self.high = float(scale.minimum), float(scale.maximum)

    def area(self, area: Area) -> Node:
        if area.id not in self.kept:
            self.areas[area.id] = self.measure(area)
        return self.areas[area.id]

    def measure(self, owner: Rubric | Area) -> Node:
        parts = [self.part(each) for each in owner.parts]
        if owner.combine == "share_met":
            return Node(self.share_met(owner), 0.0, 100.0)
        shares = np.column_stack([part.share for part in parts])
        if owner.combine == "sum":
            rooms = np.column_stack(
                [np.broadcast_to(part.high - part.low, part.share.shape) for part in parts]
            )
            return Node(points(shares, rooms), *self.points_unit(owner, parts))
        share = BY_WEIGHT[owner.combine](shares, _weights(owner))
        if owner.combine == "distance":
            return Node(share, 0.0, 100.0)
        declared = _maximum(owner)
        return Node(share, self.low, self.high if declared is None else float(declared))

    def part(self, part: Criterion | Area) -> Node:
        """What a part brings to the node above: its share, and the points that it has in a sum."""
        if isinstance(part, Criterion):
            return Node(self.tables.shares(part), self.low, float(self.tables.rubric.ceiling(part)))
        node, declared = self.area(part), _maximum(part)
        return node if declared is None else Node(node.share, self.low, float(declared))

    def points_unit(self, owner: Rubric | Area, parts: list[Node]) -> tuple[Floats | float, Floats | float]:
        declared = _maximum(owner)
        if declared is not None:
            return self.low, float(declared)
        counts = [~np.isnan(part.share) for part in parts]
        low = sum(np.where(each, part.low, 0.0) for each, part in zip(counts, parts, strict=True))
        high = sum(np.where(each, part.high, 0.0) for each, part in zip(counts, parts, strict=True))
        return np.asarray(low), np.asarray(high)

    def share_met(self, owner: Rubric | Area) -> Floats:
        met_at = owner.met_at
        if met_at is None:
            raise ValueError(f"{owner.id} combines by share_met and does not say met_at")
        codes = self.tables.codes_of(each.id for each in _leaves(owner))
        met = self.tables.meanings.rated(lambda rating: rating >= met_at, otherwise=False)
        counts = self.tables.meanings.rated(lambda rating: True, otherwise=False)
        return divided(met[codes].sum(axis=1), counts[codes].sum(axis=1))


def _largest(numbers: Floats | float) -> float:
    """Without regard to signs; most ends are one number, for which numpy is slow."""
    return abs(numbers) if isinstance(numbers, float) else float(np.max(np.abs(numbers), initial=0))


def _weights(owner: Rubric | Area) -> Floats:
    """Relative to the largest, so that no weight is too large for a float."""
    largest = max((part.weight for part in owner.parts), default=0)
    return np.array([float(part.weight / largest) if largest else 0.0 for part in owner.parts])


def _leaves(owner: Rubric | Area) -> Iterable[Criterion]:
    return owner.leaves() if isinstance(owner, Area) else owner.every_criterion()


def _maximum(owner: Rubric | Area) -> Decimal | None:
    return owner.maximum if isinstance(owner, Area) else None
