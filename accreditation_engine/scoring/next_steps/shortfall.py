"""How far climbs are from an outcome, as a number that shrinks on the way: 0 is there."""

from __future__ import annotations

from typing import Any

import numpy as np

from accreditation_engine.definitions.conditions import Condition, kind_of

from ..what_if.means import Floats
from ..what_if.rescoring import Rescored, first_scores
from ..what_if.truths import Truths
from ..what_if.values import value_of


def shortfall(condition: Condition, scored: Rescored) -> Floats:
    """For each climb what it lacks of `condition`: shares of what is asked, added up over all that is asked."""
    return _Gauge(scored).lack(condition)


class _Gauge:
    def __init__(self, scored: Rescored) -> None:
        self.shares = scored.shares
        self.first = first_scores(scored.rubric, scored.matrix.dossiers, scored.first)

    def lack(self, condition: Condition) -> Floats:
        kind = str(kind_of(condition))
        if kind in ("all", "any"):
            parts = [self.lack(each) for each in getattr(condition, kind)]
            return np.asarray(sum(parts) if kind == "all" else np.minimum.reduce(parts), dtype=np.float64)
        test = getattr(condition, kind, None)
        if kind == "not" or getattr(test, "below", None) is not None:
            return (~Truths(self.shares, self.first).judge(condition)).astype(float)
        if kind == "count":
            return self._count(test)
        return self._leaf(kind, test)

    def _count(self, test: Any) -> Floats:
        found = value_of("count", test, self.shares, self.first).values
        lack = found - test.no_more_than if test.no_more_than is not None else test.at_least - found
        return np.maximum(lack, 0.0)

    def _leaf(self, kind: str, test: Any) -> Floats:
        asked = float(test.at_least)
        return sum(
            (
                np.nan_to_num(np.maximum(asked - values, 0.0)) / max(abs(asked), 1e-9)
                for values in self._each(kind, test)
            ),
            start=np.zeros(len(self.shares.whole.share)),
        )

    def _each(self, kind: str, test: Any) -> list[Floats]:
        """The values that must all be at least what is asked."""
        tables = self.shares.tables
        if kind == "every_area":
            return [node.value(test.on) for node in self.shares.areas.values()]
        if kind == "every_criterion":
            among = tables.rubric.criteria_among(test.among)
            return [tables.meanings.numbers[tables.codes[:, tables.place[each.id]]] for each in among]
        return [value_of(kind, test, self.shares, self.first).values]
