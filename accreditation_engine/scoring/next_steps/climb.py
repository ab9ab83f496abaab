"""Ratings as ladders that can be climbed, and many climbs scored at once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accreditation_engine.definitions.conditions import Condition, kind_of
from accreditation_engine.definitions.rubric import Criterion, Rubric

from ..sheet import ScoreSheet
from ..what_if.matrix import RatingMatrix
from ..what_if.rescoring import NO_OUTCOME, Rescored, rescored_against
from ..what_if.tables import Meanings, Tables
from .clearing import Clearing

Levels = NDArray[np.int32]
"""A row a climb, a column a criterion: how many steps it is raised."""
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Climb:
    """Everything above the ratings of `sheet`. `ladders` holds, for each criterion of the rubric, the numbers on
    its scale above what it counts for now; none where it is not applicable."""

    sheet: ScoreSheet
    first: ScoreSheet | None
    ladders: tuple[tuple[Decimal, ...], ...]
    clearing: Clearing

    @classmethod
    def of(cls, sheet: ScoreSheet, first: ScoreSheet | None, clearing: Clearing) -> Climb:
        rubric = sheet.rubric
        ladders = tuple(
            _ladder(rubric, each, sheet.scores.counted[each.id]) for each in rubric.every_criterion()
        )
        return cls(sheet, first, ladders, clearing)

    @property
    def rubric(self) -> Rubric:
        return self.sheet.rubric

    @cached_property
    def criteria(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.rubric.every_criterion())

    @cached_property
    def rank(self) -> int:
        """Where the present outcome stands in the rubric; behind the last when there is none."""
        names = [each.outcome for each in self.rubric.outcomes]
        return names.index(self.sheet.outcome) if self.sheet.outcome is not None else len(names)

    @cached_property
    def heights(self) -> Levels:
        """How many steps there are for each criterion."""
        return np.array([len(ladder) for ladder in self.ladders], dtype=np.int32)

    @cached_property
    def _costs(self) -> tuple[NDArray[np.int64], int]:
        now = [self.sheet.scores.counted[each] for each in self.criteria]
        points = [
            [Fraction(to) - (rating or 0) for to in ladder]
            for ladder, rating in zip(self.ladders, now, strict=True)
        ]
        unit = lcm(*(each.denominator for ladder in points for each in ladder))
        table = np.zeros((len(points), int(self.heights.max(initial=0)) + 1), dtype=np.int64)
        for at, ladder in enumerate(points):
            table[at, 1 : len(ladder) + 1] = [int(each * unit) for each in ladder]
        return table, unit

    @property
    def costs(self) -> NDArray[np.int64]:
        """Points of the scale that each level of each criterion costs, in parts of a point."""
        return self._costs[0]

    def points(self, cost: int) -> Fraction:
        """A cost in points of the scale."""
        return Fraction(cost, self._costs[1])

    def cost(self, levels: Levels) -> NDArray[np.int64]:
        return self.costs[np.arange(len(self.criteria)), levels].sum(axis=1)

    @cached_property
    def _codes(self) -> tuple[NDArray[np.int32], Meanings]:
        found: dict[Hashable, int] = {}
        table = np.zeros(self.costs.shape, dtype=np.int32)
        for at, (name, ladder) in enumerate(zip(self.criteria, self.ladders, strict=True)):
            for level, answer in enumerate((self.sheet.ratings[name], *ladder)):
                table[at, level] = found.setdefault(answer, len(found))
        answers: Any = tuple(found)
        return table, Meanings(self.rubric, answers)

    def scored(self, levels: Levels) -> Rescored:
        """Every climb scored as `score_sheet` would."""
        table, meanings = self._codes
        codes = table[np.arange(len(self.criteria)), levels]
        matrix = RatingMatrix(range(len(levels)), self.criteria, codes, meanings.answers)
        first = {} if self.first is None else dict.fromkeys(range(len(levels)), self.first)
        return rescored_against(Tables(self.rubric, codes, meanings), matrix, first)

    @cached_property
    def _clear(self) -> Bools:
        return self.clearing.levels(self.sheet, self.ladders)

    @cached_property
    def floor(self) -> Levels:
        """The lowest level of each criterion at which it may be left: every climb begins there."""
        return np.asarray(self._clear.argmax(axis=1), dtype=np.int32)

    def good(self, levels: Levels) -> Bools:
        """Which climbs lead to a better outcome than the present one, or keep the best, and leave no finding that
        is to be cleared."""
        ranks = self.scored(levels).ranks
        aim = max(self.rank, 1)
        clear = self._clear[np.arange(len(self.criteria)), levels].all(axis=1)
        return np.asarray((ranks != NO_OUTCOME) & (ranks < aim) & clear)

    @cached_property
    def before(self) -> NDArray[np.int64]:
        """For each criterion, the nearest one above it in the file that is its equal in every respect; -1 when
        none is. Of two equals the first is raised first, which settles ties and saves most of the work."""
        named = {name for each in self.rubric.outcomes if each.when for name in _named(each.when)}
        last: dict[Any, int] = {}
        found = []
        for at, (key, name) in enumerate(zip(self._keys, self.criteria, strict=True)):
            found.append(-1 if name in named else last.get(key, -1))
            if name not in named:
                last[key] = at
        return np.array(found, dtype=np.int64)

    @cached_property
    def _keys(self) -> list[Any]:
        settled = self.clearing.settled
        return [
            (area.id, each.weight, each.maximum, self.sheet.ratings[each.id], each.id in settled)
            for area in self.rubric.every_area()
            for each in area.criteria
        ]


def _ladder(rubric: Rubric, criterion: Criterion, now: Fraction | None) -> tuple[Decimal, ...]:
    if now is None:
        return ()
    low, step = rubric.scale.minimum, rubric.scale.step
    taken = int((now - Fraction(low)) // Fraction(step))
    steps = int((rubric.ceiling(criterion) - low) / step)
    return tuple(low + number * step for number in range(taken + 1, steps + 1))


def _named(condition: Condition) -> set[str]:
    """The ids that a condition names one by one."""
    kind = str(kind_of(condition))
    inside = getattr(condition, "not_" if kind == "not" else kind)
    if kind == "not":
        return _named(inside)
    if kind in ("all", "any"):
        return {name for each in inside for name in _named(each)}
    return {*getattr(inside, "among", ()), *([inside.id] if kind == "criterion" else [])}
