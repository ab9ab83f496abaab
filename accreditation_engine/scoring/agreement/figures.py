"""A figure of agreement: a value, or why there is none, and always what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypedDict

from .table import RatingTable

Reason: TypeAlias = Literal[
    "no_ratings",  # nobody rated anything
    "one_rater",
    "no_pair",  # no unit was rated by two
    "one_unit",  # only one unit was rated by two: nothing to tell units apart by
    "all_alike",  # no rating differs from any other: agreement and chance cannot be told apart
    "incomplete",  # it takes every rater's rating of every unit
    "not_numbers",  # it takes distances, and nominal values have none
    "units_alike",  # ratings differ, but no unit from any other
    "not_two_raters",
]
"""Why a figure is undefined."""
NoInterval: TypeAlias = Literal[
    "few_units",  # fewer than resampling takes
    "no_disagreement",  # nothing differs from which to say how much there might be
    "seldom_defined",  # too many resamples have no figure
    "same_difference",  # raters differ alike on every unit, so that nothing is left to chance
    "approximation",  # the textbook's does not hold for these ratings
    "not_asked",
]
"""Why a figure that has a value has no interval."""

Method: TypeAlias = Literal["bootstrap", "analytic"]


@dataclass(frozen=True)
class Interval:
    """Where the figure lies with 95 % confidence. `resamples` is 0 for an analytic one."""

    low: float
    high: float
    method: Method
    resamples: int = 0


@dataclass(frozen=True)
class Caution:
    """Why a figure is to be read with care: `code` is a key of the sentences in `words`."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """`value` is None exactly when `undefined` says why; one that has a value has an `interval`, or `no_interval`
    says why not. `variant` is the level or the weights, if any.

    `units`, `raters` and `values` count what the figure was made from: for alpha the pairable values, those in
    units that two or more rated.
    """

    name: str
    value: float | None
    units: int
    raters: int
    values: int
    variant: str = ""
    undefined: Reason | None = None
    interval: Interval | None = None
    no_interval: NoInterval | None = None
    cautions: tuple[Caution, ...] = ()

    def as_json(self) -> dict[str, Any]:
        interval = self.interval and {
            "low": self.interval.low,
            "high": self.interval.high,
            "confidence": 0.95,
            "method": self.interval.method,
            "resamples": self.interval.resamples,
        }
        return {
            "value": self.value,
            "undefined": self.undefined,
            "interval": interval,
            "no_interval": self.no_interval,
            "units": self.units,
            "raters": self.raters,
            "values": self.values,
            "cautions": [{"code": each.code, **each.parameters} for each in self.cautions],
        }


class Limits(TypedDict):
    interval: Interval | None
    no_interval: NoInterval | None


def limits(found: Interval | NoInterval) -> Limits:
    """An interval, or why there is none, as a figure takes it."""
    if isinstance(found, Interval):
        return {"interval": found, "no_interval": None}
    return {"interval": None, "no_interval": found}


def undefined(name: str, table: RatingTable, reason: Reason, variant: str = "") -> Figure:
    return Figure(name, None, table.units, table.raters, table.ratings, variant, reason)


def why_incomparable(table: RatingTable) -> Reason | None:
    """What keeps any figure from being made of `table`; None when there is something to compare."""
    pairs = table.pairable
    checks: tuple[tuple[bool, Reason], ...] = (
        (table.ratings == 0, "no_ratings"),
        (table.contributors == 1, "one_rater"),
        (pairs.units == 0, "no_pair"),
        (pairs.units == 1, "one_unit"),
        (len(pairs.values) == 1, "all_alike"),
    )
    return next((reason for holds, reason in checks if holds), None)


def why_not_complete(table: RatingTable) -> Reason | None:
    """The same for figures that take every rater's rating of every unit."""
    reason = why_incomparable(table)
    if reason is None and not table.complete:
        return "incomplete"
    return reason
