"""Krippendorff's alpha, for any number of raters, missing ratings and four levels of measurement.

alpha = 1 - observed / expected disagreement: the mean squared difference between two ratings of the same unit,
against that between any two ratings. Krippendorff, Content Analysis (2004), chapter 11; Computing Krippendorff's
Alpha-Reliability (2011).

Ordinal, interval and nominal differences need no matrix of values by values: a sum of squared differences is a
variance, the ordinal difference is the interval one between mid-ranks, and unequal pairs are all pairs less the
equal ones. Memory is what the table takes, and thousands of resamples are one computation.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .cautions import cautions
from .figures import Figure, limits, undefined, why_incomparable
from .resampling import RESAMPLES, SEED, Floats, Patterns, interval, value_of
from .table import MISSING, Level, RatingTable

Disagreement = Callable[[Floats], tuple[Floats, Floats]]
"""From weights (resamples x patterns) to sums of squared differences: within units, each pair counted 1/(m - 1)
for a unit of m ratings, and over all pairs of ratings (both of length resamples)."""


def krippendorff_alpha(
    table: RatingTable, level: Level, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Figure:
    """Alpha of `table` at `level`, with a bootstrap interval unless `resamples` is 0.

    Raises ValueError for words at any level but nominal, and for negative numbers at the ratio level.
    """
    _check(table, level)
    pairs = table.pairable
    reason = why_incomparable(table)
    if reason:
        return undefined("alpha", pairs, reason, level)
    patterns = Patterns.of(pairs.codes, raters_matter=False)
    disagreement = DISAGREEMENTS[level](pairs, patterns)

    def statistic(weights: Floats) -> Floats:
        return _alpha(patterns, disagreement, weights)

    return Figure(
        "alpha",
        value_of(patterns, statistic),
        pairs.units,
        pairs.raters,
        pairs.ratings,
        level,
        cautions=cautions(pairs, perfect=patterns.perfect),
        **limits(interval(patterns, statistic, resamples=resamples, seed=seed)),
    )


def _check(table: RatingTable, level: Level) -> None:
    if level != "nominal" and (table.numbers < 0).any() and level == "ratio":
        raise ValueError("the ratio level has no negative ratings")


def _alpha(patterns: Patterns, disagreement: Disagreement, weights: Floats) -> Floats:
    within, overall = disagreement(weights)
    ratings = weights @ patterns.rated
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - within / (overall / (ratings - 1))


def _nominal(table: RatingTable, patterns: Patterns) -> Disagreement:
    """Pairs that differ: all pairs less those alike."""
    rated = patterns.rated
    within = (rated**2 - alike(patterns)) / (rated - 1)

    def disagreement(weights: Floats) -> tuple[Floats, Floats]:
        uses = patterns.uses(weights, len(table.values))
        return weights @ within, uses.sum(axis=1) ** 2 - (uses**2).sum(axis=1)

    return disagreement


def alike(patterns: Patterns) -> Floats:
    """Per pattern, the pairs of equal ratings, a rating with itself included."""
    at, _ = np.nonzero(patterns.codes != MISSING)
    given = patterns.codes[patterns.codes != MISSING]
    width = int(given.max()) + 1
    places, counts = np.unique(at * width + given, return_counts=True)
    squares = counts.astype(np.float64) ** 2
    return np.bincount(places // width, weights=squares, minlength=len(patterns.counts)).astype(np.float64)


def _interval(table: RatingTable, patterns: Patterns) -> Disagreement:
    within = _within(patterns, table.shares)

    def disagreement(weights: Floats) -> tuple[Floats, Floats]:
        uses = patterns.uses(weights, len(table.values))
        return weights @ within, _spread(uses, table.shares)

    return disagreement


def _ordinal(table: RatingTable, patterns: Patterns) -> Disagreement:
    """Each resample has ranks of its own: a value's mid-rank is the ratings below it and half of those at it."""

    def disagreement(weights: Floats) -> tuple[Floats, Floats]:
        uses = patterns.uses(weights, len(table.values))
        ranks = (uses.cumsum(axis=1) - uses / 2) / uses.sum(axis=1, keepdims=True)
        within = (weights * _within(patterns, ranks)).sum(axis=1)
        return within, _spread(uses, ranks)

    return disagreement


def _within(patterns: Patterns, places: Floats) -> Floats:
    """Per pattern, the squared differences of all its pairs over m - 1. `places` says where the values lie, and
    may have leading axes, which the result then has too."""
    rated = patterns.rated
    there = patterns.codes != MISSING
    given = np.where(there, places[..., patterns.codes], 0)
    mean = given.sum(axis=-1) / rated
    squares = np.where(there, (given - mean[..., np.newaxis]) ** 2, 0).sum(axis=-1)
    return 2 * rated / (rated - 1) * squares


def _spread(uses: Floats, places: Floats) -> Floats:
    """The squared differences of all pairs of ratings: 2 n times their squared distances from the mean. Exactly 0
    where only one value was used, whatever rounding leaves of it."""
    ratings = uses.sum(axis=1)
    mean = (uses * places).sum(axis=1) / ratings
    squares = (uses * (places - mean[:, np.newaxis]) ** 2).sum(axis=1)
    return np.where((uses > 0).sum(axis=1) > 1, 2 * ratings * squares, 0)


def _ratio(table: RatingTable, patterns: Patterns) -> Disagreement:
    """((c - k) / (c + k))^2, the one difference that does take all values by all values."""
    numbers = table.numbers / table.numbers.max()
    within = _ratio_within(patterns, numbers)
    between = _ratio_difference(numbers[:, np.newaxis], numbers)

    def disagreement(weights: Floats) -> tuple[Floats, Floats]:
        uses = patterns.uses(weights, len(numbers))
        return weights @ within, ((uses @ between) * uses).sum(axis=1)

    return disagreement


def _ratio_within(patterns: Patterns, numbers: Floats) -> Floats:
    there = patterns.codes != MISSING
    total = np.zeros(len(patterns.counts))
    for rater in range(1, patterns.codes.shape[1]):
        both = there[:, :rater] & there[:, [rater]]
        apart = _ratio_difference(numbers[patterns.codes[:, :rater]], numbers[patterns.codes[:, [rater]]])
        total += 2 * np.where(both, apart, 0).sum(axis=1)
    return total / (patterns.rated - 1)


def _ratio_difference(one: Floats, other: Floats) -> Floats:
    total = one + other
    share = np.divide(one - other, total, out=np.zeros(np.broadcast(one, other).shape), where=total > 0)
    return share**2


DISAGREEMENTS: dict[Level, Callable[[RatingTable, Patterns], Disagreement]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}
