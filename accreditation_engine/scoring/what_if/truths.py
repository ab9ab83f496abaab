"""Conditions judged on many dossiers at once, to the same end as `scoring.conditions`.

A leaf that asks of what does not apply holds either way, one on growth that is unknown holds neither way.
Dossiers on which a float cannot tell are marked `near`, and nothing is concluded for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np

from accreditation_engine.definitions.conditions import (
    AreaTest,
    Condition,
    CountTest,
    CriterionTest,
    EveryAreaTest,
    EveryCriterionTest,
    GrowthTest,
    ScoreTest,
    kind_of,
)

from .closeness import ERROR, at_least
from .means import Bools, Floats
from .shares import Shares
from .tables import Tables
from .values import value_of


@dataclass(frozen=True)
class Leaf:
    """Whether a leaf holds as it is written, and for whom it holds `either` way or `neither` way."""

    holds: Bools
    either: Bools | bool = False
    neither: Bools | bool = False

    def wanted(self, wanted: bool) -> Bools:
        return np.asarray(((self.holds if wanted else ~self.holds) | self.either) & ~np.asarray(self.neither))


@dataclass
class Truths:
    """Judges conditions on `shares`. `first` are the scores of first assessments, NaN where there was none.

    `leaves` keeps what each leaf came to, in the order of judging.
    """

    shares: Shares
    first: Floats | None = None
    leaves: list[Bools] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.near = np.zeros(len(self.shares.whole.share), dtype=bool)

    @property
    def tables(self) -> Tables:
        return self.shares.tables

    def judge(self, condition: Condition, wanted: bool = True) -> Bools:
        """For which dossiers `condition` is as `wanted`."""
        kind = kind_of(condition)
        assert kind is not None  # noqa: S101 - every condition is of a known kind
        inside = getattr(condition, "not_" if kind == "not" else kind)
        if kind == "not":
            return self.judge(inside, not wanted)
        if kind in ("all", "any"):
            parts = [self.judge(each, wanted) for each in inside]
            together = np.logical_and if (kind == "all") is wanted else np.logical_or
            return np.asarray(together.reduce(parts))
        leaf = LEAVES[kind](self, inside)
        self.leaves.append(leaf.holds)
        return leaf.wanted(wanted)

    def compared(self, kind: str, test: Any, asked: Decimal) -> Leaf:
        """Whether the value that `test` asks of is at least `asked`; where it is NaN, nothing is asked."""
        value = value_of(kind, test, self.shares, self.first)
        holds, near = at_least(value.values, asked, self.tables.rubric.rounding, value.reach)
        self.near |= near
        return Leaf(holds, either=np.isnan(value.values))

    def score(self, test: ScoreTest) -> Leaf:
        if test.at_least is not None:
            return self.compared("score", test, test.at_least)
        assert test.below is not None  # noqa: S101 - the model has exactly one of the two
        leaf = self.compared("score", test, test.below)
        return Leaf(~leaf.holds, leaf.either)

    def area(self, test: AreaTest) -> Leaf:
        return self.compared("area", test, test.at_least)

    def every_area(self, test: EveryAreaTest) -> Leaf:
        return self.compared("every_area", test, test.at_least)

    def criterion(self, test: CriterionTest) -> Leaf:
        return self._all_rated([test.id], test.at_least)

    def every_criterion(self, test: EveryCriterionTest) -> Leaf:
        among = self.tables.rubric.criteria_among(test.among)
        return self._all_rated([each.id for each in among], test.at_least)

    def _all_rated(self, criteria: list[str], asked: Decimal) -> Leaf:
        codes = self.tables.codes_of(criteria)
        enough = self.tables.meanings.rated(lambda rating: rating >= asked, otherwise=True)
        counts = self.tables.meanings.rated(lambda rating: True, otherwise=False)
        return Leaf(np.all(enough[codes], axis=1), either=~np.any(counts[codes], axis=1))

    def count(self, test: CountTest) -> Leaf:
        found = value_of("count", test, self.shares, self.first).values
        if test.no_more_than is not None:
            return Leaf(found <= test.no_more_than)
        return Leaf(found >= (test.at_least or 0))

    def growth(self, test: GrowthTest) -> Leaf:
        """As `scoring.conditions` has it: unknown without a first score, above every rate from zero."""
        whole = self.shares.whole
        if self.first is None:
            nobody = np.zeros(len(whole.share), dtype=bool)
            return Leaf(nobody, neither=~nobody)
        leaf = self.compared("growth", test, test.at_least)
        unknown = np.isnan(self.first) | np.isnan(whole.share)
        self.near |= np.abs(self.first) <= ERROR * whole.reach
        return Leaf(leaf.holds & (self.first > 0), neither=unknown)


LEAVES: dict[str, Callable[[Truths, Any], Leaf]] = {
    "score": Truths.score,
    "area": Truths.area,
    "every_area": Truths.every_area,
    "criterion": Truths.criterion,
    "every_criterion": Truths.every_criterion,
    "count": Truths.count,
    "growth": Truths.growth,
}
