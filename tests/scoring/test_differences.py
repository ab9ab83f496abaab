"""Which criteria reviewers have to be reconciled on."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from accreditation_engine.scoring import Difference, differences

from .rubrics import area, criterion, rubric

TREE = area("whole", criterion("one"), criterion("two"))


@pytest.mark.parametrize(("above", "apart"), [("0", True), ("0.5", True), ("1.5", False), ("2", False)])
def test_only_what_lies_above_the_bound_is_apart(above: str, apart: bool) -> None:
    bounded = rubric(TREE, scale=(0, 4, "0.5"), reconcile_above=above)
    one, other = {"one": Decimal("2.5"), "two": Decimal(1)}, {"one": Decimal(1), "two": Decimal(1)}
    expected = [Difference("one", Fraction(3, 2))] if apart else []
    assert differences(bounded, [one, other]) == expected


def test_a_word_beside_a_number_is_apart_and_spans_nothing() -> None:
    bounded = rubric(TREE, reconcile_above=3)
    given = [
        {"one": Decimal(0), "two": "not_applicable"},
        {"one": "unable_to_verify", "two": "not_applicable"},
    ]
    assert differences(bounded, given) == [Difference("one", None)]  # type: ignore[arg-type]


def test_nobody_is_reconciled_when_the_rubric_sets_no_bound() -> None:
    assert differences(rubric(TREE), [{"one": Decimal(0)}, {"one": Decimal(4)}]) == []


def test_one_review_or_none_is_never_apart() -> None:
    bounded = rubric(TREE, reconcile_above=0)
    assert differences(bounded, []) == differences(bounded, [{"one": Decimal(0)}, {"two": Decimal(4)}]) == []
