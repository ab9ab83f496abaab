"""What each answer means under one rubric, worked out exactly and once, to be looked up by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property

import numpy as np

from accreditation_engine.definitions.rubric import Criterion, Rubric

from ..problems import RatingProblem, RatingProblems
from ..ratings import Rating, check_scale
from ..rounding import rounded
from .matrix import UNANSWERED, Codes, RatingMatrix
from .means import Bools, Floats


@dataclass(frozen=True)
class Meanings:
    """What each of `answers` means under `rubric`. Every list and table has one entry more than there are answers:
    the last is that of an unanswered criterion, to which the code UNANSWERED (-1) leads."""

    rubric: Rubric
    answers: tuple[Rating, ...]

    @cached_property
    def counted(self) -> list[Fraction | None]:
        """What each answer counts for; None where it does not apply, or where there is none."""
        least = Fraction(self.rubric.scale.minimum)
        found = [
            (None if answer == "not_applicable" else least) if isinstance(answer, str) else Fraction(answer)
            for answer in self.answers
        ]
        return [*found, None]

    @cached_property
    def shown(self) -> list[Decimal | None]:
        """`counted`, rounded as the rubric declares."""
        rounding = self.rubric.rounding
        return [None if value is None else rounded(value, rounding) for value in self.counted]

    @cached_property
    def numbers(self) -> Floats:
        """`shown` as floats, NaN where nothing counts."""
        return np.array([np.nan if rating is None else float(rating) for rating in self.shown])

    @cached_property
    def shares(self) -> Callable[[Decimal], Floats]:
        """Given the highest rating a criterion may get: how far each answer is from the least (0) to that (1)."""
        least = Fraction(self.rubric.scale.minimum)

        @cache
        def table(ceiling: Decimal) -> Floats:
            room = Fraction(ceiling) - least
            shares = [np.nan if value is None else float((value - least) / room) for value in self.counted]
            return np.array(shares)

        return table

    def rated(self, holds: Callable[[Decimal], bool], *, otherwise: bool) -> Bools:
        """For each answer, whether what it is shown as `holds`; `otherwise` where it does not count."""
        return np.array([otherwise if value is None else holds(value) for value in self.shown])

    def worded(self, word: str) -> Bools:
        """For each answer, whether it is `word`."""
        return np.array([*(answer == word for answer in self.answers), False])


@dataclass(frozen=True)
class Tables:
    """A matrix as `rubric` reads it: `codes` has a column for each of its criteria, in the order of the file.

    `meanings` may be those of a rubric with the same criteria, scale and rounding.
    """

    rubric: Rubric
    codes: Codes
    meanings: Meanings

    @classmethod
    def of(cls, rubric: Rubric, matrix: RatingMatrix) -> Tables:
        """Raises RatingProblems, one for each criterion, where ratings are off the scale of `rubric`."""
        codes = matrix.columns(each.id for each in rubric.every_criterion())
        tables = cls(rubric, codes, Meanings(rubric, matrix.answers))
        problems = list(_off_scale(tables))
        if problems:
            raise RatingProblems(problems)
        return tables

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of each criterion."""
        return {each.id: place for place, each in enumerate(self.rubric.every_criterion())}

    @cached_property
    def complete(self) -> Bools:
        """Which dossiers have an answer to every criterion."""
        return np.asarray((self.codes != UNANSWERED).all(axis=1))

    def codes_of(self, criteria: Iterable[str]) -> Codes:
        """The columns of `criteria`, in their order."""
        return self.codes[:, [self.place[name] for name in criteria]]

    def shares(self, criterion: Criterion) -> Floats:
        """How far each dossier's rating is from the least (0) to the most (1); NaN where it does not count."""
        return self.meanings.shares(self.rubric.ceiling(criterion))[self.codes[:, self.place[criterion.id]]]


def _off_scale(tables: Tables) -> Iterator[RatingProblem]:
    """For each criterion the first rating off its scale, if there is one."""
    used: dict[Decimal, list[int]] = {}
    answers = tables.meanings.answers
    for place, criterion in enumerate(tables.rubric.every_criterion()):
        ceiling = tables.rubric.ceiling(criterion)
        if ceiling not in used:
            used[ceiling] = [
                at for at, each in enumerate(answers) if _problem(tables.rubric, criterion, each)
            ]
        found = next((code for code in used[ceiling] if (tables.codes[:, place] == code).any()), None)
        problem = None if found is None else _problem(tables.rubric, criterion, answers[found])
        if problem is not None:
            yield problem


def _problem(rubric: Rubric, criterion: Criterion, answer: Rating) -> RatingProblem | None:
    return None if isinstance(answer, str) else check_scale(rubric, criterion, answer)
