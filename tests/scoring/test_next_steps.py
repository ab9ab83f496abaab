"""The cheapest way to the next better outcome: checked against trying everything."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring import score_sheet
from accreditation_engine.scoring.next_steps import NextSteps, exhaustive, next_steps
from accreditation_engine.scoring.next_steps.words import LABELS, steps_in_words

from .conditions import judging_rubrics
from .rubrics import area, criterion, outcomes, ratings, rubric
from .schemes import all_rated, scheme
from .test_shipped_rubrics import rubric as shipped

many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def raised(steps: NextSteps) -> list[tuple[str, str]]:
    return [(each.criterion, str(each.to)) for each in steps.raises]


def after(given_: dict[str, Any], steps: NextSteps) -> dict[str, Any]:
    return given_ | {each.criterion: each.to for each in steps.raises}


def rank(of: Rubric, outcome: str | None) -> int:
    return [*(each.outcome for each in of.outcomes), None].index(outcome)


def ladder(of: Rubric, name: str, rating: Any) -> list[Decimal]:
    """A rating and everything on the scale above it."""
    ceiling = next(of.ceiling(each) for each in of.every_criterion() if each.id == name)
    now = of.scale.minimum if rating == "unable_to_verify" else rating
    return (
        [rating]
        if rating == "not_applicable"
        else [rating, *_above(now + of.scale.step, ceiling, of.scale.step)]
    )


def _above(start: Decimal, ceiling: Decimal, step: Decimal) -> list[Decimal]:
    return [start + step * at for at in range(int((ceiling - start) / step) + 1)] if start <= ceiling else []


def cost(of: Rubric, before: dict[str, Any], then: dict[str, Any]) -> tuple[Decimal, int]:
    def counted(rating: Any) -> Decimal:
        return of.scale.minimum if isinstance(rating, str) else rating

    changed = [name for name in before if before[name] != then[name]]
    return sum((counted(then[name]) - counted(before[name]) for name in changed), Decimal(0)), len(changed)


@st.composite
def small(draw: st.DrawFn) -> tuple[Rubric, dict[str, Any]]:
    of = draw(judging_rubrics())
    given_ = draw(ratings(of))
    ladders = [len(ladder(of, name, each)) for name, each in given_.items()]
    combined = 1
    for height in ladders:
        combined *= height
    assume(combined <= 600)
    return of, given_


@many
@given(small())
def test_the_way_is_the_cheapest_of_all_there_are(case: tuple[Rubric, dict[str, Any]]) -> None:
    of, before = case
    sheet = score_sheet(of, before)
    steps = next_steps(of, before)
    if not sheet.complete or sheet.outcome == of.outcomes[0].outcome:
        assert steps.status == ("best" if sheet.complete else "incomplete")
        return
    every = [
        dict(zip(before, each, strict=True))
        for each in product(*(ladder(of, *item) for item in before.items()))
    ]
    better = [each for each in every if rank(of, score_sheet(of, each).outcome) < rank(of, sheet.outcome)]
    assert steps.proven
    assert (steps.status == "reachable") is bool(better)
    if better:
        then = after(before, steps)
        assert score_sheet(of, then).outcome == steps.outcome
        assert cost(of, before, then) == min(cost(of, before, each) for each in better)
        assert steps.points == Fraction(cost(of, before, then)[0])


@many
@given(small())
def test_a_greedy_way_leads_there_too(case: tuple[Rubric, dict[str, Any]]) -> None:
    of, before = case
    best = next_steps(of, before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exhaustive, "MOST_CLIMBS", 0)
        steps = next_steps(of, before)
    if steps.status == "reachable":
        assert best.status == "reachable"
        reached = score_sheet(of, after(before, steps)).outcome
        assert reached == steps.outcome
        assert rank(of, reached) < rank(of, score_sheet(of, before).outcome)
        assert steps.points >= best.points
        assert not steps.proven or steps.points == best.points


GATED = rubric(
    area("integrity", criterion("a", weight=2), criterion("b"), weight=3),
    area("openness", criterion("c"), criterion("d")),
    outcomes=outcomes(
        gold={"all": [{"score": {"at_least": 70}}, {"every_area": {"at_least": 50}}]},
        plain={"score": {"at_least": 40}},
    ),
)


def test_the_weightiest_criterion_is_the_cheapest() -> None:
    steps = next_steps(GATED, {"a": 2, "b": 2, "c": 2, "d": 2})
    assert (steps.outcome, steps.points, raised(steps)) == ("gold", 2, [("a", "4")])


def test_of_equals_the_first_in_the_file_is_raised() -> None:
    steps = next_steps(GATED, {"a": 4, "b": 4, "c": 1, "d": 1})
    assert (steps.outcome, raised(steps)) == ("gold", [("c", "3")])


def test_the_smallest_raise_comes_first() -> None:
    steps = next_steps(GATED, {"a": 0, "b": 4, "c": 1, "d": 2})
    assert [each.points for each in steps.raises] == sorted(each.points for each in steps.raises)


def test_a_mean_of_reviewers_is_raised_to_the_next_number_on_the_scale() -> None:
    ratings_ = {"a": Fraction(7, 2), "b": 4, "c": Fraction(3, 2), "d": 2}
    steps = next_steps(GATED, ratings_)
    assert (raised(steps), steps.points) == ([("c", "2")], Fraction(1, 2))


def test_what_could_not_be_verified_is_raised_from_the_minimum() -> None:
    of = scheme("wise-giving")
    steps = next_steps(of, all_rated(of, 1) | {"standard-4": "unable_to_verify"})
    assert (steps.outcome, raised(steps), steps.points) == ("accredited", [("standard-4", "1")], 1)


def test_the_next_better_outcome_is_not_the_best() -> None:
    of = scheme("standards-for-excellence")
    now = all_rated(of, 0) | {each: 1 for each in all_rated(of, 0) if each.endswith("-basics")}
    steps = next_steps(of, now)
    assert (steps.outcome, steps.points) == ("basics_enhanced", 4)
    assert [name for name, _ in raised(steps)] == [each for each in now if each.endswith("-enhanced")]


def test_growth_is_a_matter_of_ratings_too() -> None:
    of = scheme("performance-lab")
    first = score_sheet(of, all_rated(of, 5))
    steps = next_steps(of, all_rated(of, 5), first_assessment=first)
    assert (steps.outcome, steps.points) == ("still_growing", 1)
    assert next_steps(of, all_rated(of, 5)).status == "not_found"


def test_there_is_no_way_up_from_the_best_and_none_while_ratings_are_missing() -> None:
    assert next_steps(GATED, {"a": 4, "b": 4, "c": 4, "d": 4}).status == "best"
    assert next_steps(GATED, {"a": 4}).status == "incomplete"


def test_a_way_is_looked_for_where_there_are_too_many_to_try() -> None:
    of = scheme("stars-by-distance")  # ten thousand steps to each of two scores
    steps = next_steps(of, {"financial-score": 88, "accountability-score": 77})
    assert (steps.status, steps.outcome) == ("reachable", "four_stars")
    # The nearest point of the circle sqrt((f^2 + a^2) / 2) = 10.005 is 10.005 and 10.005 from the ideal.
    assert Decimal("14.99") <= steps.points <= Decimal("15.01")


def test_the_shipped_rubric_takes_less_than_two_seconds() -> None:
    """A tenth to a half of one where it was measured."""
    of = shipped("institutional-commitment")
    start = perf_counter()
    steps = next_steps(of, all_rated(of, 2))
    assert perf_counter() - start < 2
    assert steps.status == "reachable"


def test_it_reads_in_either_language() -> None:
    steps = next_steps(GATED, {"a": 2, "b": "unable_to_verify", "c": 3, "d": 3})
    assert list(steps_in_words(steps, "en")) == [
        "The shortest way to Gold, in points of the scale: 3",
        "  B (b): from unable to verify to 1, 1 more",
        "  A (a): from 2 to 4, 2 more",
    ]
    assert next(iter(steps_in_words(steps, "ar"))) == (
        "أقصر طريق إلى تصنيف «ع Gold»، بنقاط المقياس: \u20663\u2069"
    )
    assert "من تعذر التحقق إلى" in list(steps_in_words(steps, "ar"))[1]
    assert LABELS["ar"].keys() == LABELS["en"].keys()


def test_as_json_numbers_are_text() -> None:
    steps = next_steps(GATED, {"a": 2, "b": "unable_to_verify", "c": 3, "d": 3})
    assert steps.as_json() == {
        "status": "reachable",
        "outcome": "gold",
        "points": "3.00",
        "proven": True,
        "raises": [
            {"criterion": "b", "now": "unable_to_verify", "to": "1", "points": "1.00"},
            {"criterion": "a", "now": "2.00", "to": "4", "points": "2.00"},
        ],
    }


def test_for_very_many_criteria_it_says_that_it_has_not_looked() -> None:
    of = rubric(
        area("x", *(criterion(f"c{at}") for at in range(301))),
        outcomes=outcomes(gold={"score": {"at_least": 90}}),
    )
    assert next_steps(of, all_rated(of, 0)).status == "too_large"
    near = all_rated(of, 4) | {"c7": 0, "c8": 0} | {f"c{at}": 3 for at in range(10, 130)}
    assert next_steps(of, near).points == 8  # 89.37 %, and a step is a twelfth of one
