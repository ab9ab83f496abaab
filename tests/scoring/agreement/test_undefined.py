"""Undefined is said as such, with its reason, and never shown as 1 or NaN."""

from __future__ import annotations

import pytest

from accreditation_engine.scoring.agreement import (
    LEVELS,
    Level,
    RatingTable,
    agreement,
    cohens_kappa,
    fleiss_kappa,
    intraclass_correlations,
    krippendorff_alpha,
)

from .tables import SIX_TARGETS, typed

NOTHING = {
    "no_ratings": ". . \n . .",
    "one_rater": "1 . \n 2 . \n 3 .",
    "no_pair": "1 . \n . 2",
    "one_unit": "1 2 \n . 2",
    "all_alike": "3 3 \n 3 3 \n 3 .",
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("reason", NOTHING)
def test_nothing_to_compare_has_its_reason(level: Level, reason: str) -> None:
    for figure in agreement(typed(NOTHING[reason]), level).figures:
        assert (figure.value, figure.undefined, figure.interval) == (None, reason, None), figure.name


def test_a_table_of_nothing_has_no_ratings() -> None:
    for rows in ([], [[]], [[], []]):
        assert krippendorff_alpha(RatingTable.of(rows), "nominal").undefined == "no_ratings"


def test_kappa_and_correlations_ask_for_complete_data_when_a_rating_is_missing() -> None:
    table = typed("1 2 3 \n 2 2 . \n 3 3 1")
    assert krippendorff_alpha(table, "ordinal").value is not None
    assert fleiss_kappa(table).undefined == "incomplete"
    assert {each.undefined for each in intraclass_correlations(table)} == {"incomplete"}


def test_correlations_of_nominal_values_are_undefined() -> None:
    assert {each.undefined for each in intraclass_correlations(SIX_TARGETS, "nominal")} == {"not_numbers"}


def test_correlations_of_units_that_do_not_differ_are_undefined_where_nothing_is_left() -> None:
    found = {each.name: each for each in intraclass_correlations(typed("1 3 \n 1 3 \n 1 3"))}
    assert found["ICC(1,1)"].value == pytest.approx(-1)
    assert found["ICC(2,1)"].value == 0
    assert found["ICC(3,1)"].undefined == "units_alike"
    assert found["ICC(1,k)"].undefined == "units_alike"


@pytest.mark.parametrize("rows", ["0 4 \n 1 1", "1 0 \n 1 2 \n 4 4", "1 2 \n 2 1", "1 2 \n 4 3"])
def test_few_and_strange_ratings_have_no_interval_beyond_the_possible(rows: str) -> None:
    for figure in intraclass_correlations(typed(rows)):
        assert figure.interval is None or figure.interval.low <= figure.interval.high <= 1
        if figure.interval and figure.name.endswith(",1)"):
            assert figure.interval.low >= -1


def test_cohens_kappa_of_three_is_undefined() -> None:
    assert cohens_kappa(typed("1 2 3 \n 2 2 1"), "linear").undefined == "not_two_raters"


def test_correlations_of_raters_apart_by_a_constant_are_1_for_consistency_only() -> None:
    found = {each.name: each for each in intraclass_correlations(typed("1 2 \n 2 3 \n 4 5 \n 3 4"))}
    assert found["ICC(3,1)"].value == pytest.approx(1)
    assert found["ICC(3,1)"].interval is None
    single = found["ICC(2,1)"]
    assert single.value is not None
    assert single.interval is not None
    assert single.interval.low < single.value < single.interval.high < 1


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
def test_words_are_refused_above_the_nominal_level(level: Level) -> None:
    with pytest.raises(ValueError, match="nominal"):
        krippendorff_alpha(RatingTable.of([["yes", "no"], ["no", "no"]]), level)


def test_negative_ratings_are_refused_at_the_ratio_level() -> None:
    with pytest.raises(ValueError, match="negative"):
        krippendorff_alpha(typed("-1 2 \n 1 1"), "ratio")


@pytest.mark.parametrize(
    "rows", [[[1.0, 2.0], [1.0]], [[1.0, "two"]], [[1.0, float("nan")]], [[float("inf"), 1.0]]]
)
def test_what_is_no_table_of_ratings_is_refused(rows: list[list[float | str | None]]) -> None:
    with pytest.raises(ValueError, match="rat"):
        RatingTable.of(rows)
