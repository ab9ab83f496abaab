"""How far a number of a rubric can move before a dossier's outcome flips."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Flip:
    """At `at` the outcomes of `dossiers` become others; up to `safe`, the last value before, nobody's does."""

    at: Decimal
    safe: Decimal
    dossiers: tuple[Any, ...]


@dataclass(frozen=True)
class Margin:
    """`down` and `up` are the first flips below and above `now`; None where none was found within `searched`,
    or anywhere when that is None."""

    name: str
    now: Decimal
    down: Flip | None
    up: Flip | None
    searched: tuple[Decimal, Decimal] | None = None
