"""How the scores of dossiers move with a change, also where no outcome does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from ..rounding import rounded
from .closeness import shown_as
from .comparison import Comparison
from .rescoring import Rescored


@dataclass(frozen=True)
class Move:
    """The percent of a dossier's whole, as it is shown before and after."""

    dossier: Any
    before: Decimal
    after: Decimal

    @property
    def by(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True)
class Movement:
    """Of dossiers that are complete on both sides: how many rise, fall and stay, by how many points of a percent
    on average, and which moves farthest; None where none moves. Of two that move as far, the first."""

    up: int
    down: int
    same: int
    mean: Decimal
    farthest: Move | None


def movement(comparison: Comparison) -> Movement | None:
    """None where no dossier is complete on both sides."""
    moves = list(_moves(comparison))
    if not moves:
        return None
    up, down = (sum(1 for each in moves if each.by * side > 0) for side in (1, -1))
    mean = Fraction(sum(each.by for each in moves)) / len(moves)
    farthest = max(moves, key=lambda each: abs(each.by))
    rounding = comparison.after.rubric.rounding
    return Movement(
        up, down, len(moves) - up - down, rounded(mean, rounding), farthest if farthest.by else None
    )


def _moves(comparison: Comparison) -> Iterator[Move]:
    sides = (comparison.before, comparison.after)
    complete = [each.shares.tables.complete & ~np.isnan(each.shares.whole.share) for each in sides]
    before, after = (_Shown(each) for each in sides)
    for row in np.flatnonzero(complete[0] & complete[1]).tolist():
        yield Move(sides[0].matrix.dossiers[row], before.percent(row), after.percent(row))


class _Shown:
    """Percents as a score sheet shows them: exactly where a float is too near to where rounding turns."""

    def __init__(self, side: Rescored) -> None:
        self.side, self.values = side, side.shares.whole.value("percent").tolist()
        self.known: dict[float, Decimal | None] = {}

    def percent(self, row: int) -> Decimal:
        value = self.values[row]
        if value not in self.known:
            self.known[value] = shown_as(value, self.side.rubric.rounding, 100.0)
        exact = self.known[value] or self.side.sheet(row).percent
        assert exact is not None  # noqa: S101 - a complete sheet to which something applies has a percent
        return exact
