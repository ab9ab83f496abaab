"""Reviewers who are harsher or milder than their peers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.scoring.agreement import Severity, severity

Row = tuple[str, int, str, float]


def rated(*dossiers: dict[str, list[float]]) -> list[Row]:
    """One dossier after the other: what each reviewer gave its criteria."""
    return [
        (reviewer, dossier, f"c{criterion}", value)
        for dossier, ratings in enumerate(dossiers)
        for reviewer, values in ratings.items()
        for criterion, value in enumerate(values)
    ]


def codes(found: Severity) -> set[str]:
    return {each.code for each in found.cautions}


def test_the_difference_is_from_the_mean_of_the_others() -> None:
    found = severity(rated({"a": [1], "b": [3], "c": [4]}, {"a": [2], "b": [2], "c": [2]}))
    assert found["a"].difference == pytest.approx((-2.5 + 0) / 2)
    assert found["b"].difference == pytest.approx((0.5 + 0) / 2)
    assert (found["a"].ratings, found["a"].dossiers, found["a"].peers) == (2, 2, 2)


def test_the_standard_error_counts_dossiers_not_criteria() -> None:
    """Two dossiers whose criteria differ alike say no more than two dossiers of one criterion each."""
    many = severity(rated({"a": [1] * 9, "b": [2] * 9}, {"a": [1] * 9, "b": [4] * 9}))["a"]
    few = severity(rated({"a": [1], "b": [2]}, {"a": [1], "b": [4]}))["a"]
    assert few.standard_error == pytest.approx(1)  # of -1 and -3: their standard deviation over root 2
    assert many.standard_error == pytest.approx(1)
    assert many.interval is not None
    assert many.interval.high - many.difference == pytest.approx(12.7062, abs=1e-4)


def test_a_harsh_reviewer_is_found_among_many_dossiers() -> None:
    dossiers = [{"a": [1 + (each % 3 == 0)], "b": [2 + each % 2], "c": [3 - each % 2]} for each in range(12)]
    found = severity(rated(*dossiers))
    assert found["a"].direction == "harsher"
    assert found["b"].direction == "milder"
    assert not found["a"].cautions


def test_what_nobody_else_rated_says_nothing() -> None:
    alone: list[Row] = [("a", 9, "c1", 0.0), ("d", 8, "c1", 4.0)]
    shared = rated({"a": [1, 2], "b": [2, 2]}, {"a": [3, 2], "b": [4, 2]})
    assert severity([*shared, *alone]) == severity(shared)


def test_few_overlaps_are_said() -> None:
    one = severity(rated({"a": [1, 2, 3], "b": [2, 2, 2]}))["a"]
    assert (one.standard_error, one.interval, one.direction) == (None, None, "unclear")
    assert codes(one) == {"one_dossier", "one_peer"}
    two = severity(rated({"a": [1], "b": [2]}, {"a": [1], "c": [3]}))["a"]
    assert codes(two) == {"few_dossiers"}


def test_a_difference_that_never_varies_has_no_standard_error() -> None:
    found = severity(rated(*[{"a": [1.1], "b": [1.3]}] * 6))["a"]
    assert (found.standard_error, found.interval) == (None, None)
    assert codes(found) == {"no_variation", "one_peer"}


def test_a_rating_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        severity([("a", 1, "c", 1.0), ("b", 1, "c", 1.0), ("a", 1, "c", 2.0)])


def test_decimals_are_numbers_too() -> None:
    found = severity([("a", 1, "c", Decimal("2.5")), ("b", 1, "c", Decimal(3))])  # type: ignore[list-item]
    assert found["a"].difference == -0.5


def test_nothing_gives_nothing() -> None:
    assert severity([]) == {}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.integers(0, 4), st.sampled_from("xyz")), st.integers(0, 4)
    ),
    st.randoms(use_true_random=False),
)
def test_order_does_not_matter_and_differences_of_a_unit_cancel(ratings: dict, random) -> None:  # type: ignore[no-untyped-def, type-arg]
    rows = [(*key, float(value)) for key, value in ratings.items()]
    shuffled = random.sample(rows, len(rows))
    one, other = severity(rows), severity(shuffled)
    assert one.keys() == other.keys()
    for reviewer, found in one.items():
        assert found.difference == pytest.approx(other[reviewer].difference)
    assert sum(each.difference * each.ratings for each in one.values()) == pytest.approx(0, abs=1e-9)
