"""Many dossiers scored at once come to exactly what each comes to alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.scoring import RatingProblems, combined_ratings, score_sheet
from accreditation_engine.scoring.what_if import RatingMatrix, rescore

from ..conditions import judging_rubrics
from ..rubrics import area, criterion, outcomes, ratings, rubric
from ..schemes import FILES, all_rated, scheme

Case = tuple[Rubric, dict[int, dict[str, Any]], dict[int, dict[str, Any]]]
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def dossiers(draw: st.DrawFn) -> Case:
    """A rubric, ratings of three dossiers (means of two reviewers, the last with gaps), and first ones of some."""
    of = draw(judging_rubrics())
    one, two, first = (draw(st.lists(ratings(of), min_size=3, max_size=3)) for _ in range(3))
    rated = {at: combined_ratings(of, [one[at], two[at]]) for at in range(2)}
    rated[2] = {name: each for name, each in one[2].items() if draw(st.integers(0, 9)) or name == "c1"}
    return of, rated, {at: first[at] for at in draw(st.sets(st.integers(0, 2)))}


@many
@given(dossiers())
def test_all_at_once_comes_to_what_each_comes_to_alone(case: Case) -> None:
    of, rated, first = case
    matrix = RatingMatrix.of(rated, (each.id for each in of.every_criterion()))
    sheets = {dossier: score_sheet(of, ratings) for dossier, ratings in first.items()}
    rescored = rescore(of, matrix, first_assessments=sheets)
    for row, dossier in enumerate(matrix.dossiers):
        sheet = score_sheet(of, rated[dossier], first_assessment=sheets.get(dossier))
        assert rescored.outcome(row) == sheet.outcome
        assert rescored.sheet(row).outcome == sheet.outcome
        assert matrix.ratings(row) == rated[dossier]


def test_a_score_where_rounding_turns_is_scored_exactly() -> None:
    """1000.5 of 2000 is 50.025 %, which floats cannot hold; half_even shows it as 50.02, half_up as 50.03."""
    for mode, outcome, exactly in (("half_even", "none", 1), ("half_up", "enough", 1), ("down", "none", 0)):
        of = rubric(
            area("x", criterion("a"), criterion("b")),
            scale=(0, 2000, "0.5"),
            rounding={"places": 2, "mode": mode},
            outcomes=outcomes(enough={"score": {"at_least": "50.03"}}),
        )
        matrix = RatingMatrix.of({"one": {"a": Fraction(2001, 2), "b": Fraction(2001, 2)}}, "ab")
        rescored = rescore(of, matrix)
        assert (rescored.exactly, rescored.outcome(0)) == (exactly, outcome)


def test_whole_numbers_on_a_threshold_need_no_second_look() -> None:
    of = scheme("council-certification")
    matrix = RatingMatrix.of({rating: all_rated(of, rating) for rating in range(1, 6)}, all_rated(of, 0))
    rescored = rescore(of, matrix)
    assert [rescored.outcome(row) for row in range(5)] == [
        "deferred",
        "deferred",
        "one_year",
        "three_years",
        "five_years",
    ]
    assert rescored.exactly == 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_published_schemes_come_to_the_same(path: Any) -> None:
    of = scheme(f"../{path.parent.name}/{path.stem}")
    steps = int((of.scale.maximum - of.scale.minimum) / of.scale.step)
    rated = {
        seed: {
            each.id: of.scale.minimum + (seed * 7919 + at * 104729) % (steps + 1) * of.scale.step
            for at, each in enumerate(of.every_criterion())
        }
        for seed in range(20)
    }
    rescored = rescore(of, RatingMatrix.of(rated, all_rated(of, 0)))
    for row, each in enumerate(rated.values()):
        assert rescored.outcome(row) == score_sheet(of, each).outcome


def test_ratings_off_the_scale_of_the_other_rubric_are_named() -> None:
    wide, narrow = (rubric(area("x", criterion("a"), criterion("b")), scale=(0, high, 1)) for high in (9, 4))
    matrix = RatingMatrix.of({1: {"a": 9, "b": 1}, 2: {"a": 2, "b": 7}}, "ab")  # type: ignore[dict-item]
    rescore(wide, matrix)
    with pytest.raises(RatingProblems) as refused:
        rescore(narrow, matrix)
    assert [each.criterion for each in refused.value.problems] == ["a", "b"]


def test_no_dossiers_have_no_outcomes() -> None:
    of = scheme("wise-giving")
    assert rescore(of, RatingMatrix.of({}, all_rated(of, 0))).ranks.tolist() == []
