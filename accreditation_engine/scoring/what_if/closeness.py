"""Floats compared as exact numbers would be when they are shown, or not compared at all.

A float pass decides what is far enough from where rounding turns; what is near is left to exact arithmetic.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np

from accreditation_engine.definitions.rubric import Rounding

from ..rounding import rounded
from .means import Bools, Floats

ERROR = 1e-9
"""How far a float may be from the exact number, for numbers up to 1: ten thousand times what it is."""


def turning_point(asked: Decimal, rounding: Rounding) -> Fraction:
    """The exact number at which a value, shown as `rounding` declares, begins to be at least `asked`. Whether
    it is so at that very number depends on the mode."""
    unit = Fraction(1, 10**rounding.places)
    shown = ceil(Fraction(asked) / unit) * unit
    if rounding.mode != "down":
        return shown - unit / 2
    return shown if shown > 0 else shown - unit


def at_least(
    values: Floats, asked: Decimal, rounding: Rounding, reach: float | Floats
) -> tuple[Bools, Bools]:
    """Whether each of `values` is shown as at least `asked`, and which are too near to tell. NaN is neither.

    `reach` is the largest number that went into them.
    """
    point = float(turning_point(asked, rounding))
    near = np.abs(values - point) <= ERROR * np.maximum(reach, max(1.0, abs(point)))
    return values > point, near


def shown_as(value: float, rounding: Rounding, reach: float) -> Decimal | None:
    """`value` as it is shown; None when it is too near to where rounding turns to tell."""
    slack = Fraction(ERROR * max(1.0, reach))
    low, high = (rounded(Fraction(value) + side * slack, rounding) for side in (-1, 1))
    return low if low == high else None
