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

from accreditation_engine.definitions.rubric import FindingRule, Rubric, Severity
from accreditation_engine.scoring import ScoreSheet, score_sheet
from accreditation_engine.scoring.next_steps import NextSteps, exhaustive, next_steps
from accreditation_engine.scoring.next_steps.words import LABELS, steps_in_words

from .conditions import judging_rubrics
from .rubrics import area, criterion, outcomes, ratings, rubric
from .schemes import all_rated, scheme
from .test_shipped_rubrics import rubric as shipped

many = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
some = settings(many, max_examples=15)


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
        assert steps.status == ("best" if sheet.complete else "nothing_applicable")
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
        "The shortest way to Gold: raise the ratings by 3 in all",
        "  B (b): from unable to verify to 1, 1 more",
        "  A (a): from 2 to 4, 2 more",
    ]
    assert next(iter(steps_in_words(steps, "ar"))) == (
        "أقصر طريق إلى تصنيف «ع Gold»: يلزم رفع مجموع الدرجات بمقدار \u20663\u2069"
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
        "clear_of": [],
        "findings": [],
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


CLEARED: list[tuple[Severity, ...]] = [("major",), ("minor",), ("major", "minor")]
FINDINGS = [{"severity": "major", "rating_at_most": 0}, {"severity": "minor", "rating_at_most": 1}]
GRAVE = Rubric.model_validate(GATED.model_dump(by_alias=True, exclude_defaults=True) | {"findings": FINDINGS})


def test_no_criterion_is_left_as_a_finding_that_is_to_be_cleared() -> None:
    before = {"a": 3, "b": 1, "c": 4, "d": 0}
    plain, clear = next_steps(GRAVE, before), next_steps(GRAVE, before, clear_of=("major",))
    assert (raised(plain), plain.outcome) == ([("a", "4"), ("b", "2")], "gold")
    assert (raised(clear), clear.outcome) == ([("a", "4"), ("d", "1")], "gold")
    assert [each.clears for each in clear.raises] == [None, "major"]
    assert [(each.criterion, each.severity) for each in plain.findings] == [("d", "major")]
    assert {(each.criterion, each.severity) for each in clear.findings} == {("b", "minor"), ("d", "minor")}


def test_a_finding_that_is_settled_is_not_cleared_again() -> None:
    before = {"a": 3, "b": 1, "c": 4, "d": 0}
    steps = next_steps(GRAVE, before, clear_of=("major",), settled=("d",))
    assert raised(steps) == [("a", "4"), ("b", "2")]
    assert not steps.clears


def test_equals_are_told_apart_when_one_of_them_is_settled() -> None:
    before = {"a": 4, "b": 4, "c": 0, "d": 0}
    assert raised(next_steps(GRAVE, before)) == [("c", "4")]
    assert raised(next_steps(GRAVE, before, clear_of=("major",), settled=("c",))) == [("d", "4")]


def test_findings_are_cleared_under_the_best_outcome_too() -> None:
    of = GRAVE.model_copy(update={"outcomes": GATED.outcomes[1:]})
    steps = next_steps(of, {"a": 4, "b": 4, "c": 4, "d": 0}, clear_of=("major",))
    assert (steps.status, raised(steps), steps.points) == ("best", [("d", "1")], 1)
    assert next_steps(of, {"a": 4, "b": 4, "c": 4, "d": 1}, clear_of=("major",)).raises == ()


def test_what_no_rating_can_clear_is_left_and_told() -> None:
    of = rubric(
        area("x", criterion("a", maximum=1), criterion("b")),
        findings=FINDINGS,
        outcomes=outcomes(gold={"criterion": {"id": "b", "at_least": 3}}),
    )
    steps = next_steps(of, {"a": 0, "b": 2}, clear_of=("major", "minor"))
    assert (steps.status, raised(steps)) == ("reachable", [("b", "3")])
    assert [(each.criterion, each.severity) for each in steps.findings] == [("a", "major")]


def with_rules(of: Rubric, **at_most: Decimal) -> Rubric:
    """The same rubric, with a rule for findings of each severity."""
    rules = tuple(
        FindingRule(severity=severity, rating_at_most=number)  # type: ignore[arg-type]
        for severity, number in at_most.items()
    )
    return of.model_copy(update={"findings": rules})


def barred(sheet: ScoreSheet, clear_of: tuple[Severity, ...]) -> set[str]:
    return {each.criterion for each in sheet.findings if each.severity in clear_of}


@some
@given(small(), st.integers(0, 2), st.integers(0, 2), st.sampled_from(CLEARED))
def test_the_way_that_clears_findings_is_the_cheapest_that_does(
    case: tuple[Rubric, dict[str, Any]], major: int, minor: int, clear_of: tuple[Severity, ...]
) -> None:
    plain, before = case
    low, step = plain.scale.minimum, plain.scale.step
    of = with_rules(plain, major=low + major * step, minor=low + minor * step)
    sheet, steps = score_sheet(of, before), next_steps(of, before, clear_of=clear_of)
    assume(sheet.complete)
    every = [
        dict(zip(before, each, strict=True))
        for each in product(*(ladder(of, *item) for item in before.items()))
    ]
    left = [barred(score_sheet(of, each), clear_of) for each in every]
    unclearable, aim = set(before).intersection(*left), max(rank(of, sheet.outcome), 1)
    good = [
        each
        for each, findings in zip(every, left, strict=True)
        if findings <= unclearable and rank(of, score_sheet(of, each).outcome) < aim
    ]
    then = after(before, steps)
    if steps.raises:
        assert cost(of, before, then) == min(cost(of, before, each) for each in good)
        assert steps.findings == score_sheet(of, then).findings
    else:
        assert (before in good) is (steps.status == "best")
        assert before in good or not good
    assert steps.proven


@some
@given(small())
def test_a_greedy_way_clears_findings_too(case: tuple[Rubric, dict[str, Any]]) -> None:
    plain, before = case
    of = with_rules(plain, major=plain.scale.minimum)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exhaustive, "MOST_CLIMBS", 0)
        steps = next_steps(of, before, clear_of=("major",))
    top = before | {name: ladder(of, name, each)[-1] for name, each in before.items()}
    left = [barred(score_sheet(of, each), ("major",)) for each in (after(before, steps), top)]
    assert not steps.raises or left[0] <= left[1]


def test_nothing_applicable_is_told_apart_from_what_is_not_rated_yet() -> None:
    steps = next_steps(GATED, dict.fromkeys("abcd", "not_applicable"))
    assert steps.status == "nothing_applicable"
    assert list(steps_in_words(steps, "en")) == ["No criterion applies, so there is no rating to raise."]
    assert list(steps_in_words(steps, "ar")) == ["لا ينطبق أي معيار، فلا توجد درجة ترفع."]


def test_what_is_cleared_and_what_is_left_reads_in_either_language() -> None:
    steps = next_steps(GRAVE, {"a": 3, "b": 1, "c": 4, "d": 0}, clear_of=("major",))
    assert list(steps_in_words(steps, "en")) == [
        "The shortest way to Gold that leaves no major nonconformity: raise the ratings by 2 in all",
        "  A (a): from 3 to 4, 1 more",
        "  D (d): from 0 to 1, 1 more (as rated now: major nonconformity)",
        "  Still rated as a finding (minor nonconformity): B; D",
    ]
    arabic = [each.replace("\u2066", "<").replace("\u2069", ">") for each in steps_in_words(steps, "ar")]
    assert arabic == [
        "أقصر طريق إلى تصنيف «ع Gold» لا يبقى معه عدم مطابقة جوهري: يلزم رفع مجموع الدرجات بمقدار <2>",
        "  ع A (<a>): من <3> إلى <4>، بزيادة <1>",
        "  ع D (<d>): من <0> إلى <1>، بزيادة <1> (الدرجة الحالية عدم مطابقة جوهري)",
        "  يبقى عدم مطابقة بسيط في: ع B؛ ع D",
    ]
