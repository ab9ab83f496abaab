"""Ratings as people type them, and those of several reviewers put together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from accreditation_engine.scoring import RatingProblems, combined_ratings, parse_ratings, score_sheet

from .rubrics import area, criterion, rubric

TWO = rubric(area("integrity", criterion("integrity-1"), criterion("integrity-2", maximum=6)))
NUMBERS_ONLY = rubric(area("x", criterion("a")), scale=(0, 4, 1)).model_copy(
    update={"scale": TWO.scale.model_copy(update={"also": ("unable_to_verify",)})}
)


def refusal(of: Any, raw: dict[str, Any]) -> list[str]:
    with pytest.raises(RatingProblems) as refused:
        parse_ratings(of, raw)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("raw", [3, "3", " 3 ", "3.0", "+3", "٣", "٣٫٠", "۳", Decimal(3), 3.0])
def test_a_number_is_read_however_it_is_written(raw: Any) -> None:
    assert parse_ratings(TWO, {"integrity-1": raw}) == {"integrity-1": Decimal(3)}


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_a_blank_is_no_answer(raw: Any) -> None:
    assert parse_ratings(TWO, {"integrity-1": raw}) == {}


@pytest.mark.parametrize("word", ["not_applicable", "unable_to_verify"])
def test_a_word_of_the_scale_is_an_answer(word: str) -> None:
    assert parse_ratings(TWO, {"integrity-1": word}) == {"integrity-1": word}


NO_NUMBERS = {
    "text": ["3 3", "1e0", "1_0", "٣a", "²", "-", ".5", "5.", "N/A", "NaN", "Infinity", "9" * 5000],
    "numbers": [True, float("nan"), float("inf"), Decimal("-Infinity"), Decimal("1e999999")],
    "tiny": [Decimal("1e-999999")],
    "long": [10**5000],
    "others": [[3], {"a": [10**5000]}],
}


@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_what_is_no_number_is_refused(kind: str) -> None:
    for raw in NO_NUMBERS[kind]:
        [problem] = refusal(TWO, {"integrity-1": raw})
        assert "is not a number; give a number from 0 to 4 or not_applicable or unable_to_verify" in problem
        assert len(problem) < 200


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        (
            "integrity-1",
            "3,5",
            "'3,5' is not a number; write it with a point, not a comma, and give a number",
        ),
        ("integrity-1", "5", "5 is off the scale; give a number from 0 to 4 or"),
        ("integrity-1", -1, "-1 is off the scale; give a number from 0 to 4 or"),
        ("integrity-2", "7", "7 is off the scale; give a number from 0 to 6 or"),
        ("integrity-1", "2.5", "2.5 is off the step of 1; give 2 or 3"),
        ("integrty-1", "3", "no such criterion in example 1; did you mean integrity-1?"),
        ("zzz", "3", "no such criterion in example 1"),
    ],
)
def test_a_refusal_names_the_remedy(name: str, raw: Any, expected: str) -> None:
    [problem] = refusal(TWO, {name: raw})
    assert problem.startswith(f"{name}: {expected}")


def test_a_criterion_with_a_maximum_of_its_own_may_go_beyond_the_scale() -> None:
    assert parse_ratings(TWO, {"integrity-2": "6"}) == {"integrity-2": Decimal(6)}


def test_a_word_the_scale_has_not_is_refused() -> None:
    assert refusal(NUMBERS_ONLY, {"a": "not_applicable"}) == [
        "a: not_applicable is not an answer here; give a number from 0 to 4 or unable_to_verify"
    ]


def test_a_step_is_counted_from_the_minimum_and_exactly() -> None:
    tenths = rubric(area("x", criterion("a")), scale=("0.05", "1.05", "0.1"))
    assert parse_ratings(tenths, {"a": "0.35"}) == {"a": Decimal("0.35")}
    assert refusal(tenths, {"a": "0.3"}) == ["a: 0.3 is off the step of 0.1; give 0.25 or 0.35"]


def test_between_the_last_step_and_the_maximum_one_answer_is_left() -> None:
    odd = rubric(area("x", criterion("a")), scale=(0, 5, 2))
    assert refusal(odd, {"a": 5}) == ["a: 5 is off the step of 2; the nearest answer is 4"]


def test_all_problems_are_named_at_once() -> None:
    raw = {"integrity-1": 9, "integrity-2": "x", "nobody": 1}
    assert [each.split(":")[0] for each in refusal(TWO, raw)] == ["nobody", "integrity-1", "integrity-2"]


def test_problems_read_in_arabic_with_values_isolated() -> None:
    with pytest.raises(RatingProblems) as refused:
        parse_ratings(TWO, {"integrity-1": "7", "integrity-2": "2.5"})
    first, second = (problem.in_words("ar") for problem in refused.value.problems)
    assert first == (
        "\u2068integrity-1\u2069: الدرجة \u20687\u2069 خارج المقياس؛ المقبول رقم من \u20680\u2069 إلى"
        " \u20684\u2069 أو لا ينطبق أو تعذر التحقق"
    )
    assert second == (
        "\u2068integrity-2\u2069: الدرجة \u20682.5\u2069 لا توافق خطوة المقياس وهي \u20681\u2069؛"
        " أقرب درجتين \u20682\u2069 و\u20683\u2069"
    )


def test_what_was_typed_cannot_break_the_line_it_is_quoted_in() -> None:
    [problem] = refusal(TWO, {"integrity-1": "3\n\u202eevil\x00" + "x" * 500})
    assert "\n" not in problem
    assert "\u202e" not in problem
    assert len(problem) < 200


def test_scoring_refuses_numbers_off_the_scale_and_strange_criteria_but_not_off_the_step() -> None:
    with pytest.raises(RatingProblems, match=r"nobody: no such criterion.*integrity-1: 5 is off the scale"):
        score_sheet(TWO, {"integrity-1": Decimal(5), "nobody": Decimal(1)})
    assert score_sheet(TWO, {"integrity-1": Decimal("2.5"), "integrity-2": Decimal(3)}).complete


ONE = rubric(area("x", criterion("a")))


def combined(*answers: Any) -> Any:
    reviewers = [{} if answer is None else {"a": answer} for answer in answers]
    return combined_ratings(ONE, reviewers).get("a")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((Decimal(2), Decimal(3)), Fraction(5, 2)),
        ((Decimal(2), Decimal(2), Decimal(3)), Fraction(7, 3)),
        ((Decimal(4), "unable_to_verify"), Fraction(2)),
        (("unable_to_verify", "unable_to_verify"), "unable_to_verify"),
        (("not_applicable", "unable_to_verify"), "unable_to_verify"),
        (("not_applicable", Decimal(3)), Fraction(3)),
        (("not_applicable", "not_applicable"), "not_applicable"),
        (("not_applicable", "unable_to_verify", Decimal(3)), Fraction(3, 2)),
        ((Decimal(3), None), None),
        ((None, None), None),
        ((), None),
    ],
)
def test_reviewers_are_combined(answers: tuple[Any, ...], expected: Any) -> None:
    assert combined(*answers) == expected


def test_the_mean_of_three_is_right_when_three_of_them_add_up() -> None:
    of = rubric(area("x", *map(criterion, "abc")), rounding={"places": 2, "mode": "down"})
    said = [dict.fromkeys("abc", Decimal(each)) for each in (3, 3, 4)]
    assert str(score_sheet(of, combined_ratings(of, said)).score) == "3.33"
    tens = [
        {"a": Decimal(each), "b": Decimal(each), "c": Decimal(other)}
        for each, other in ((1, 2), (2, 2), (1, 3))
    ]
    assert str(score_sheet(of, combined_ratings(of, tens)).score) == "1.66"  # (4 + 4 + 7) / 9 = 1.666...
