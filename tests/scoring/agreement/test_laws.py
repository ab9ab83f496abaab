"""What holds for all ratings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from accreditation_engine.scoring.agreement import (
    LEVELS,
    Figure,
    Level,
    RatingTable,
    agreement,
    intraclass_correlations,
    krippendorff_alpha,
)

from .tables import Rows, rows


def alpha(given_rows: list[list[Any]], level: Level) -> Figure:
    return krippendorff_alpha(RatingTable.of(given_rows), level, resamples=0)


def mapped(given_rows: Rows, change: Callable[[float], Any]) -> list[list[Any]]:
    return [[None if value is None else change(value) for value in row] for row in given_rows]


def same(one: Figure, other: Figure) -> None:
    assert one.undefined == other.undefined
    assert (one.units, one.raters, one.values) == (other.units, other.raters, other.values)
    assert one.value == (None if other.value is None else pytest.approx(other.value, abs=1e-9))


@pytest.mark.parametrize("level", LEVELS)
@given(data=st.data(), given_rows=rows())
def test_the_order_of_raters_and_units_never_matters(
    level: Level, data: st.DataObject, given_rows: Rows
) -> None:
    order = data.draw(st.permutations(range(len(given_rows[0]))))
    units = data.draw(st.permutations(given_rows))
    shuffled = [[row[rater] for rater in order] for row in units]
    before, after = (
        agreement(RatingTable.of(each), level, resamples=20).figures for each in (given_rows, shuffled)
    )
    for one, other in zip(before, after, strict=True):
        same(one, other)


@given(rows())
def test_not_even_the_interval_of_alpha_depends_on_the_order(given_rows: Rows) -> None:
    backwards = [row[::-1] for row in given_rows[::-1]]
    found = [
        krippendorff_alpha(RatingTable.of(each), "ordinal", resamples=50) for each in (given_rows, backwards)
    ]
    assert found[0].interval == found[1].interval


@pytest.mark.parametrize("level", LEVELS)
@given(values=st.lists(st.integers(0, 4).map(float), min_size=2, max_size=12), raters=st.integers(2, 5))
def test_alpha_is_1_when_all_agree_and_units_differ(level: Level, values: list[float], raters: int) -> None:
    assume(len(set(values)) > 1)
    found = alpha([[value] * raters for value in values], level)
    assert found.value == pytest.approx(1, abs=1e-12)
    assert found.interval is None
    assert "no_disagreement" in {each.code for each in found.cautions}


@pytest.mark.parametrize("level", LEVELS)
@given(given_rows=rows())
def test_alpha_is_never_above_1_and_never_nan(level: Level, given_rows: Rows) -> None:
    found = alpha(given_rows, level)
    assert (found.value is None) is (found.undefined is not None)
    assert found.value is None or found.value <= 1 + 1e-12


@given(rows(missing=False, raters=2))
def test_an_intraclass_correlation_lies_in_its_interval(given_rows: Rows) -> None:
    for figure in intraclass_correlations(RatingTable.of(given_rows)):
        assert (figure.value is None) is (figure.undefined is not None)
        if figure.interval is not None:
            assert figure.value is not None
            assert figure.interval.low <= figure.value <= figure.interval.high


@given(rows(), st.permutations("abcdefgh"))
def test_nominal_alpha_does_not_depend_on_what_values_are_called(given_rows: Rows, names: list[str]) -> None:
    same(alpha(mapped(given_rows, lambda value: names[int(value)]), "nominal"), alpha(given_rows, "nominal"))


@given(
    rows(),
    st.sampled_from([lambda x: x**3 + 2, lambda x: 2**x, lambda x: 10 * x - 7, lambda x: -1 / (x + 1)]),
)
def test_ordinal_alpha_sees_only_order(given_rows: Rows, change: Callable[[float], float]) -> None:
    same(alpha(mapped(given_rows, change), "ordinal"), alpha(given_rows, "ordinal"))


@given(rows())
def test_ordinal_alpha_does_not_mind_which_end_is_up(given_rows: Rows) -> None:
    same(alpha(mapped(given_rows, lambda value: -value), "ordinal"), alpha(given_rows, "ordinal"))


@given(rows(), st.floats(-1e6, 1e6), st.floats(1e-3, 1e3), st.booleans())
def test_interval_alpha_does_not_depend_on_zero_or_unit(
    given_rows: Rows, zero: float, unit: float, down: bool
) -> None:
    change = -unit if down else unit
    one, other = (
        alpha(mapped(given_rows, lambda value: zero + change * value), "interval"),
        alpha(given_rows, "interval"),
    )
    assert one.undefined == other.undefined
    assert one.value == (None if other.value is None else pytest.approx(other.value, abs=1e-5))


@given(rows(), st.floats(1e-3, 1e6))
def test_ratio_alpha_does_not_depend_on_the_unit(given_rows: Rows, unit: float) -> None:
    same(alpha(mapped(given_rows, lambda value: unit * value), "ratio"), alpha(given_rows, "ratio"))


@given(rows())
def test_ratings_that_stand_alone_change_nothing(given_rows: Rows) -> None:
    alone = [7.0, *[None] * (len(given_rows[0]) - 1)]
    before, after = alpha(given_rows, "ordinal"), alpha([*given_rows, alone], "ordinal")
    assume(before.undefined not in ("no_ratings", "one_rater"))
    same(before, after)
