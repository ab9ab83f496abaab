"""What an outcome asks for of each area, as a line in the drawing of the areas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from accreditation_engine.definitions.conditions import AllOf, AreaScore, Condition, EveryArea, Score
from accreditation_engine.definitions.rubric import Outcome, Rubric

PERCENT = "percent"


def asked_of_areas(rubric: Rubric, outcome: Outcome) -> Sequence[Decimal]:
    """In percent, one for each area: the most that a condition asks for of it; where none speaks of the area, what
    is asked for of the whole. Nothing where the outcome asks for neither, or on another scale alone."""
    asked = list(_all_of(outcome.when)) if outcome.when is not None else []
    whole = [
        each.score.at_least
        for each in asked
        if isinstance(each, Score) and each.score.at_least is not None and each.score.on == PERCENT
    ]
    line = [max(_of_area(asked, area.id), default=max(whole, default=None)) for area in rubric.areas]
    return [] if None in line else [Decimal(each) for each in line if each is not None]


def _of_area(asked: Sequence[Condition], area: str) -> Iterator[Decimal]:
    for each in asked:
        if isinstance(each, EveryArea) and each.every_area.on == PERCENT:
            yield each.every_area.at_least
        if isinstance(each, AreaScore) and each.area.id == area and each.area.on == PERCENT:
            yield each.area.at_least


def _all_of(condition: Condition) -> Iterator[Condition]:
    """What must hold in any case: of alternatives none does."""
    if isinstance(condition, AllOf):
        for each in condition.all:
            yield from _all_of(each)
    else:
        yield condition
