"""The same figures as other libraries make them. What they warn of is their own affair (pingouin calls pandas in
ways that pandas deprecates), so their warnings are not errors here; ours are, everywhere else."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accreditation_engine.scoring.agreement import Level, RatingTable

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import krippendorff
    import pandas
    import pingouin
    from statsmodels.stats import inter_rater


def numbers(table: RatingTable) -> NDArray[np.float64]:
    """Units by raters, NaN where missing."""
    return np.where(table.codes < 0, np.nan, table.numbers[table.codes])


def alpha(table: RatingTable, level: Level) -> float:
    return float(krippendorff.alpha(numbers(table).T, level_of_measurement=level))


def fleiss(table: RatingTable) -> float:
    counts, _ = inter_rater.aggregate_raters(table.codes)
    return float(inter_rater.fleiss_kappa(counts))


def cohen(table: RatingTable, weights: str) -> float:
    """Over the units that both rated, with categories as far apart as the ratings, which are whole numbers."""
    ratings = numbers(table)
    first, second = ratings[~np.isnan(ratings).any(axis=1)].astype(int).T
    size = int(max(first.max(), second.max())) + 1
    both = np.zeros((size, size))
    np.add.at(both, (first, second), 1)
    kind = {"unweighted": None, "linear": "linear", "quadratic": "quadratic"}[weights]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the standard error, not asked for, may be that of nothing
        return float(inter_rater.cohens_kappa(both, wt=kind, return_results=False))


def icc(table: RatingTable) -> dict[str, Any]:
    """Name -> (value, low, high), the limits to two places."""
    long = pandas.DataFrame(
        [(unit, rater, value) for (unit, rater), value in np.ndenumerate(numbers(table))],
        columns=["unit", "rater", "value"],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = pingouin.intraclass_corr(long, targets="unit", raters="rater", ratings="value")
    ours = {"ICC(C,1)": "ICC(3,1)", "ICC(C,k)": "ICC(3,k)", "ICC(A,1)": "ICC(2,1)", "ICC(A,k)": "ICC(2,k)"}
    limits = next(each for each in found.columns if each.startswith("CI95"))
    return {
        ours.get(row["Type"], row["Type"]): (float(row["ICC"]), *map(float, row[limits]))
        for _, row in found.iterrows()
    }
