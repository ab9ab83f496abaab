"""Which raises leave a criterion clear of findings that its rating would raise by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from accreditation_engine.definitions.rubric import Severity

from ..findings import SEVEREST_FIRST, severity_raised
from ..rounding import rounded
from ..sheet import ScoreSheet


@dataclass(frozen=True)
class Clearing:
    """No criterion may be left with a finding of one of `severities`, but those that are `settled`: a finding was
    raised there, and is closed. Nor can that be asked where every rating would be such a finding."""

    severities: tuple[Severity, ...] = ()
    settled: frozenset[str] = frozenset()

    @classmethod
    def of(cls, severities: Collection[Severity], settled: Collection[str]) -> Clearing:
        return cls(tuple(each for each in SEVEREST_FIRST if each in severities), frozenset(settled))

    def levels(self, sheet: ScoreSheet, ladders: Sequence[Sequence[Decimal]]) -> NDArray[np.bool_]:
        """A row a criterion, a column a level: whether it may be left there."""
        criteria = [each.id for each in sheet.rubric.every_criterion()]
        table = np.ones((len(criteria), 1 + max(map(len, ladders), default=0)), dtype=bool)
        for at, (name, ladder) in enumerate(zip(criteria, ladders, strict=True)):
            now = sheet.scores.ratings.get(name)
            if not self.severities or now is None or name in self.settled:
                continue
            shown = (now, *(rounded(Fraction(each), sheet.rubric.rounding) for each in ladder))
            clear = [severity_raised(sheet.rubric, each) not in self.severities for each in shown]
            if any(clear):
                table[at, : len(clear)] = clear
        return table

    def cleared(self, sheet: ScoreSheet, criterion: str) -> Severity | None:
        """How severe the finding is that a raise of `criterion` does away with, if it is one of these."""
        now = sheet.scores.ratings[criterion]
        found = severity_raised(sheet.rubric, now)
        return found if found in self.severities and criterion not in self.settled else None
