"""Digits as the reader is used to them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Digits = Literal["western", "arabic-indic"]

_ARABIC_INDIC = str.maketrans("0123456789.%", "٠١٢٣٤٥٦٧٨٩٫٪")


def in_digits(text: str, digits: Digits) -> str:
    """`text` with its digits, decimal point and percent sign of the wanted kind. For numbers, not codes."""
    return text.translate(_ARABIC_INDIC) if digits == "arabic-indic" else text


def percent(value: Decimal, digits: Digits) -> str:
    """`value` with a percent sign: 85% or ٨٥٪. Zeros after the point are left out: 85.00 is 85."""
    plain = format(value, "f")
    short = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return in_digits(f"{short}%", digits)
