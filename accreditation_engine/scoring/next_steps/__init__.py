"""What would have to be rated higher for the next better outcome: the cheapest way, and whether that is proven.

The cheapest set of raises is the one of the fewest points of the scale in total; of those, the one that raises the
fewest criteria; of those, the one whose criteria come first in the file. A raise leads to a number on the scale,
also from a mean of reviewers that lies between two; `unable_to_verify` is raised from the scale's minimum, for
which it counts; `not_applicable` stays. What is found has been scored again by `score_sheet`.

A decision may ask for more than an outcome: that no finding of some severity is open. Ratings raise findings by
themselves, so on request no criterion is left with one of these.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from accreditation_engine.definitions.rubric import Rubric, Severity

from ..findings import Finding
from ..ratings import Rating, Ratings
from ..rounding import plain, rounded
from ..sheet import ScoreSheet, score_sheet
from .clearing import Clearing
from .climb import Climb, Levels
from .exhaustive import search
from .greedy import climb_greedily

Status = Literal["reachable", "best", "incomplete", "nothing_applicable", "not_found", "too_large"]
LARGEST = 300
"""Criteria up to which a way is looked for where scoring all that are short has found none."""


@dataclass(frozen=True)
class Raise:
    """`criterion` rated `to` instead of `now`. `points` is how much more that counts; `clears` how severe the
    finding is that `now` raises by itself, where it is one that was to be cleared."""

    criterion: str
    now: Rating
    to: Decimal
    points: Fraction
    clears: Severity | None = None


@dataclass(frozen=True)
class NextSteps:
    """`raises`, the smallest first, lead to `outcome`. `proven`: no set of raises costs fewer points. `findings`
    are those that ratings raise by themselves after that, `clear_of` the severities that were not to be left.

    Without raises, `status` says why: the outcome is the `best` there is, ratings are `incomplete`, no criterion
    applies (`nothing_applicable`), or no set of raises was found (`not_found`); if that is `proven`, there is
    none. A rubric of more than LARGEST criteria, for which none of the shortest sets would do, is `too_large`.
    Under the `best` outcome raises do no more than clear findings.
    """

    status: Status
    rubric: Rubric
    outcome: str | None = None
    raises: tuple[Raise, ...] = ()
    proven: bool = True
    findings: tuple[Finding, ...] = ()
    clear_of: tuple[Severity, ...] = ()

    @property
    def clears(self) -> bool:
        """Whether some raise is there to clear a finding, and nothing that was to be cleared is left."""
        left = {each.severity for each in self.findings}
        return left.isdisjoint(self.clear_of) and any(each.clears for each in self.raises)

    @property
    def points(self) -> Fraction:
        return sum((each.points for each in self.raises), Fraction(0))

    def as_json(self) -> dict[str, Any]:
        """Numbers are text, in the declared rounding where they can have a fraction."""
        rounding = self.rubric.rounding
        return {
            "status": self.status,
            "outcome": self.outcome,
            "points": plain(rounded(self.points, rounding)),
            "proven": self.proven,
            "clear_of": list(self.clear_of),
            "findings": [{"criterion": each.criterion, "severity": each.severity} for each in self.findings],
            "raises": [
                {
                    "criterion": each.criterion,
                    "now": each.now
                    if isinstance(each.now, str)
                    else plain(rounded(Fraction(each.now), rounding)),
                    "to": plain(each.to),
                    "points": plain(rounded(each.points, rounding)),
                }
                for each in self.raises
            ],
        }


def next_steps(
    rubric: Rubric,
    ratings: Ratings,
    *,
    first_assessment: ScoreSheet | None = None,
    clear_of: Collection[Severity] = (),
    settled: Collection[str] = (),
) -> NextSteps:
    """The cheapest way from `ratings` to a better outcome. Raises RatingProblems as `score_sheet` does."""
    sheet = score_sheet(rubric, ratings, first_assessment=first_assessment)
    return steps_from(sheet, first_assessment=first_assessment, clear_of=clear_of, settled=settled)


def steps_from(
    sheet: ScoreSheet,
    *,
    first_assessment: ScoreSheet | None = None,
    clear_of: Collection[Severity] = (),
    settled: Collection[str] = (),
) -> NextSteps:
    """As `next_steps`, from a sheet at hand. A third of a second for 60 criteria, a few for 300.

    No criterion is left with a finding whose severity is in `clear_of`, but those whose finding is `settled`, and
    those for which every rating would be one.
    """
    rubric = sheet.rubric
    if not sheet.complete:
        return NextSteps("incomplete" if sheet.missing else "nothing_applicable", rubric)
    climb = Climb.of(sheet, first_assessment, Clearing.of(clear_of, settled))
    left: dict[str, Any] = {"findings": sheet.findings, "clear_of": climb.clearing.severities}
    if climb.rank == 0 and not climb.floor.any():
        return NextSteps("best", rubric, **left)
    searched = search(climb)
    if searched.best is not None:
        return _described(climb, searched.best, proven=True)
    exhausted = searched.bound > climb.costs.max(axis=1).sum()
    if len(climb.criteria) > LARGEST and not exhausted:
        return NextSteps("too_large", rubric, proven=False, **left)
    found = None if exhausted else climb_greedily(climb)
    if found is None:
        return NextSteps("not_found", rubric, proven=exhausted, **left)
    return _described(climb, found, proven=bool(climb.cost(found[None])[0] <= searched.bound))


def _described(climb: Climb, levels: Levels, *, proven: bool) -> NextSteps:
    ratings, raises = dict(climb.sheet.ratings), []
    for at, (name, level) in enumerate(zip(climb.criteria, levels.tolist(), strict=True)):
        if level:
            to, points = climb.ladders[at][level - 1], climb.points(int(climb.costs[at, level]))
            raises.append(Raise(name, ratings[name], to, points, climb.clearing.cleared(climb.sheet, name)))
            ratings[name] = to
    reached = score_sheet(climb.rubric, ratings, first_assessment=climb.first)
    raises.sort(key=lambda each: each.points)
    status: Status = "reachable" if climb.rank else "best"
    return NextSteps(
        status,
        climb.rubric,
        reached.outcome,
        tuple(raises),
        proven,
        reached.findings,
        climb.clearing.severities,
    )
