"""Where reviewers differ by more than a rubric bears."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from accreditation_engine.definitions.rubric import Rubric

from .ratings import Rating, Ratings


@dataclass(frozen=True)
class Difference:
    """A criterion on which reviewers are too far apart. `span` is how many points lie between their numbers, or
    None where some did not answer with a number, or not with the same word."""

    criterion: str
    span: Fraction | None


def differences(rubric: Rubric, by_reviewer: Sequence[Ratings]) -> list[Difference]:
    """The criteria to reconcile, in the order of the file: numbers further apart than `reconcile_above`, a number
    beside a word, and two different words. None under a rubric that does not say how far is too far."""
    if rubric.reconcile_above is None:
        return []
    found = []
    for criterion in rubric.every_criterion():
        answers = {ratings[criterion.id] for ratings in by_reviewer if criterion.id in ratings}
        span = _span(answers)
        if span is None or span > rubric.reconcile_above:
            found.append(Difference(criterion.id, span))
    return found


def _span(answers: set[Rating]) -> Fraction | None:
    if len(answers) < 2:
        return Fraction(0)
    numbers = [Fraction(each) for each in answers if not isinstance(each, str)]
    return max(numbers) - min(numbers) if len(numbers) == len(answers) else None
