"""Whole numbers as they come in addresses and forms."""

from __future__ import annotations

OF_A_ROW = 18
"""Digits that the key of any row has at most."""


def whole_number(written: str, *, digits: int = 9) -> int | None:
    """The number, from 0, of at most so many digits of any script; None where something else is written there."""
    return int(written) if written.isdecimal() and len(written) <= digits else None
