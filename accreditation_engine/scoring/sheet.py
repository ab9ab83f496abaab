"""The score sheet: ratings made into scores, an outcome, findings, and the reasons for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

import rfc8785

from accreditation_engine.definitions.conditions import Condition
from accreditation_engine.definitions.rubric import Rubric

from .conditions import Facts, judge
from .findings import Finding, raised_findings
from .outcomes import choose_outcome
from .problems import RatingProblem, RatingProblems
from .ratings import Rating, Ratings, check_scale
from .rounding import plain
from .scores import Node, Scores, score_tree
from .verdicts import Reason, Verdict


@dataclass(frozen=True)
class ScoreSheet:
    """What ratings came to under one edition of a rubric.

    While criteria are `missing`, or when none applies, the sheet is not `complete`: scores then cover what is
    answered, and there is no outcome. `areas` holds the areas of every depth by id.
    """

    rubric: Rubric
    ratings: Ratings
    scores: Scores
    outcome: str | None
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    unverified: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing and self.scores.whole.score is not None

    @property
    def score(self) -> Decimal | None:
        return self.scores.whole.score

    @property
    def percent(self) -> Decimal | None:
        return self.scores.whole.percent

    @property
    def areas(self) -> Mapping[str, Node]:
        return self.scores.areas

    def as_json(self) -> dict[str, Any]:
        """The sheet in the form of the contract; numbers are strings in the declared rounding."""
        return {
            "rubric": self.rubric.id,
            "edition": self.rubric.edition,
            "complete": self.complete,
            **_numbers(self.scores.whole),
            "areas": {name: _numbers(node) for name, node in self.areas.items()},
            "outcome": self.outcome,
            "reasons": [reason.as_json() for reason in self.reasons],
            "findings": [{"criterion": each.criterion, "severity": each.severity} for each in self.findings],
            "unverified": list(self.unverified),
        }

    def digest(self) -> str:
        """SHA-256, in hex, of the RFC 8785 form of `as_json()`."""
        return sha256(rfc8785.dumps(self.as_json())).hexdigest()


def score_sheet(
    rubric: Rubric, ratings: Ratings, *, first_assessment: ScoreSheet | None = None
) -> ScoreSheet:
    """Score `ratings`, {criterion id: number or word}, under `rubric`.

    Numbers need only lie on the scale, not on its step: means of several reviewers do not. Raises
    RatingProblems for criteria the rubric has not, and for numbers off the scale.
    """
    _check(rubric, ratings)
    scores = score_tree(rubric, _counted(rubric, ratings))
    missing = tuple(each.id for each in rubric.every_criterion() if each.id not in ratings)
    facts = Facts(scores, ratings, _first(first_assessment))
    gap = _gap(scores, missing)
    outcome, reasons = (None, (gap,)) if gap else choose_outcome(facts)
    unverified = tuple(
        each.id for each in rubric.every_criterion() if ratings.get(each.id) == "unable_to_verify"
    )
    return ScoreSheet(
        rubric, dict(ratings), scores, outcome, reasons, raised_findings(scores), unverified, missing
    )


def evaluate(
    condition: Condition, sheet: ScoreSheet, *, first_assessment: ScoreSheet | None = None
) -> Verdict:
    """Whether `condition` holds on `sheet`, and why. On an incomplete sheet none does, not even a `not`."""
    gap = _gap(sheet.scores, sheet.missing)
    if gap:
        return Verdict(False, (gap,))
    return judge(condition, Facts(sheet.scores, sheet.ratings, _first(first_assessment)))


def reasons_against(
    sheet: ScoreSheet, outcome: str, *, first_assessment: ScoreSheet | None = None
) -> tuple[Reason, ...]:
    """What stands between `sheet` and `outcome`; nothing where its condition holds, whatever stands above it."""
    when = next(each.when for each in sheet.rubric.outcomes if each.outcome == outcome)
    gap = _gap(sheet.scores, sheet.missing)
    if gap or when is None:
        return (gap,) if gap else ()
    verdict = evaluate(when, sheet, first_assessment=first_assessment)
    return () if verdict.holds else tuple(each.of(outcome) for each in verdict.reasons)


def _first(assessment: ScoreSheet | None) -> Scores | None:
    """The scores that growth is counted from: none while that assessment is incomplete."""
    return assessment.scores if assessment is not None and assessment.complete else None


def _gap(scores: Scores, missing: tuple[str, ...]) -> Reason | None:
    if missing:
        return Reason("missing", False, {"criteria": missing})
    return Reason("nothing_applicable", False) if scores.whole.score is None else None


def _check(rubric: Rubric, ratings: Ratings) -> None:
    criteria = {each.id: each for each in rubric.every_criterion()}
    strange = {"rubric": rubric.id, "edition": rubric.edition}
    problems: list[RatingProblem | None] = [
        RatingProblem("unknown_criterion", name, strange) for name in ratings if name not in criteria
    ]
    for name, rating in ratings.items():
        if name in criteria and not isinstance(rating, str):
            problems.append(check_scale(rubric, criteria[name], rating))
    if any(problems):
        raise RatingProblems(each for each in problems if each)


def _counted(rubric: Rubric, ratings: Ratings) -> dict[str, Fraction | None]:
    least = Fraction(rubric.scale.minimum)
    return {name: _counts_for(rating, least) for name, rating in ratings.items()}


def _counts_for(rating: Rating, least: Fraction) -> Fraction | None:
    if isinstance(rating, str):
        return None if rating == "not_applicable" else least
    return Fraction(rating)


def _numbers(node: Node) -> dict[str, str | None]:
    return {
        "score": None if node.score is None else plain(node.score),
        "percent": None if node.percent is None else plain(node.percent),
    }
