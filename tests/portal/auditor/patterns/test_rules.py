"""The rules behind the patterns, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb, isclose
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.portal.auditor.patterns.chance import at_least, pairs
from accreditation_engine.portal.auditor.patterns.few_words import usually_said
from accreditation_engine.portal.auditor.patterns.many_returns import returns
from accreditation_engine.portal.auditor.patterns.refusals import many
from accreditation_engine.portal.auditor.patterns.robust import usual
from accreditation_engine.portal.auditor.patterns.split_votes import share_against

SECONDS = st.lists(st.floats(0, 1e7), min_size=1, max_size=60)


@given(SECONDS, st.floats(0.001, 1000))
def test_what_is_unusual_does_not_hang_on_the_unit(values: Sequence[float], factor: float) -> None:
    here, there = usual(values, 1.0), usual([each * factor for each in values], factor)
    for each in values:
        assert isclose(here.below(each, 1.0), there.below(each * factor, factor), rel_tol=1e-6, abs_tol=1e-6)


@given(SECONDS)
def test_half_of_all_are_never_below_what_is_usual(values: Sequence[float]) -> None:
    found = usual(values, 1.0)
    assert 2 * sum(found.below(each, 1.0) > 1e-9 for each in values) <= len(values)


def test_one_odd_review_is_far_below_and_moves_nothing() -> None:
    usually = usual([86_400.0 * days for days in (2, 3, 3, 4, 5, 5, 6, 7, 8)], 1.0)
    with_odd = usual([86_400.0 * days for days in (2, 3, 3, 4, 5, 5, 6, 7, 8)] + [60.0], 1.0)
    assert with_odd.below(60.0, 1.0) > 3
    assert usually.below(86_400.0 * 2, 1.0) < 3
    assert 0.7 < with_odd.median / usually.median < 1.3


def test_nothing_is_unusual_where_more_than_half_are_the_same() -> None:
    assert usual([5.0] * 9 + [1.0], 1.0).below(1.0, 1.0) == 0


@given(st.integers(0, 30), st.integers(0, 30), st.fractions(0, 1, max_denominator=50))
def test_chance_is_the_binomial_tail(count: int, tries: int, share: Fraction) -> None:
    exact = sum(
        comb(tries, each) * share**each * (1 - share) ** (tries - each) for each in range(count, tries + 1)
    )
    assert isclose(at_least(count, tries, float(share)), float(exact), rel_tol=1e-9, abs_tol=1e-12)


@given(st.lists(st.frozensets(st.integers(0, 6), max_size=4), max_size=40))
def test_pairs_are_counted_once_for_each_file(files: list[frozenset[int]]) -> None:
    met = pairs(files)
    assert sum(each.together for each in met) == sum(len(list(combinations(each, 2))) for each in files)
    assert all(0 <= each.chance <= 1 for each in met)


def test_only_pair_there_is_meets_always_and_is_no_wonder() -> None:
    (pair,) = pairs([frozenset({"a", "b"})] * 50)
    assert (pair.together, pair.expected, pair.chance) == (50, 50.0, 1.0)


@pytest.mark.parametrize("seed", range(5))
def test_random_pairs_are_no_wonder_and_a_fixed_one_is(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - a repeatable test
    files = [frozenset(random.sample(range(12), 2)) for _ in range(300)]
    met = pairs(files)
    assert all(each.chance * len(met) > 0.01 for each in met)
    friends = pairs([*files, *[frozenset({12, 13})] * 4, *[frozenset({12, each}) for each in range(4)]])
    (found,) = (each for each in friends if {each.one, each.other} == {12, 13})
    assert found.chance * len(friends) <= 0.01


def test_share_against_leaves_abstentions_out() -> None:
    votes = {"certify": 2, "refuse": 1, "abstain": 5}
    assert share_against(votes, "certify") == Fraction(1, 3)
    assert share_against({"abstain": 3}, "certify") == 0
    assert share_against({}, "certify") == 0


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_returns_are_entries_into_states_that_were_entered_before(states: list[str]) -> None:
    count, most = returns(states)
    seen: set[str] = set()
    again = 0
    for each in states:
        again += each in seen
        seen.add(each)
    assert count == again
    assert not states or states.count(most) == max(map(states.count, states))


def test_thresholds_are_met_from_their_value_on() -> None:
    assert many(5, 16)
    assert not many(5, 17)
    assert not many(4, 4)
    assert usually_said(8, 10)
    assert not usually_said(7, 10)
    assert not usually_said(9, 9)
