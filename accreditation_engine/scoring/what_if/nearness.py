"""Who comes nearest to another outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .edits import thresholds
from .margins import Margin
from .rescoring import Rescored

COMPARED = ("score", "area", "every_area")


@dataclass(frozen=True)
class Nearest:
    """A dossier whose `value`, in percent, is the nearest to what a threshold asks for and that decides about its
    outcome."""

    dossier: Any
    threshold: str
    asked: Decimal
    value: Decimal

    @property
    def away(self) -> Decimal:
        return abs(self.value - self.asked)


def nearest(now: Rescored, margins: Iterable[Margin]) -> Nearest | None:
    """Over the thresholds in percent among `margins`, which are those of `now`: points of a scale and numbers of
    criteria cannot be compared with them. None where none of them decides."""
    return min(_candidates(now, margins), key=lambda each: each.away, default=None)


def _candidates(now: Rescored, margins: Iterable[Margin]) -> Iterator[Nearest]:
    known = thresholds(now.rubric)
    for margin in margins:
        threshold = known.get(margin.name)
        if threshold is None or threshold.kind not in COMPARED or threshold.test.on != "percent":
            continue
        if margin.down is not None:
            yield Nearest(margin.down.dossiers[0], margin.name, margin.now, margin.down.at)
        if margin.up is not None:
            yield Nearest(margin.up.dossiers[0], margin.name, margin.now, margin.up.safe)
