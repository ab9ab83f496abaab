"""The cheapest climb, found by scoring all that cost less."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .climb import Climb, Levels

MOST_CLIMBS = 60_000
MOST_CELLS = 4_000_000
MOST_STEPS = 24
"""How many climbs, criteria in them, and steps of the longest are scored before the search is given up."""


@dataclass(frozen=True)
class Searched:
    """`best` is the cheapest climb that is good, None where the search gave up first. Whatever has not been scored
    costs at least `bound`."""

    best: Levels | None
    bound: int


def search(climb: Climb) -> Searched:
    """Score all climbs of one step, of two, and so on, until none that is left could be cheaper."""
    steps, floor = _cheapest_steps(climb), int(climb.cost(climb.floor[None])[0])
    rows, last = climb.floor[None], np.zeros(1, dtype=np.int64)
    best = climb.floor if climb.good(rows)[0] else None
    done = 0
    for taken in range(len(steps)):
        bound = floor + int(steps[: taken + 1].sum())
        if best is not None and bound > climb.cost(best[None])[0]:
            return Searched(best, bound)
        size = _next_size(climb, rows, last)
        done += size
        if done > min(MOST_CLIMBS, MOST_CELLS // len(climb.criteria)) or taken >= MOST_STEPS:
            return Searched(None, bound)
        rows, last = _one_step_more(climb, rows, last)
        good = climb.good(rows)
        best = cheapest(climb, rows[good] if best is None else np.vstack([rows[good], best]))
        rows, last = rows[~good], last[~good]
    return Searched(best, floor + int(steps.sum()) + 1)


def _cheapest_steps(climb: Climb) -> NDArray[np.int64]:
    """What single steps above the floor cost, the cheapest first: no climb of n steps costs less than the first n
    of them."""
    each = np.diff(climb.costs, axis=1)
    places = np.arange(each.shape[1])
    there = (places >= climb.floor[:, None]) & (places < climb.heights[:, None])
    return np.sort(each[there])


def _may_follow(climb: Climb, rows: Levels, last: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which criterion may be raised by one more step: so that each set of raises comes up once."""
    places = np.arange(len(climb.criteria))
    room = rows < climb.heights
    equal = climb.before >= 0
    behind = rows < rows[:, np.where(equal, climb.before, 0)]
    return np.asarray((places >= last[:, None]) & room & (behind | ~equal))


def _next_size(climb: Climb, rows: Levels, last: NDArray[np.int64]) -> int:
    return int(_may_follow(climb, rows, last).sum())


def _one_step_more(climb: Climb, rows: Levels, last: NDArray[np.int64]) -> tuple[Levels, NDArray[np.int64]]:
    row, place = np.nonzero(_may_follow(climb, rows, last))
    raised = rows[row]
    raised[np.arange(len(raised)), place] += 1
    return raised, place


def cheapest(climb: Climb, rows: Levels) -> Levels | None:
    """The climb of the fewest points; of those, the one that raises the fewest criteria; of those, the one whose
    criteria come first in the file. None where there are no rows."""
    if not len(rows):
        return None
    cost, raised = climb.cost(rows), (rows > 0).sum(axis=1)
    tied = rows[(cost == cost.min()) & (raised == raised[cost == cost.min()].min())]
    first: Levels = max(tied, key=lambda row: (tuple((row > 0).tolist()), tuple(row.tolist())))
    return first
