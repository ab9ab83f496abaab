"""Cohen's kappa for two raters, unweighted or weighted by how far apart their ratings are.

Cohen (1960), Educational and Psychological Measurement 20, 37-46; Cohen (1968), Psychological Bulletin 70,
213-220.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np

from .cautions import cautions
from .figures import Caution, Figure, limits, undefined, why_incomparable
from .resampling import RESAMPLES, SEED, Floats, Patterns, interval, value_of
from .table import RatingTable

Weights: TypeAlias = Literal["unweighted", "linear", "quadratic"]


def cohens_kappa(
    table: RatingTable, weights: Weights, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Figure:
    """1 - observed / expected distance between the two ratings of a unit, over the units that both rated.

    The distance is between the ratings themselves (`linear`: |x - y|, `quadratic`: its square), so that a step of
    the scale that nobody used still counts. Raises ValueError for words that are not `unweighted`.
    """
    pairs = table.pairable
    reason = "not_two_raters" if table.raters != 2 else why_incomparable(table)
    if reason:
        return undefined("cohens_kappa", pairs, reason, weights)
    places = np.zeros(len(pairs.values)) if weights == "unweighted" else pairs.shares
    patterns = Patterns.of(pairs.codes, raters_matter=True)
    first, second = patterns.codes.T
    apart = DISTANCES[weights](patterns, places)
    expected = EXPECTED[weights]

    def statistic(units: Floats) -> Floats:
        one = np.stack([np.bincount(first, weights=each, minlength=len(places)) for each in units])
        other = np.stack([np.bincount(second, weights=each, minlength=len(places)) for each in units])
        drawn = units.sum(axis=1, keepdims=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            return 1 - (units @ apart / drawn[:, 0]) / expected(one / drawn, other / drawn, places)

    constant = (Caution("constant_rater"),) if np.ptp(first) == 0 or np.ptp(second) == 0 else ()
    return Figure(
        "cohens_kappa",
        value_of(patterns, statistic),
        pairs.units,
        pairs.raters,
        pairs.ratings,
        weights,
        cautions=(*constant, *cautions(pairs, perfect=patterns.perfect)),
        **limits(interval(patterns, statistic, resamples=resamples, seed=seed)),
    )


DISTANCES: dict[Weights, Callable[[Patterns, Floats], Floats]] = {
    "unweighted": lambda patterns, _: (patterns.codes[:, 0] != patterns.codes[:, 1]).astype(np.float64),
    "linear": lambda patterns, places: np.abs(np.diff(places[patterns.codes], axis=1))[:, 0],
    "quadratic": lambda patterns, places: np.diff(places[patterns.codes], axis=1)[:, 0] ** 2,
}


def _unequal(one: Floats, other: Floats, _: Floats) -> Floats:
    """The chance that two independent ratings differ. `one` and `other` are shares, resamples x values."""
    return 1 - (one * other).sum(axis=1)


def _linear(one: Floats, other: Floats, places: Floats) -> Floats:
    """Their mean distance: gap by gap, the chance that the gap lies between them."""
    below, beneath = one.cumsum(axis=1)[:, :-1], other.cumsum(axis=1)[:, :-1]
    return (below * (1 - beneath) + beneath * (1 - below)) @ np.diff(places)


def _quadratic(one: Floats, other: Floats, places: Floats) -> Floats:
    """Their mean squared distance."""
    return one @ places**2 - 2 * (one @ places) * (other @ places) + other @ places**2


EXPECTED: dict[Weights, Callable[[Floats, Floats, Floats], Floats]] = {
    "unweighted": _unequal,
    "linear": _linear,
    "quadratic": _quadratic,
}
