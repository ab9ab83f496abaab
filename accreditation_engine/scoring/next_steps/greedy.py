"""A good climb where there are too many to score them all: the raise that helps most for its points, again and
again; then every step taken back that is not needed, and raises exchanged for cheaper ones."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from accreditation_engine.definitions.conditions import Condition

from .climb import Climb, Levels
from .exhaustive import cheapest
from .shortfall import shortfall

ENOUGH = 1e-12
MOST_EXCHANGED = 100
"""Criteria up to which raises are exchanged for cheaper ones."""
FEWEST_MOVES = 32
"""Moves in which the tallest ladder is climbed, at most."""
MOST_CELLS = 2_000_000
"""Criteria in all climbs that are scored together."""


def climb_greedily(climb: Climb) -> Levels | None:
    """A climb to a better outcome from which no step can be left out; None where none was found."""
    found = []
    for rank in range(min(climb.rank, len(climb.rubric.outcomes)) - 1, -1, -1):
        when = climb.rubric.outcomes[rank].when
        way = _towards(climb, when) if when is not None else None
        if way is not None:
            found.append(_exchanged(climb, _trimmed(climb, way)))
            break
    top = climb.heights
    if climb.good(top[None])[0]:
        found.append(_trimmed(climb, top.copy()))
    return cheapest(climb, np.array(found, dtype=np.int32)) if found else None


def _towards(climb: Climb, when: Condition) -> Levels | None:
    """Raise what lessens the shortfall most for each point, until there is none."""
    now = climb.floor.copy()
    for _ in range(int(climb.heights.sum())):
        if climb.good(now[None])[0]:
            return now
        raised = _raised(climb, now)
        lack = np.concatenate([shortfall(when, climb.scored(part)) for part in _parts(climb, raised)])
        gain = lack[0] - lack[1:]
        if not len(gain) or gain.max() <= ENOUGH:
            return None
        price = climb.cost(raised[1:]) - climb.cost(raised[:1])
        now = raised[1 + int(np.argmax(gain / price))]
    return now if climb.good(now[None])[0] else None


def _raised(climb: Climb, now: Levels) -> Levels:
    """`now`, and all climbs with one criterion higher: by one step, two, four and so on, or to its top. Where a
    scale has very many steps the first of these is larger; trimming finds the step that is needed."""
    rows = [now]
    for place in np.flatnonzero(now < climb.heights).tolist():
        equal = climb.before[place]
        if equal >= 0 and now[equal] <= now[place]:
            continue
        height = int(climb.heights[place])
        room, least = height - int(now[place]), max(1, height // FEWEST_MOVES)
        for more in sorted({*(min(room, least * 2**power) for power in range(room.bit_length())), room}):
            row = now.copy()
            row[place] += more
            rows.append(row)
    return np.array(rows, dtype=np.int32)


def _parts(climb: Climb, rows: Levels) -> Iterator[Levels]:
    size = max(1, MOST_CELLS // len(climb.criteria))
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _trimmed(climb: Climb, way: Levels) -> Levels:
    """`way` without what it does not need: the dearest raises are lowered first, each as far as it can be."""
    order = np.argsort(-climb.costs[np.arange(len(way)), way], kind="stable")
    for place in order.tolist():
        if way[place]:
            lower = np.repeat(way[None], way[place] + 1, axis=0)
            lower[:, place] = np.arange(way[place] + 1)
            good = np.concatenate([climb.good(part) for part in _parts(climb, lower)])
            way = lower[int(np.argmax(good))]
    return way


def _exchanged(climb: Climb, way: Levels) -> Levels:
    """`way` with one raise exchanged for a cheaper one as long as there is such an exchange."""
    for _ in range(len(climb.criteria)):
        rows = np.array([way, *_exchanges(climb, way)], dtype=np.int32)
        rows = rows[climb.cost(rows) <= climb.cost(way[None])[0]]
        good = np.concatenate([climb.good(part) for part in _parts(climb, rows)])
        best = cheapest(climb, rows[good])
        if best is None or (best == way).all():
            return way
        way = _trimmed(climb, best)
    return way


def _exchanges(climb: Climb, way: Levels) -> Iterator[Levels]:
    """One criterion back to where it was or a step lower, another up to four steps higher."""
    if len(climb.criteria) > MOST_EXCHANGED:
        return
    for down in np.flatnonzero(way).tolist():
        for up in range(len(way)):
            for less in {1, int(way[down])}:
                for more in range(1, min(4, int(climb.heights[up] - way[up])) + 1):
                    if up != down:
                        row = way.copy()
                        row[down] -= less
                        row[up] += more
                        yield row
