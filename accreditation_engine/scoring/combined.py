"""The ratings of several reviewers made into one set."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from accreditation_engine.definitions.rubric import Rubric

from .ratings import Rating, Ratings


def combined_ratings(rubric: Rubric, by_reviewer: Sequence[Ratings]) -> dict[str, Rating]:
    """Per criterion the exact mean of the reviewers' numbers, as a Fraction.

    A criterion that not all have answered is left out. It is not_applicable only if all say so; those who do
    while others rated it are left out of the mean. It is unable_to_verify only if all the rest were unable;
    beside a number, an unable_to_verify counts as the scale's minimum.
    """
    combined: dict[str, Rating] = {}
    for criterion in rubric.every_criterion():
        answers = [ratings[criterion.id] for ratings in by_reviewer if criterion.id in ratings]
        if answers and len(answers) == len(by_reviewer):
            combined[criterion.id] = _combine(answers, rubric.scale.minimum)
    return combined


def _combine(answers: list[Rating], minimum: Decimal) -> Rating:
    rated = [answer for answer in answers if answer != "not_applicable"]
    if not rated:
        return "not_applicable"
    if all(answer == "unable_to_verify" for answer in rated):
        return "unable_to_verify"
    numbers = [Fraction(minimum if isinstance(answer, str) else answer) for answer in rated]
    return sum(numbers, Fraction(0)) / len(numbers)
