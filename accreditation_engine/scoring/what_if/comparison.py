"""Two ways to judge the same dossiers: whose outcome would change, in which direction, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..conditions import Facts, judge
from ..verdicts import Reason
from .rescoring import Rescored


@dataclass(frozen=True)
class Change:
    """A dossier whose outcome would be another. `better` is None where that cannot be said: one of the two
    rubrics has no such outcome, or gives the dossier none."""

    dossier: Any
    row: int
    before: str | None
    after: str | None
    better: bool | None


@dataclass(frozen=True)
class Why:
    """What the better of the two outcomes rests or fails on, before and after the change."""

    before: tuple[Reason, ...]
    after: tuple[Reason, ...]


@dataclass(frozen=True)
class Comparison:
    """`before` and `after` are of the same matrix. `changes` are in the order of its dossiers."""

    before: Rescored
    after: Rescored
    changes: tuple[Change, ...]

    def outcomes(self) -> Counter[tuple[str | None, str | None]]:
        """How many dossiers have which outcome before and after."""
        names = [
            np.array([*(each.outcome for each in side.rubric.outcomes), None], dtype=object)[side.ranks]
            for side in (self.before, self.after)
        ]
        return Counter(zip(*(each.tolist() for each in names), strict=True))

    def why(self, change: Change) -> Why:
        """The reasons that decided `change`, exactly. Codes; `words.in_words` with the rubric of their side."""
        contested = change.before if change.better is False else change.after
        before, after = (_reasons(side, change.row, contested) for side in (self.before, self.after))
        failing = {_subject(each) for each in (*before, *after) if not each.holds}
        return Why(
            tuple(each for each in before if _subject(each) in failing or not failing),
            tuple(each for each in after if _subject(each) in failing or not failing),
        )


def compare(before: Rescored, after: Rescored) -> Comparison:
    """What changes from `before` to `after`, which score the same matrix of dossiers."""
    old = [*(each.outcome for each in before.rubric.outcomes), None]
    new = [*(each.outcome for each in after.rubric.outcomes), None]
    rank = {name: at for at, name in enumerate(new)}
    meaning = np.array([rank.get(name, len(new)) for name in old])
    same = meaning[before.ranks] == np.array(range(len(new)))[after.ranks]
    changes = []
    for row in np.flatnonzero(~same).tolist():
        one, two = old[before.ranks[row]], new[after.ranks[row]]
        comparable = one in rank and one is not None and two is not None
        better = rank[two] < rank[one] if comparable else None
        changes.append(Change(before.matrix.dossiers[row], row, one, two, better))
    return Comparison(before, after, tuple(changes))


def _reasons(side: Rescored, row: int, outcome: str | None) -> tuple[Reason, ...]:
    """Why the dossier has, or has not, `outcome` on that side."""
    sheet = side.sheet(row)
    when = next((each.when for each in side.rubric.outcomes if each.outcome == outcome), None)
    if when is None or not sheet.complete or outcome is None:
        return sheet.reasons
    first = side.first.get(side.matrix.dossiers[row])
    facts = Facts(sheet.scores, sheet.ratings, first.scores if first is not None and first.complete else None)
    return tuple(each.of(outcome) for each in judge(when, facts).reasons)


def _subject(reason: Reason) -> tuple[str, Any]:
    """What a reason is about. One that names the lowest area is about areas, as one that names an area is."""
    kind = reason.code.removeprefix("every_").removeprefix("some_")
    return (kind, None if kind in ("area", "criterion") else reason.parameters.get("among"))
