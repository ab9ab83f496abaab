"""The ways parts make a whole, as in `scoring.combine`, for many dossiers at once and in binary floats.

Shares are a matrix, a row a dossier and a column a part, NaN where the part does not count. The result has NaN
where nothing counts. Floats err by less than 1e-13 here; whoever compares a result allows for that (`closeness`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def weighted_mean(shares: Floats, weights: Floats) -> Floats:
    """sum(weight x share) / sum(weight) of what counts; `weights` has one for each column."""
    counts = ~np.isnan(shares)
    return divided(np.where(counts, shares, 0.0) @ weights, counts @ weights)


def mean_unless_zero(shares: Floats, weights: Floats) -> Floats:
    return np.where((shares == 0).any(axis=1), 0.0, weighted_mean(shares, weights))


def minimum(shares: Floats, weights: Floats) -> Floats:
    lowest = np.where(np.isnan(shares), np.inf, shares).min(axis=1, initial=np.inf)
    return np.where(np.isinf(lowest), np.nan, lowest)


def distance(shares: Floats, weights: Floats) -> Floats:
    counts = ~np.isnan(shares)
    squares = np.where(counts, (1.0 - shares) ** 2, 0.0).sum(axis=1)
    return np.asarray(1.0 - np.sqrt(divided(squares, counts.sum(axis=1))), dtype=np.float64)


def points(shares: Floats, rooms: Floats) -> Floats:
    """Points got of those there are; `rooms` has, for each share, the points that part can bring."""
    counts = ~np.isnan(shares)
    got = np.where(counts, shares * rooms, 0.0).sum(axis=1)
    return divided(got, np.where(counts, rooms, 0.0).sum(axis=1))


def divided(above: NDArray[np.generic], below: NDArray[np.generic]) -> Floats:
    """The quotient, NaN where `below` is 0."""
    nothing = np.full(above.shape, np.nan)
    return np.divide(above, below, out=nothing, where=np.asarray(below != 0))


BY_WEIGHT: dict[str, Callable[[Floats, Floats], Floats]] = {
    "weighted_mean": weighted_mean,
    "mean_unless_zero": mean_unless_zero,
    "minimum": minimum,
    "distance": distance,
}
