"""The number that a condition asks of, for many dossiers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from accreditation_engine.definitions.conditions import (
    AreaTest,
    CountTest,
    CriterionTest,
    EveryAreaTest,
    EveryCriterionTest,
    ScoreTest,
)

from .closeness import ERROR
from .means import Floats, divided
from .shares import Node, Shares


@dataclass(frozen=True)
class Value:
    """A float for each dossier, not yet rounded, NaN where nothing is asked. `reach` is the largest number
    that went into it: errors are in proportion to that."""

    values: Floats
    reach: float | Floats


def value_of(kind: str, test: Any, shares: Shares, first: Floats | None) -> Value:
    """What a leaf of `kind` compares with its bound. `first` are the first scores, for `growth`."""
    if kind == "growth":
        return _growth(shares.whole, np.full(len(shares.whole.share), np.nan) if first is None else first)
    return _VALUES[kind](test, shares)


def _score(test: ScoreTest, shares: Shares) -> Value:
    return Value(shares.whole.value(test.on), shares.whole.reach)


def _area(test: AreaTest, shares: Shares) -> Value:
    node = shares.areas[test.id]
    return Value(node.value(test.on), node.reach)


def _every_area(test: EveryAreaTest, shares: Shares) -> Value:
    nodes = list(shares.areas.values())
    values = np.column_stack([node.value(test.on) for node in nodes])
    return Value(_lowest(values), max(node.reach for node in nodes))


def _criterion(test: CriterionTest, shares: Shares) -> Value:
    return _ratings([test.id], shares)


def _every_criterion(test: EveryCriterionTest, shares: Shares) -> Value:
    return _ratings([each.id for each in shares.tables.rubric.criteria_among(test.among)], shares)


def _ratings(criteria: list[str], shares: Shares) -> Value:
    tables = shares.tables
    numbers = tables.meanings.numbers
    return Value(_lowest(numbers[tables.codes_of(criteria)]), float(np.nanmax(np.abs(numbers), initial=0)))


def _lowest(values: Floats) -> Floats:
    """The lowest of each row that is one; NaN where none is."""
    least = np.where(np.isnan(values), np.inf, values).min(axis=1)
    return np.where(np.isinf(least), np.nan, least)


def _count(test: CountTest, shares: Shares) -> Value:
    """How many criteria of each dossier are rated so, or answered with that word."""
    tables = shares.tables
    codes = tables.codes_of([each.id for each in tables.rubric.criteria_among(test.among)])
    if test.word is not None:
        return Value(tables.meanings.worded(test.word)[codes].sum(axis=1).astype(float), 0.0)
    most, least = test.rating_at_most, test.rating_at_least
    fits = tables.meanings.rated(
        lambda rating: (most is None or rating <= most) and (least is None or rating >= least),
        otherwise=False,
    )
    if test.answered == "number":
        fits &= ~tables.meanings.worded("unable_to_verify")
    return Value(fits[codes].sum(axis=1).astype(float), 0.0)


def _growth(whole: Node, first: Floats) -> Value:
    """100 x (now - first) / first, in percent; NaN without a first score, or from one of zero."""
    reach = 100.0 * whole.reach / np.maximum(np.abs(first), ERROR * whole.reach)
    return Value(divided(100.0 * (whole.value("scale") - first), first), reach)


_VALUES: dict[str, Callable[[Any, Shares], Value]] = {
    "score": _score,
    "area": _area,
    "every_area": _every_area,
    "criterion": _criterion,
    "every_criterion": _every_criterion,
    "count": _count,
}
