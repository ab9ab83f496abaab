"""The ways parts make a whole. All but `share_met` work on shares: how far a part is from the least (0) to
the most (1) it can be, which brings parts of different scales together.

A part that does not apply is not among the parts. Nothing to combine gives None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

ZERO, ONE = Fraction(0), Fraction(1)
_DIGITS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """One rated part: `share` in 0..1, and the `low` and `high` of the points it brings to a sum."""

    weight: Fraction
    share: Fraction
    low: Fraction
    high: Fraction


def weighted_mean(parts: Sequence[Part]) -> Fraction | None:
    """sum(weight x share) / sum(weight); None where nothing has weight."""
    weight = sum((part.weight for part in parts), ZERO)
    return sum((part.weight * part.share for part in parts), ZERO) / weight if weight else None


def mean_unless_zero(parts: Sequence[Part]) -> Fraction | None:
    """The weighted mean, but 0 as soon as one part, of whatever weight, is at the least it can be.

    On a scale that starts at 0 that is a score of 0. On any other, 0 is read as the scale's minimum: a
    literal 0 would lie off a scale of 1 to 5, and in the middle of one of -2 to 2.
    """
    return ZERO if any(not part.share for part in parts) else weighted_mean(parts)


def minimum(parts: Sequence[Part]) -> Fraction | None:
    """The worst part."""
    return min((part.share for part in parts), default=None)


def points(parts: Sequence[Part]) -> Fraction | None:
    """Points got of the points there are, both above the least there can be."""
    room = sum((part.high - part.low for part in parts), ZERO)
    return sum((part.share * (part.high - part.low) for part in parts), ZERO) / room if room else None


def distance(parts: Sequence[Part]) -> Fraction | None:
    """1 - sqrt(mean((1 - share)^2)), the root-mean-square distance from the ideal; weights play no part."""
    if not parts:
        return None
    return ONE - root(sum(((ONE - part.share) ** 2 for part in parts), ZERO) / len(parts))


def root(value: Fraction) -> Fraction:
    """The square root: exact where it is rational, else cut after 40 places (it then can be no tie)."""
    exact = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    if exact * exact == value:
        return exact
    return Fraction(isqrt(value.numerator * 100**_DIGITS // value.denominator), 10**_DIGITS)


BY_SHARE: dict[str, Callable[[Sequence[Part]], Fraction | None]] = {
    "weighted_mean": weighted_mean,
    "mean_unless_zero": mean_unless_zero,
    "minimum": minimum,
    "sum": points,
    "distance": distance,
}
