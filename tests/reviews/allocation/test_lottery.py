"""The draw: nobody against whom something stands, seniors where there are any, everybody alike."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.reviews.allocation.lottery import InPool, draw

pools = st.lists(
    st.builds(InPool, st.uuids().map(str), st.booleans(), st.booleans()),
    max_size=12,
    unique_by=lambda x: x.key,
)


@given(pools, st.text("0123456789abcdef", min_size=1), st.integers(0, 6), st.integers(0, 6))
def test_a_draw_keeps_its_rules_whatever_the_pool(
    pool: list[InPool], seed: str, places: int, seniors: int
) -> None:
    drawn = draw(pool, seed=seed, places=places, seniors=seniors)
    fit = {each.key: each for each in pool if each.fit}
    assert set(drawn.names) <= set(fit)
    assert len(set(drawn.names)) == len(drawn.names) == min(places, len(fit))
    assert drawn.open == places - len(drawn.names)
    had, there = (sum(each.senior for each in group) for group in (map(fit.get, drawn.names), fit.values()))
    assert had >= min(seniors, places, there)
    assert drawn.seniors_missing == max(0, min(seniors, places) - there)
    assert draw(pool[::-1], seed=seed, places=places, seniors=seniors) == drawn


@given(pools, st.text("0123456789abcdef", min_size=1), st.integers(1, 3))
def test_whoever_is_not_drawn_changes_nothing_by_leaving(pool: list[InPool], seed: str, places: int) -> None:
    drawn = draw(pool, seed=seed, places=places)
    assert draw([each for each in pool if each.key in drawn.names], seed=seed, places=places) == drawn


def test_everybody_is_drawn_as_often_as_their_likes_over_many_seeds() -> None:
    """Of two places, one for a senior: each of 3 seniors should have the first in a third of all draws; the second
    goes to 2 remaining seniors and 5 others alike."""
    pool = [InPool(str(number), True, number < 3) for number in range(8)]
    times = 6_000
    counted = Counter(
        name for seed in range(times) for name in draw(pool, seed=f"{seed}", places=2, seniors=1).names
    )
    for number in range(8):
        likely = 1 / 3 + 2 / 3 / 7 if number < 3 else 1 / 7
        assert counted[str(number)] / times == pytest.approx(likely, abs=0.025)


def test_a_draw_is_refused_without_a_seed_or_with_somebody_twice() -> None:
    with pytest.raises(ValueError, match="seed"):
        draw([InPool("a", True)], seed=" ", places=1)
    with pytest.raises(ValueError, match="twice"):
        draw([InPool("a", True), InPool("a", False)], seed="1", places=1)
