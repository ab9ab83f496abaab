"""The random number that each dossier bears from the beginning."""

from __future__ import annotations

import secrets

LOTS = 2**31 - 1
"""A prime, so that multiplying by any number but a multiple of it gives lots another order and no two the same
place; and small enough that a product of two lots is a number that both databases can reckon with."""


def new_lot() -> int:
    """1 to LOTS - 1."""
    return 1 + secrets.randbelow(LOTS - 1)
