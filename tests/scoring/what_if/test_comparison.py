"""Whose outcome would change, in which direction, and why."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from accreditation_engine.scoring import in_words
from accreditation_engine.scoring.what_if import (
    Comparison,
    EditError,
    RatingMatrix,
    compare,
    number_from,
    rescore,
    the_threshold,
    thresholds,
    with_threshold,
    with_weight,
)

from ..rubrics import area, criterion, outcomes, rubric
from ..schemes import all_rated, scheme

GOLD = rubric(
    area("integrity", criterion("a"), criterion("b"), weight=10),
    area("openness", criterion("c"), weight=10),
    outcomes=outcomes(
        gold={"all": [{"score": {"at_least": 70}}, {"area": {"id": "integrity", "at_least": 50}}]},
        plain={
            "any": [{"score": {"at_least": 40}}, {"not": {"count": {"rating_at_most": 0, "no_more_than": 1}}}]
        },
    ),
)
DOSSIERS: dict[str, dict[str, Any]] = {
    "high": {"a": 4, "b": 4, "c": 4},
    "open": {"a": 2, "b": 2, "c": 4},
    "upright": {"a": 4, "b": 4, "c": 2},
    "low": {"a": 1, "b": 1, "c": 1},
    "unfinished": {"a": 4},
}


def compared(then: Any) -> Comparison:
    matrix = RatingMatrix.of(DOSSIERS, "abc")
    return compare(rescore(GOLD, matrix), rescore(then, matrix))


def test_who_rises_and_who_falls_with_a_weight() -> None:
    changes = compared(with_weight(GOLD, "openness", Decimal(5))).changes
    assert [(each.dossier, each.before, each.after, each.better) for each in changes] == [
        ("open", "gold", "plain", False)
    ]
    changes = compared(with_weight(GOLD, "integrity", Decimal(2))).changes
    assert [(each.dossier, each.before, each.after, each.better) for each in changes] == [
        ("upright", "gold", "plain", False)
    ]


def test_why_a_dossier_falls_and_rises() -> None:
    then = with_weight(GOLD, "openness", Decimal(5))
    one = compared(then)
    why = one.why(one.changes[0])
    assert [in_words(each, GOLD, "en") for each in why.before] == [
        "Overall score 75.00 %, as Gold asks (at least 70 %)"
    ]
    assert [in_words(each, then, "en") for each in why.after] == [
        "Overall score 66.67 %, Gold asks for at least 70 %"
    ]
    matrix = RatingMatrix.of(DOSSIERS, "abc")
    back = compare(rescore(then, matrix), rescore(GOLD, matrix))
    assert [each.better for each in back.changes] == [True]
    why = back.why(back.changes[0])
    assert [each.holds for each in (*why.before, *why.after)] == [False, True]


def test_how_many_have_which_outcome() -> None:
    found = compared(with_threshold(GOLD, the_threshold(GOLD, "gold"), Decimal(80))).outcomes()
    assert found == {
        ("gold", "gold"): 1,
        ("gold", "plain"): 2,
        ("none", "none"): 1,
        (None, None): 1,
    }


def test_an_outcome_that_the_other_edition_has_not_is_neither_better_nor_worse() -> None:
    old, new = (scheme(f"higher-education-grades-{edition}") for edition in ("2007", "2017"))
    matrix = RatingMatrix.of({points: all_rated(old, points) for points in (1, 2, 3, 4)}, all_rated(old, 0))
    changes = compare(rescore(old, matrix), rescore(new, matrix)).changes
    assert [(each.dossier, each.before, each.after, each.better) for each in changes] == [
        (3, "b", "b-plus-plus", True),
        (4, "a", "a-plus-plus", True),
    ]
    back = compare(rescore(new, matrix), rescore(old, matrix)).changes
    assert [each.better for each in back] == [None, None]


def test_thresholds_have_names() -> None:
    assert {name: str(each.number) for name, each in thresholds(GOLD).items()} == {
        "gold.score": "70",
        "gold.area.integrity": "50",
        "plain.score": "40",
        "plain.count": "1",
    }
    twice = {"all": [{"count": {"rating_at_most": rating, "no_more_than": 3}} for rating in (0, 1)]}
    assert list(thresholds(rubric(area("x", criterion("a")), outcomes=outcomes(gold=twice)))) == [
        "gold.count",
        "gold.count.2",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gold.scor", "there is no threshold 'gold.scor'; did you mean 'gold.score'?"),
        (
            "none",
            "there is no threshold 'none'; known here: gold.area.integrity, gold.score, plain.count, plain.score",
        ),
    ],
)
def test_a_threshold_that_is_not_there_is_refused(name: str, said: str) -> None:
    with pytest.raises(EditError) as refused:
        the_threshold(GOLD, name)
    assert str(refused.value) == said


def test_an_outcome_with_several_thresholds_is_asked_which() -> None:
    of = rubric(
        area("x", criterion("a")),
        outcomes=outcomes(
            gold={"all": [{"every_area": {"at_least": 1}}, {"every_criterion": {"at_least": 1}}]}
        ),
    )
    with pytest.raises(EditError, match=r"write one of: gold.every_area, gold.every_criterion"):
        the_threshold(of, "gold")


def test_a_weight_of_what_is_not_there_and_a_number_that_is_none_are_refused() -> None:
    with pytest.raises(EditError, match="no area or criterion 'integritty'; did you mean 'integrity'"):
        with_weight(GOLD, "integritty", Decimal(1))
    with pytest.raises(EditError, match="'much' is not a number"):
        number_from("much")


def test_a_change_leaves_the_rubric_as_it_was() -> None:
    heavier = with_weight(GOLD, "c", Decimal(3))
    assert [each.weight for each in heavier.every_criterion()] == [1, 1, 3]
    assert [each.weight for each in GOLD.every_criterion()] == [1, 1, 1]


def test_7000_dossiers_of_62_criteria_take_less_than_two_seconds() -> None:
    """A third of one where it was measured, with everything from mappings to changes and reasons."""
    of = rubric(
        *(
            area(
                f"a{n}",
                *(criterion(f"c{n}-{m}", weight=m % 3 + 1) for m in range(7 if n < 8 else 3)),
                weight=10 + n,
            )
            for n in range(10)
        ),
        outcomes=outcomes(gold={"all": [{"score": {"at_least": 50}}, {"every_area": {"at_least": 20}}]}),
    )
    names = list(all_rated(of, 0))
    assert len(names) == 62
    answers = [*(Decimal(number) / 2 for number in range(9)), "not_applicable", "unable_to_verify"]
    rated = {
        dossier: {
            name: answers[(dossier * 7919 + place * 104729 + dossier * place) % 11]
            for place, name in enumerate(names)
        }
        for dossier in range(7000)
    }
    start = perf_counter()
    matrix = RatingMatrix.of(rated, names)
    change = compare(rescore(of, matrix), rescore(with_weight(of, "a0", Decimal(15)), matrix))
    [change.why(each) for each in change.changes[:20]]
    assert perf_counter() - start < 2
