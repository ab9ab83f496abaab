"""Schemes as they are published, written as rubrics: one test for each kind of rule, with the published numbers
where there are any. The one in which any zero bars has tests of its own, test_humanitarian_commitments.py."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.scoring import ScoreSheet, in_words, parse_ratings, score_sheet

from .schemes import FILES, all_rated, scheme


def sheet(rubric: Rubric, ratings: dict[str, Any], first: ScoreSheet | None = None) -> ScoreSheet:
    return score_sheet(rubric, parse_ratings(rubric, ratings), first_assessment=first)


def rated(rubric: Rubric, base: int, **changed: Any) -> dict[str, Any]:
    return all_rated(rubric, base) | {name.replace("_", "-"): rating for name, rating in changed.items()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_scheme_passes_the_checks_and_names_its_source(path: Path) -> None:
    rubric = read_file(path).definition
    assert isinstance(rubric, Rubric)
    assert list(check_rubric(rubric)) == []
    assert rubric.source.startswith("After ")


def test_there_are_eight_schemes_and_more() -> None:
    assert len({path.stem.rstrip("0123456789-") for path in FILES}) >= 8


# All must be met, and "unable to verify" is an answer of its own (BBB Wise Giving).


@pytest.mark.parametrize(
    ("changed", "outcome", "met"),
    [
        ({}, "accredited", "100.00"),
        ({"standard-7": "unable_to_verify"}, "not_verified", "95.00"),
        ({"standard-7": "unable_to_verify", "standard-12": 0}, "not_met", "90.00"),
        ({"standard-12": 0}, "not_met", "95.00"),
    ],
)
def test_all_twenty_must_be_met_and_what_cannot_be_verified_is_not_called_unmet(
    changed: dict[str, Any], outcome: str, met: str
) -> None:
    rubric = scheme("wise-giving")
    result = sheet(rubric, all_rated(rubric, 1) | changed)
    assert (result.outcome, str(result.percent)) == (outcome, met)


def test_what_could_not_be_verified_is_told_apart_in_words() -> None:
    rubric = scheme("wise-giving")
    [met] = [
        each
        for each in sheet(rubric, all_rated(rubric, 1) | {"standard-7": "unable_to_verify"}).reasons
        if each.code == "count_verified"
    ]
    assert in_words(met, rubric, "en") == (
        "Criteria verified and rated 0: 0, as Some standards could not be verified asks (none)"
    )


# Weighted mean, gates per criterion, bands; and editions with other bands (NAAC).


@pytest.mark.parametrize(
    ("points", "of_2007", "of_2017"),
    [
        ("3.55", "a", "a-plus-plus"),  # a university that published its 3.55 and its A++ of 2018
        ("3.51", "a", "a-plus-plus"),
        ("3.50", "a", "a-plus"),
        ("3.26", "a", "a-plus"),
        ("3.25", "a", "a"),
        ("3.01", "a", "a"),
        ("3.00", "b", "b-plus-plus"),
        ("2.51", "b", "b-plus"),
        ("2.50", "b", "b"),
        ("1.51", "c", "c"),
        ("1.50", "d", "d"),
    ],
)
def test_the_same_points_have_the_grade_of_their_edition(points: str, of_2007: str, of_2017: str) -> None:
    for edition, grade in (("2007", of_2007), ("2017", of_2017)):
        rubric = scheme(f"higher-education-grades-{edition}")
        assert sheet(rubric, dict.fromkeys(all_rated(rubric, 0), points)).outcome == grade


@pytest.mark.parametrize(("infrastructure", "shown"), [("3.05", "3.01"), ("3.04", "3.00")])
def test_a_third_decimal_of_five_is_rounded_up(infrastructure: str, shown: str) -> None:
    """Published: 3.005 counts as 3.01, 3.004 as 3.00. Infrastructure weighs a tenth of the whole."""
    rubric = scheme("higher-education-grades-2017")
    assert str(sheet(rubric, rated(rubric, 3, infrastructure_points=infrastructure)).score) == shown


def test_weights_out_of_a_thousand() -> None:
    rubric = scheme("higher-education-grades-2007")
    assert sum(area.weight for area in rubric.areas) == 1000
    result = sheet(rubric, rated(rubric, 3, research_points=4, teaching_points=2))
    assert result.score == Decimal("3.05")  # (250 x 4 + 200 x 2 + 550 x 3) / 1000


def test_a_criterion_below_its_gate_costs_the_letter() -> None:
    rubric = scheme("higher-education-grades-2017")
    result = sheet(rubric, rated(rubric, 4, research_points=3))
    assert (str(result.score), result.outcome) == ("3.75", "b-plus-plus")  # research asks 3.01 for any A
    against = [each for each in result.reasons if not each.holds]
    assert [in_words(each, rubric, "en") for each in against] == [
        "Research, consultancy and extension 3.00, A asks for at least 3.01"
    ]


# Nested levels (Standards for Excellence).


@pytest.mark.parametrize(
    ("missing", "outcome"),
    [
        ([], "seal"),
        (["finance-seal"], "basics_enhanced"),
        (["finance-seal", "law-enhanced"], "basics"),
        (["law-enhanced"], "basics"),
        (["law-basics"], "not_recognised"),
    ],
)
def test_a_level_holds_all_that_the_one_below_asks(missing: list[str], outcome: str) -> None:
    rubric = scheme("standards-for-excellence")
    assert sheet(rubric, all_rated(rubric, 1) | dict.fromkeys(missing, 0)).outcome == outcome


def test_each_benchmark_belongs_to_one_level() -> None:
    rubric = scheme("standards-for-excellence")
    enhanced, basics = (rubric.outcomes[at].when for at in (1, 2))
    named = [name for each in enhanced.all for name in each.every_criterion.among]  # type: ignore[union-attr]
    assert len(named) == len(set(named))
    assert set(basics.every_criterion.among) < set(named)  # type: ignore[union-attr]


# The better the score the longer it holds (PCNC).


@pytest.mark.parametrize(
    ("rating", "changed", "outcome", "valid_for"),
    [
        (5, {}, "five_years", "P5Y"),
        (5, {"finances_1": 3}, "three_years", "P3Y"),
        (4, {}, "three_years", "P3Y"),
        (4, {"finances_1": 1}, "one_year", "P1Y"),
        (3, {}, "one_year", "P1Y"),
        (2, {}, "deferred", None),
    ],
)
def test_a_better_score_holds_longer(
    rating: int, changed: dict[str, int], outcome: str, valid_for: str | None
) -> None:
    rubric = scheme("council-certification")
    result = sheet(rubric, rated(rubric, rating, **changed))
    chosen = next(each for each in rubric.outcomes if each.outcome == result.outcome)
    assert (chosen.outcome, chosen.valid_for) == (outcome, valid_for)


# Distance from the ideal, with stars (Charity Navigator 2.x).


@pytest.mark.parametrize(
    ("financial", "accountability", "overall", "stars"),
    [
        (88, 77, "81.66", "three_stars"),  # the published example: three stars
        (100, 100, "100.00", "four_stars"),
        (90, 90, "90.00", "four_stars"),
        (100, "85.86", "90.00", "four_stars"),  # 100 - 14.14 / sqrt(2)
        (100, 0, "29.29", "no_star"),  # excellent in one alone is not enough
        (55, 55, "55.00", "one_star"),
    ],
)
def test_the_overall_score_is_the_distance_from_a_hundred(
    financial: Any, accountability: Any, overall: str, stars: str
) -> None:
    rubric = scheme("stars-by-distance")
    result = sheet(rubric, {"financial-score": financial, "accountability-score": accountability})
    assert (str(result.score), result.outcome) == (overall, stars)


# Points that add up (Charity Navigator 1).


@pytest.mark.parametrize(
    ("points", "stars"),
    [(60, "four_stars"), (50, "three_stars"), (40, "two_stars"), (25, "one_star")],
)
def test_points_of_seven_measures_add_up(points: int, stars: str) -> None:
    rubric = scheme("stars-by-points")
    names = list(all_rated(rubric, 0))
    ratings = {name: min(10, max(0, points - 10 * at)) for at, name in enumerate(names)}
    result = sheet(rubric, ratings)
    assert (result.score, result.outcome) == (points, stars)
    assert sheet(rubric, ratings | {names[0]: "9.9"}).outcome != stars


# Growth between two assessments (Performance Lab).


@pytest.mark.parametrize(
    ("first", "now", "outcome"),
    [
        (5, 6, "graduated"),
        (5, 5, "no_growth"),
        (10, 9, "no_growth"),
        (2, 3, "graduated"),
        (2, 2, "no_growth"),
    ],
)
def test_who_has_grown_enough_graduates(first: int, now: int, outcome: str) -> None:
    rubric = scheme("performance-lab")
    before = sheet(rubric, all_rated(rubric, first))
    assert sheet(rubric, all_rated(rubric, now), before).outcome == outcome


def test_a_little_growth_is_not_enough() -> None:
    rubric = scheme("performance-lab")
    before = sheet(rubric, all_rated(rubric, 5))
    after = sheet(rubric, rated(rubric, 5, governance_1=7, planning_1=7), before)
    assert after.outcome == "still_growing"  # 8 %
    assert "Growth since the first assessment 8.00 %, Graduated asks for at least 20 %" in [
        in_words(each, rubric, "en") for each in after.reasons
    ]


def test_growth_is_not_measured_from_a_first_assessment_that_is_incomplete() -> None:
    rubric = scheme("performance-lab")
    before = sheet(rubric, {"governance-1": 1})
    assert sheet(rubric, all_rated(rubric, 9), before).outcome == "no_growth"


# One set of answers, several readings (SGS).


def test_one_set_of_answers_is_read_twice() -> None:
    practice, expectation = scheme("benchmark-by-practice"), scheme("benchmark-by-expectation")
    assert set(all_rated(practice, 0)) == set(all_rated(expectation, 0))
    answers = rated(practice, 3, resources_tenders=0, resources_accounts="not_applicable", outcomes_cost=1)
    by_practice, by_expectation = sheet(practice, answers), sheet(expectation, answers)
    assert by_practice.areas["resources"].percent == 0
    assert by_expectation.areas["transparency"].percent == 100
    assert (by_practice.outcome, by_expectation.outcome) == ("below_benchmark", "below_benchmark")
    weak = [each.parameters["area"] for each in by_expectation.reasons if not each.holds]
    assert weak == ["efficiency"]
