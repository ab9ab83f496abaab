"""Ours are the figures that other libraries make of the same ratings."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given

from accreditation_engine.scoring.agreement import (
    LEVELS,
    Level,
    RatingTable,
    cohens_kappa,
    fleiss_kappa,
    intraclass_correlations,
    krippendorff_alpha,
)
from accreditation_engine.scoring.agreement.cohen import Weights

from . import others
from .tables import FOURTEEN_RATERS, SIX_TARGETS, Rows, of_counts, rows


@pytest.mark.parametrize("level", LEVELS)
@given(given_rows=rows())
def test_alpha_is_that_of_krippendorff_the_package(level: Level, given_rows: Rows) -> None:
    table = RatingTable.of(given_rows)
    found = krippendorff_alpha(table, level, resamples=0)
    assume(found.value is not None)
    assert found.value == pytest.approx(others.alpha(table, level), abs=1e-9)


@given(rows(missing=False))
def test_fleiss_kappa_is_that_of_statsmodels(given_rows: Rows) -> None:
    table = RatingTable.of(given_rows)
    found = fleiss_kappa(table, resamples=0)
    assume(found.value is not None)
    assert found.value == pytest.approx(others.fleiss(table), abs=1e-9)


def test_fleiss_kappa_of_the_textbook_is_that_of_statsmodels_in_full() -> None:
    table = of_counts(FOURTEEN_RATERS)
    assert fleiss_kappa(table).value == pytest.approx(others.fleiss(table), abs=1e-12)


@pytest.mark.parametrize("weights", ["unweighted", "linear", "quadratic"])
@given(given_rows=rows(raters=2))
def test_cohens_kappa_is_that_of_statsmodels(weights: Weights, given_rows: Rows) -> None:
    table = RatingTable.of(given_rows)
    found = cohens_kappa(table, weights, resamples=0)
    assume(found.value is not None)
    assert found.value == pytest.approx(others.cohen(table, weights), abs=1e-9)


def test_intraclass_correlations_and_their_limits_are_those_of_pingouin() -> None:
    theirs = others.icc(SIX_TARGETS)
    for figure in intraclass_correlations(SIX_TARGETS):
        value, low, high = theirs[figure.name]
        assert figure.value == pytest.approx(value, abs=1e-9)
        assert figure.interval is not None
        assert (round(figure.interval.low, 2), round(figure.interval.high, 2)) == (low, high)


@given(rows(missing=False))
def test_intraclass_correlations_of_any_complete_ratings_are_those_of_pingouin(given_rows: Rows) -> None:
    table = RatingTable.of(given_rows)
    ours = [each for each in intraclass_correlations(table) if each.value is not None and each.interval]
    assume(ours and table.units > 2)
    theirs = others.icc(table)
    for figure in ours:
        value, low, high = theirs[figure.name]
        assert figure.value == pytest.approx(value, abs=1e-6)
        assert figure.interval is not None
        if math.isfinite(low) and math.isfinite(high):
            least = -1 / (table.raters - 1) if figure.name == "ICC(2,1)" else low
            assert figure.interval.low == pytest.approx(max(low, least), abs=0.006, rel=1e-4)
            assert figure.interval.high == pytest.approx(high, abs=0.006)
