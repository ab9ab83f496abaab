"""Confidence intervals by resampling units.

Units are drawn with replacement and the figure is made anew from what was drawn; the interval lies between two
percentiles. Zapf, Castell, Morawietz and Karch (2016, BMC Medical Research Methodology 16:93) found this to hold
its level for Krippendorff's alpha and Fleiss' kappa from 50 units on. With fewer it is too narrow, so the
percentiles are those of Hesterberg's expanded interval. Simulated with two and three raters on a scale of five
steps, the true alpha lay within what is said to be 95 % in 82 to 97 of 100 samples of 10 units, 92 to 96 of 20 and
92 to 96 of 50; with the plain percentiles it was 78 to 92 of 10.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from .figures import Interval, NoInterval
from .quantiles import t_quantile
from .table import MISSING, Codes

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""From weights (resamples x patterns) to values (resamples), NaN where undefined."""

RESAMPLES = 2000
SEED = 1979
LEAST_UNITS = 10
"""With five units, the plain percentiles held the true alpha in 65 to 88 of 100 samples."""
LEAST_DEFINED = 0.95
"""Samples in which all ratings are alike have no figure. When more than one in twenty have none, the percentiles
of the rest say little about the whole."""
_CELLS = 20_000_000


@dataclass(frozen=True, eq=False)
class Patterns:
    """The different rows of a table (`codes`), and how many units have each (`counts`). They stand in an order of
    their own, so that what is drawn does not depend on the order of units in the file."""

    codes: Codes
    counts: Floats

    @classmethod
    def of(cls, codes: Codes, *, raters_matter: bool) -> Patterns:
        """Rows that hold the same ratings are one pattern, whoever gave which unless `raters_matter`."""
        rows = codes if raters_matter else np.sort(codes, axis=1)
        unique, counts = np.unique(rows, axis=0, return_counts=True)
        return cls(unique, counts.astype(np.float64))

    @property
    def rated(self) -> Floats:
        """How many rated each pattern."""
        return (self.codes != MISSING).sum(axis=1).astype(np.float64)

    @property
    def perfect(self) -> bool:
        """Whether nobody differs from anybody on any unit."""
        given = np.where(self.codes == MISSING, self.codes.max(axis=1, keepdims=True), self.codes)
        return not np.ptp(given, axis=1).any()

    def uses(self, weights: Floats, values: int) -> Floats:
        """How often each of so many values was given (resamples x values)."""
        at, _ = np.nonzero(self.codes != MISSING)
        given = self.codes[self.codes != MISSING]
        return np.stack([np.bincount(given, weights=row[at], minlength=values) for row in weights])


def value_of(patterns: Patterns, statistic: Statistic) -> float:
    """The figure of the units as they are."""
    return float(statistic(patterns.counts[np.newaxis, :])[0])


def interval(
    patterns: Patterns, statistic: Statistic, *, resamples: int = RESAMPLES, seed: int = SEED
) -> Interval | NoInterval:
    """The 95 % interval, or why there is none.

    The same patterns and seed give the same interval. For large tables fewer samples are drawn, 200 at least:
    their percentiles lie close together.
    """
    units = int(patterns.counts.sum())
    drawn = min(resamples, max(200, _CELLS // patterns.codes.size))
    if not drawn:
        return "not_asked"
    if patterns.perfect:
        return "no_disagreement"
    if units < LEAST_UNITS:
        return "few_units"
    values = np.concatenate(list(_resampled(patterns, statistic, drawn, seed)))
    defined = values[np.isfinite(values)]
    if len(defined) < LEAST_DEFINED * drawn:
        return "seldom_defined"
    low, high = np.quantile(defined, _tails(units))
    return Interval(float(low), float(high), "bootstrap", drawn)


def _tails(units: int) -> tuple[float, float]:
    """Percentiles that make up for samples of n units varying by (n - 1) / n of what they should, and for the
    normal where a t distribution is due: Hesterberg (2015), The American Statistician 69, 371-386."""
    tail = NormalDist().cdf(-sqrt(units / (units - 1)) * t_quantile(0.975, units - 1))
    return tail, 1 - tail


def _resampled(patterns: Patterns, statistic: Statistic, drawn: int, seed: int) -> Iterator[Floats]:
    random = np.random.default_rng(seed)
    units = patterns.counts.sum()
    at_once = max(1, _CELLS // 10 // patterns.codes.size)
    for start in range(0, drawn, at_once):
        size = min(at_once, drawn - start)
        yield statistic(random.multinomial(int(units), patterns.counts / units, size=size).astype(np.float64))
