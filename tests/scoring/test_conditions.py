"""Every kind of condition, judged on sheets worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from accreditation_engine.definitions.conditions import Condition
from accreditation_engine.scoring import ScoreSheet, Verdict, evaluate, in_words, score_sheet

from .rubrics import area, criterion, rubric

TWO_AREAS = rubric(area("x", criterion("a"), criterion("b")), area("y", criterion("c")))
RATINGS = {"a": 4, "b": 1, "c": 3}  # x 62.50 %, y 75.00 %, the whole 68.75 %, 2.75 of 4
CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)


def judged(
    written: dict[str, Any], *, first: ScoreSheet | None = None, of: Any = TWO_AREAS, **ratings: Any
) -> Verdict:
    sheet = score_sheet(of, RATINGS | ratings)
    return evaluate(CONDITION.validate_python(written), sheet, first_assessment=first)


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"score": {"at_least": "68.75"}}, True),
        ({"score": {"at_least": "68.76"}}, False),
        ({"score": {"below": "68.75"}}, False),
        ({"score": {"below": "68.76"}}, True),
        ({"score": {"at_least": "2.75", "on": "scale"}}, True),
        ({"score": {"at_least": "2.76", "on": "scale"}}, False),
        ({"area": {"id": "x", "at_least": "62.5"}}, True),
        ({"area": {"id": "x", "at_least": 63}}, False),
        ({"area": {"id": "x", "at_least": "2.5", "on": "scale"}}, True),
        ({"every_area": {"at_least": "62.5"}}, True),
        ({"every_area": {"at_least": 70}}, False),
        ({"every_area": {"at_least": 3, "on": "scale"}}, False),
        ({"criterion": {"id": "b", "at_least": 1}}, True),
        ({"criterion": {"id": "b", "at_least": 2}}, False),
        ({"every_criterion": {"at_least": 1}}, True),
        ({"every_criterion": {"at_least": 2}}, False),
        ({"count": {"rating_at_most": 1, "no_more_than": 1}}, True),
        ({"count": {"rating_at_most": 1, "no_more_than": 0}}, False),
        ({"count": {"rating_at_most": 1, "at_least": 1}}, True),
        ({"count": {"rating_at_most": 1, "at_least": 2}}, False),
        ({"count": {"rating_at_least": 3, "at_least": 2}}, True),
        ({"count": {"rating_at_least": 3, "no_more_than": 1}}, False),
        ({"count": {"rating_at_most": 3, "among": ["x"], "no_more_than": 1}}, True),
        ({"count": {"rating_at_most": 3, "among": ["b", "y"], "no_more_than": 1}}, False),
        ({"count": {"rating_at_most": 1, "answered": "number", "at_least": 1}}, True),
        ({"count": {"answered": "unable_to_verify", "no_more_than": 0}}, True),
        ({"count": {"answered": "not_applicable", "at_least": 1}}, False),
        ({"every_criterion": {"at_least": 3, "among": ["y", "a"]}}, True),
        ({"every_criterion": {"at_least": 3, "among": ["x"]}}, False),
        ({"all": [{"score": {"at_least": 60}}, {"every_criterion": {"at_least": 1}}]}, True),
        ({"all": [{"score": {"at_least": 60}}, {"every_criterion": {"at_least": 2}}]}, False),
        ({"any": [{"score": {"at_least": 90}}, {"every_criterion": {"at_least": 1}}]}, True),
        ({"any": [{"score": {"at_least": 90}}, {"every_criterion": {"at_least": 2}}]}, False),
    ],
)
def test_a_condition_and_its_negation(condition: dict[str, Any], holds: bool) -> None:
    for written, expected in (
        (condition, holds),
        ({"not": condition}, not holds),
        ({"not": {"not": condition}}, holds),
    ):
        verdict = judged(written)
        assert verdict.holds is expected
        assert verdict.reasons
        assert all(reason.holds is expected for reason in verdict.reasons)


def test_a_score_is_compared_as_it_is_shown() -> None:
    thirds = rubric(area("x", *map(criterion, "abc")), scale=(0, 100, 1), rounding={"places": 0})
    assert judged({"score": {"at_least": 85}}, of=thirds, a=84, b=85, c=85).holds  # 84.67 is shown as 85
    assert not judged({"score": {"at_least": 85}}, of=thirds, a=84, b=84, c=85).holds  # 84.33 as 84


def test_what_could_not_be_verified_is_counted_apart_or_with_the_rest() -> None:
    words = {"b": "unable_to_verify", "c": "not_applicable"}
    for written, value in (
        ({"rating_at_most": 0, "no_more_than": 9}, "1"),
        ({"rating_at_most": 0, "answered": "number", "no_more_than": 9}, "0"),
        ({"answered": "unable_to_verify", "no_more_than": 9}, "1"),
        ({"answered": "unable_to_verify", "among": ["y"], "no_more_than": 9}, "0"),
        ({"answered": "not_applicable", "no_more_than": 9}, "1"),
    ):
        [reason] = judged({"count": written}, **words).reasons
        assert reason.parameters["value"] == value, written


def test_a_condition_names_what_it_is_narrowed_to() -> None:
    [fact] = judged({"count": {"rating_at_most": 1, "among": ["x", "c"], "no_more_than": 0}}).reasons
    assert (
        in_words(fact, TWO_AREAS, "en")
        == "Criteria rated 1 or lower within X; C: 1 (B), and none is asked for"
    )
    [lowest] = judged({"every_criterion": {"at_least": 3, "among": ["y"]}}).reasons
    assert in_words(lowest, TWO_AREAS, "ar") == (
        "أدنى درجة ضمن «ع Y» \u20663.00\u2069 لمعيار «ع C»، بما يستوفي المطلوب (\u20663\u2069 على الأقل)"
    )


@pytest.mark.parametrize(
    "written",
    [
        {"answered": "not_applicable", "rating_at_most": 0, "no_more_than": 0},
        {"answered": "number", "no_more_than": 0},
        {"answered": "nonsense", "no_more_than": 0},
        {"answered": "not_applicable"},
    ],
)
def test_a_count_is_of_a_word_or_of_ratings(written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python({"count": written})


def test_every_area_reaches_areas_of_every_depth() -> None:
    deep = rubric(area("top", area("low", criterion("a")), area("high", criterion("b"), criterion("c"))))
    verdict = judged({"every_area": {"at_least": 50}}, of=deep, a=1, b=4, c=4)
    assert [reason.parameters["area"] for reason in verdict.reasons] == ["low"]


def test_all_that_fails_is_named_and_nothing_else() -> None:
    verdict = judged(
        {
            "all": [
                {"score": {"at_least": 60}},
                {"every_area": {"at_least": 80}},
                {"criterion": {"id": "b", "at_least": 2}},
            ]
        }
    )
    assert codes(verdict) == ["area", "area", "criterion"]


def test_of_alternatives_that_all_fail_each_is_a_way_out() -> None:
    both = {"all": [{"score": {"at_least": 80}}, {"criterion": {"id": "b", "at_least": 2}}]}
    [reason] = judged({"any": [both, {"every_area": {"at_least": 70}}]}).reasons
    assert reason.code == "one_of"
    assert [part.code for part in reason.parts] == ["all_of", "area"]
    assert [part.code for part in reason.parts[0].parts] == ["score", "criterion"]


def test_a_refused_not_asks_for_the_opposite() -> None:
    [reason] = judged({"not": {"count": {"rating_at_most": 1, "no_more_than": 1}}}).reasons
    assert (reason.parameters["bound"], reason.parameters["asked"]) == ("at_least", "2")
    [reason] = judged({"not": {"score": {"at_least": 50}}}).reasons
    assert (reason.parameters["bound"], reason.parameters["asked"]) == ("below", "50")


def test_what_does_not_apply_bars_nobody() -> None:
    assert codes(judged({"criterion": {"id": "b", "at_least": 4}}, b="not_applicable")) == [
        "criterion_not_applicable"
    ]
    assert judged({"area": {"id": "y", "at_least": 90}}, c="not_applicable").holds
    assert judged({"every_area": {"at_least": 60}}, c="not_applicable").holds
    assert judged({"every_criterion": {"at_least": 3}}, b="not_applicable").holds
    assert judged({"count": {"rating_at_most": 1, "no_more_than": 0}}, b="not_applicable").holds


def test_unable_to_verify_bars_as_the_minimum_does() -> None:
    assert not judged({"criterion": {"id": "a", "at_least": 1}}, a="unable_to_verify").holds
    assert not judged({"count": {"rating_at_most": 0, "no_more_than": 0}}, a="unable_to_verify").holds


def growth(*, now: int, first: int | None, at_least: int = 20, scale: Any = (0, 100, 1)) -> Verdict:
    of = rubric(area("x", criterion("a")), scale=scale)
    before = None if first is None else score_sheet(of, {"a": first})
    condition = CONDITION.validate_python({"growth": {"since": "first_assessment", "at_least": at_least}})
    return evaluate(condition, score_sheet(of, {"a": now}), first_assessment=before)


def test_growth_is_in_percent_of_the_first_score() -> None:
    assert growth(now=60, first=50).holds
    assert growth(now=60, first=50).reasons[0].parameters["value"] == "20.00"
    assert not growth(now=59, first=50).holds
    assert growth(now=3, first=2, at_least=50, scale=(1, 5, 1)).holds  # of the score 2, not of its 25 %
    assert growth(now=40, first=50).reasons[0].parameters["value"] == "-20.00"


def test_growth_without_a_first_assessment_does_not_hold_and_says_so() -> None:
    verdict = growth(now=60, first=None)
    assert (verdict.holds, codes(verdict)) == (False, ["growth_unknown"])


def test_growth_from_an_empty_first_assessment_does_not_hold() -> None:
    of = rubric(area("x", criterion("a")))
    condition = CONDITION.validate_python({"growth": {"since": "first_assessment", "at_least": 20}})
    verdict = evaluate(condition, score_sheet(of, {"a": 3}), first_assessment=score_sheet(of, {}))
    assert codes(verdict) == ["growth_unknown"]


def test_growth_from_nothing_has_no_rate_and_holds_when_there_is_any() -> None:
    assert (growth(now=1, first=0).holds, codes(growth(now=1, first=0))) == (True, ["growth_from_nothing"])
    assert not growth(now=0, first=0).holds


def test_growth_from_below_zero_does_not_hold() -> None:
    assert not growth(now=1, first=-1, scale=(-2, 2, 1)).holds


@pytest.mark.parametrize("condition", [{"score": {"at_least": 1}}, {"not": {"score": {"at_least": 100}}}])
def test_nothing_holds_on_an_incomplete_sheet(condition: dict[str, Any]) -> None:
    verdict = evaluate(CONDITION.validate_python(condition), score_sheet(TWO_AREAS, {"a": 4}))
    assert (verdict.holds, codes(verdict)) == (False, ["missing"])
