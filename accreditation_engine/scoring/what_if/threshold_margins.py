"""How far a threshold can move before the first outcome flips. Exact, without trying values.

With all else as it is, a dossier's outcome depends on a threshold only through whether its value passes. So the
dossiers that count are those whose outcome differs between "all pass" and "none passes", and the first to flip is
the one whose value is next to the threshold on either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from accreditation_engine.definitions.condition_checks import check_condition
from accreditation_engine.definitions.conditions import KINDS

from ..conditions import Facts, judge
from .closeness import shown_as
from .edits import Threshold, thresholds, with_threshold
from .margins import Flip, Margin
from .rescoring import Rescored, first_scores
from .values import value_of

ZERO = Decimal(0)
BEYOND = Decimal(10) ** 11
"""Above every score, count and growth there is; below them with a minus."""


@dataclass(frozen=True)
class _Value:
    number: Decimal
    row: int


def threshold_margins(now: Rescored) -> list[Margin]:
    """A margin for each threshold of the rubric, in the order of the file."""
    return [threshold_margin(now, each) for each in thresholds(now.rubric).values()]


def threshold_margin(now: Rescored, threshold: Threshold) -> Margin:
    """How far `threshold` can move with every dossier of `now` keeping its outcome."""
    values = sorted(_values(now, threshold), key=lambda each: each.number)
    unit, asked = _unit(now, threshold), threshold.number
    if threshold.bound == "no_more_than":  # a value passes by being at the threshold or below it
        down = [each for each in values if each.number <= asked]
        up = [each for each in values if each.number > asked]
        lower, upper = _flip(now, down[-1:], down, (-unit, ZERO)), _flip(now, up[:1], up, (ZERO, -unit))
    else:
        down = [each for each in values if each.number < asked]
        up = [each for each in values if each.number >= asked]
        lower, upper = _flip(now, down[-1:], down, (ZERO, unit)), _flip(now, up[:1], up, (unit, ZERO))
    return Margin(threshold.name, asked, _possible(now, threshold, lower), _possible(now, threshold, upper))


def _flip(
    now: Rescored, nearest: list[_Value], side: list[_Value], ends: tuple[Decimal, Decimal]
) -> Flip | None:
    """The flip of the dossiers that share the nearest value, `ends` away from where it happens and is safe."""
    if not nearest:
        return None
    value = nearest[0].number
    dossiers = tuple(now.matrix.dossiers[each.row] for each in side if each.number == value)
    return Flip(value + ends[0], value + ends[1], dossiers)


def _possible(now: Rescored, threshold: Threshold, flip: Flip | None) -> Flip | None:
    """None where the flip lies beyond all that may be written there."""
    if flip is None or (threshold.kind == "count" and flip.at < 0):
        return None
    moved = threshold.test.model_copy(update={threshold.bound: flip.at})
    return None if any(check_condition(_leaf(threshold.kind, moved), now.rubric, ())) else flip


def _leaf(kind: str, test: Any) -> Any:
    return KINDS[kind].model_construct(**{kind: test})


def _unit(now: Rescored, threshold: Threshold) -> Decimal:
    return Decimal(1) if threshold.kind == "count" else Decimal(1).scaleb(-now.rubric.rounding.places)


def _values(now: Rescored, threshold: Threshold) -> Iterator[_Value]:
    """What is compared with the threshold, as it is shown, of each dossier whose outcome depends on it."""
    low, high = (Decimal(-1), BEYOND) if threshold.kind == "count" else (-BEYOND, BEYOND)
    passing, failing = (now.again(with_threshold(now.rubric, threshold, each)) for each in (low, high))
    rows = np.flatnonzero(passing.ranks != failing.ranks).tolist()
    value = value_of(
        threshold.kind, threshold.test, now.shares, first_scores(now.rubric, now.matrix.dossiers, now.first)
    )
    reach = np.broadcast_to(value.reach, value.values.shape)
    known: dict[float, Decimal | None] = {}
    for row in rows:
        number = float(value.values[row])
        if number not in known:
            whole = threshold.kind == "count"
            known[number] = (
                Decimal(int(number)) if whole else shown_as(number, now.rubric.rounding, float(reach[row]))
            )
        exact = known[number]
        yield _Value(_exactly(now, threshold, row) if exact is None else exact, row)


def _exactly(now: Rescored, threshold: Threshold, row: int) -> Decimal:
    sheet, first = now.sheet(row), now.first.get(now.matrix.dossiers[row])
    facts = Facts(sheet.scores, sheet.ratings, first.scores if first is not None and first.complete else None)
    reasons = judge(_leaf(threshold.kind, threshold.test), facts).reasons
    return min(Decimal(str(each.parameters["value"])) for each in reasons)
