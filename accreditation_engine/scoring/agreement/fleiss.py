"""Fleiss' kappa: agreement of any number of raters on categories, each having rated every unit.

Fleiss (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin 76, 378-382.
"""

from __future__ import annotations

import numpy as np

from .alpha import alike
from .cautions import cautions
from .figures import Figure, limits, undefined, why_not_complete
from .resampling import RESAMPLES, SEED, Floats, Patterns, interval, value_of
from .table import RatingTable


def fleiss_kappa(table: RatingTable, *, resamples: int = RESAMPLES, seed: int = SEED) -> Figure:
    """(observed - expected) / (1 - expected) share of pairs of raters that agree; any two values are either equal
    or not, whatever their level. With a bootstrap interval unless `resamples` is 0."""
    reason = why_not_complete(table)
    if reason:
        return undefined("fleiss_kappa", table, reason)
    patterns = Patterns.of(table.codes, raters_matter=False)
    agreeing = (alike(patterns) / table.raters - 1) / (table.raters - 1)

    def statistic(weights: Floats) -> Floats:
        uses = patterns.uses(weights, len(table.values)) / (table.units * table.raters)
        expected = (uses**2).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return (weights @ agreeing / table.units - expected) / (1 - expected)

    return Figure(
        "fleiss_kappa",
        value_of(patterns, statistic),
        table.units,
        table.raters,
        table.ratings,
        cautions=cautions(table, perfect=patterns.perfect),
        **limits(interval(patterns, statistic, resamples=resamples, seed=seed)),
    )
