"""Exact numbers made into shown ones: once, at the end, in the mode that the rubric declares."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from accreditation_engine.definitions.rubric import Rounding


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """`value` with exactly `rounding.places` places.

    half_up takes a tie away from zero, half_even to the even neighbour; down cuts towards zero.
    """
    numerator, divisor = value.numerator, value.denominator
    whole, rest = divmod(abs(numerator) * 10**rounding.places, divisor)
    if rest:
        whole += _one_more(whole, 2 * rest, divisor, rounding.mode)
    return Decimal(f"{-whole if numerator < 0 else whole}e-{rounding.places}")


def _one_more(whole: int, twice_rest: int, divisor: int, mode: str) -> bool:
    if mode == "half_up":
        return twice_rest >= divisor
    return mode == "half_even" and (twice_rest > divisor or (twice_rest == divisor and whole % 2 == 1))


def plain(number: Decimal) -> str:
    """A number as text without an exponent: "70", "0.01", "84.50"."""
    return f"{number:f}"
