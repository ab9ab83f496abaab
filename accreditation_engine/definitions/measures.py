"""Which numbers are possible in a rubric: the ratings a criterion can get, the scores a node can come to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .base import as_text
from .conditions import Unit
from .rubric import Area, Criterion, Rubric
from .said import Said, say

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Range:
    """Numbers from `low` to `high`, both included, in steps of `step` from `low` when there is a step."""

    low: Decimal
    high: Decimal
    step: Decimal | None = None

    def __contains__(self, number: Decimal) -> bool:
        if not self.low <= number <= self.high:
            return False
        return self.step is None or (number - self.low) % self.step == 0

    def said(self) -> Said:
        """From where to where, and in which steps."""
        ends = {"low": as_text(self.low), "high": as_text(self.high)}
        if self.step is None:
            return say("from {low} to {high}", **ends)
        return say("from {low} to {high} in steps of {step}", **ends, step=as_text(self.step))


def ratings_of(rubric: Rubric, criterion: Criterion) -> Range:
    """The numbers with which `criterion` can be rated."""
    return Range(rubric.scale.minimum, rubric.ceiling(criterion), rubric.scale.step)


def ratings(rubric: Rubric) -> Range:
    """The numbers with which some criterion can be rated."""
    highest = max((rubric.ceiling(each) for each in rubric.every_criterion()), default=rubric.scale.maximum)
    return Range(rubric.scale.minimum, highest, rubric.scale.step)


def scores_of(rubric: Rubric, node: Rubric | Area, unit: Unit) -> Range:
    """The scores to which `node` can come, in percent or in its own unit."""
    if unit == "percent" or node.combine in ("share_met", "distance"):
        return Range(Decimal(0), HUNDRED)
    if isinstance(node, Area) and node.maximum is not None:
        return Range(rubric.scale.minimum, node.maximum)
    if node.combine == "sum":
        parts = [_points(rubric, part) for part in node.parts]
        return Range(
            sum((part.low for part in parts), Decimal(0)), sum((part.high for part in parts), Decimal(0))
        )
    return Range(rubric.scale.minimum, rubric.scale.maximum)


def _points(rubric: Rubric, part: Criterion | Area) -> Range:
    """What a part brings to a sum."""
    if isinstance(part, Criterion):
        return ratings_of(rubric, part)
    if part.maximum is not None:
        return Range(rubric.scale.minimum, part.maximum)
    return scores_of(rubric, part, "scale")
