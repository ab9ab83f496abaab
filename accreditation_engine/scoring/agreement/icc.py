"""The six intraclass correlations of Shrout and Fleiss, for data in which every rater rated every unit.

Values: Shrout and Fleiss (1979), Intraclass correlations: uses in assessing rater reliability, Psychological
Bulletin 86, 420-428. Intervals: the same, and McGraw and Wong (1996), Psychological Methods 1, 30-46, table 7.

(1,1) takes raters as drawn anew for each unit, (2,1) as the same for all and drawn from many, (3,1) as the only
ones of interest, so that being harsher does not count against them; (., k) is of the mean of all k raters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .cautions import cautions
from .figures import Caution, Figure, Interval, NoInterval, Reason, limits, undefined, why_not_complete
from .quantiles import f_quantile
from .table import Level, RatingTable

NAMES = ("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)")
TAIL = 0.975
_NOISE = 1e-12


@dataclass(frozen=True)
class MeanSquares:
    """Of a table of `n` units by `k` raters: between units, between raters, of what is left, and within units."""

    n: int
    k: int
    units: float
    raters: float
    rest: float
    within: float


def intraclass_correlations(table: RatingTable, level: Level = "interval") -> tuple[Figure, ...]:
    """All six, in the order of NAMES. They take ratings as distances: at the nominal level they are undefined, at
    the ordinal level there is a caution."""
    reason = why_not_complete(table) or ("not_numbers" if level == "nominal" else None)
    if reason:
        return tuple(undefined(name, table, reason) for name in NAMES)
    squares = mean_squares(table)
    return tuple(_figure(table, level, squares, name) for name in NAMES)


def mean_squares(table: RatingTable) -> MeanSquares:
    """The two-way analysis of variance. What is less than 1e-12 of the largest is rounding, and is 0."""
    ratings = table.shares[table.codes]
    n, k = ratings.shape
    of_units, of_raters, whole = ratings.mean(axis=1), ratings.mean(axis=0), ratings.mean()
    left = ratings - of_units[:, np.newaxis] - of_raters + whole
    found = (
        k * ((of_units - whole) ** 2).sum() / (n - 1),
        n * ((of_raters - whole) ** 2).sum() / (k - 1),
        (left**2).sum() / ((n - 1) * (k - 1)),
        ((ratings - of_units[:, np.newaxis]) ** 2).sum() / (n * (k - 1)),
    )
    return MeanSquares(n, k, *(0.0 if each < _NOISE * max(found) else float(each) for each in found))


def _figure(table: RatingTable, level: Level, squares: MeanSquares, name: str) -> Figure:
    model, of_mean = name[4], name.endswith("k)")
    above, beneath = RATIOS[model](squares)
    if of_mean:
        above, beneath = squares.k * above, beneath + (squares.k - 1) * above
    if beneath <= _NOISE * (squares.units + squares.raters + squares.within):
        reason: Reason = "units_alike"
        return undefined(name, table, reason)
    ordinal = (Caution("ordinal_as_interval"),) if level == "ordinal" else ()
    return Figure(
        name,
        above / beneath,
        table.units,
        table.raters,
        table.ratings,
        cautions=(*ordinal, *cautions(table, perfect=squares.within == 0)),
        **limits(_interval(squares, model, of_mean, above / beneath)),
    )


def _interval(squares: MeanSquares, model: str, of_mean: bool, value: float) -> Interval | NoInterval:
    """Not without noise, nor where model 2's approximation fails: where units differ less than raters, it may not
    even hold the value."""
    if squares.within == 0:
        return "no_disagreement"
    if model == "3" and squares.rest == 0:
        return "same_difference"
    found = LIMITS[model](squares)
    if found and of_mean:
        found = _limits_of_mean(*found, squares.k)
    return Interval(*found, "analytic") if found and found[0] <= value <= found[1] else "approximation"


def _limits_of_mean(low: float, high: float, k: int) -> tuple[float, float] | None:
    """Spearman and Brown: the reliability of the mean of k ratings from that of one. It falls without end as that
    of one comes near the least it can be, and then there is no interval."""
    if 1 + (k - 1) * low <= _NOISE:
        return None
    return k * low / (1 + (k - 1) * low), k * high / (1 + (k - 1) * high)


def _one_way(s: MeanSquares) -> tuple[float, float]:
    return s.units - s.within, s.units + (s.k - 1) * s.within


def _random_raters(s: MeanSquares) -> tuple[float, float]:
    return s.units - s.rest, s.units + (s.k - 1) * s.rest + s.k * (s.raters - s.rest) / s.n


def _fixed_raters(s: MeanSquares) -> tuple[float, float]:
    return s.units - s.rest, s.units + (s.k - 1) * s.rest


RATIOS: dict[str, Callable[[MeanSquares], tuple[float, float]]] = {
    "1": _one_way,
    "2": _random_raters,
    "3": _fixed_raters,
}


def _limits_by_f(s: MeanSquares, noise: float, freedom: int) -> tuple[float, float]:
    """For models 1 and 3: F = units / noise over its quantiles, made into a correlation."""
    f = s.units / noise
    low = f / f_quantile(TAIL, s.n - 1, freedom)
    high = f * f_quantile(TAIL, freedom, s.n - 1)
    return (low - 1) / (low + s.k - 1), (high - 1) / (high + s.k - 1)


def _limits_random(s: MeanSquares) -> tuple[float, float] | None:
    """For model 2, with Satterthwaite's degrees of freedom; written without dividing by `rest`, which may be 0,
    and so that a quantile may be inf. What falls below -1 / (k - 1), the least there can be, is cut there."""
    above, beneath = _random_raters(s)
    rho = above / beneath if beneath else 0.0
    of_raters = s.k * rho * s.raters
    of_rest = (s.n * (1 + (s.k - 1) * rho) - s.k * rho) * s.rest
    spread = (s.n - 1) * of_raters**2 + of_rest**2
    freedom = (s.k - 1) * (s.n - 1) * (of_raters + of_rest) ** 2 / spread if spread else 0.0
    noise = s.k * s.raters + (s.k * s.n - s.k - s.n) * s.rest
    if min(freedom, noise) <= _NOISE:
        return None
    low, high = f_quantile(TAIL, s.n - 1, freedom), f_quantile(TAIL, freedom, s.n - 1)
    least = s.n * (s.units / low - s.rest) / (noise + s.n * s.units / low)
    most = s.n * (high * s.units - s.rest) / (noise + s.n * high * s.units)
    return max(least, -1 / (s.k - 1)), most


LIMITS: dict[str, Callable[[MeanSquares], tuple[float, float] | None]] = {
    "1": lambda s: _limits_by_f(s, s.within, s.n * (s.k - 1)),
    "2": _limits_random,
    "3": lambda s: _limits_by_f(s, s.rest, (s.n - 1) * (s.k - 1)),
}
