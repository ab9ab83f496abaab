"""Edits as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring.what_if import EditError, edited, thresholds

from .test_movement import GOLD


def refusal(*, weights: tuple[str, ...] = (), asked: tuple[str, ...] = ()) -> EditError:
    with pytest.raises(EditError) as refused:
        edited(GOLD, weights, asked)
    return refused.value


def weight(of: Rubric, name: str) -> Decimal:
    return next(each.weight for each in of.areas if each.id == name)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("15", "15"), (" 15 ", "15"), ("١٥", "15"), ("۱۵", "15"), ("١٫٥", "1.5"), ("0.5", "0.5")],
)
def test_numbers_are_read_in_either_digits(typed: str, number: str) -> None:
    assert weight(edited(GOLD, [f"integrity={typed}"], []), "integrity") == Decimal(number)
    assert thresholds(edited(GOLD, [], [f"gold={typed}"]))["gold.score"].number == Decimal(number)


def test_the_same_number_twice_is_refused_with_both() -> None:
    twice = refusal(weights=("integrity=15", "openness=3", "integrity=١٦"))
    assert (
        twice.in_words("en") == "'integrity' is given twice: integrity=15 and integrity=١٦; keep one of them"
    )
    assert "\u2068integrity=15\u2069" in twice.in_words("ar")
    assert "'gold.score' is given twice: gold=80 and gold.score=81" in str(
        refusal(asked=("gold=80", "gold.score=81"))
    )


def test_what_is_no_edit_is_refused() -> None:
    assert str(refusal(weights=("integrity",))).startswith("'integrity' is no edit")
    assert str(refusal(weights=("=3",))).startswith("'=3' is no edit")
    assert str(refusal(weights=("integrity=much",))).startswith("'much' is not a number")
