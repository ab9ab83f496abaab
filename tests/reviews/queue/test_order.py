"""The order of a queue, as the database gives it: one's own first, then fewest reviews, then a seeded order."""

from __future__ import annotations

from itertools import permutations
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.dossiers.lots import LOTS, new_lot
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.order import Seed, seed_of
from accreditation_engine.reviews.queue.waiting import offered_to, queue_of
from tests.support.world import World

from .waiting_files import ask_for, claim_by, reviewers, waiting

LOT = st.integers(1, LOTS - 1)
SEED = st.builds(Seed, st.integers(1, LOTS - 1), st.integers(0, LOTS - 1))


@given(SEED, st.sets(LOT, min_size=1, max_size=50))
def test_no_two_lots_have_the_same_turn(seed: Seed, lots: set[int]) -> None:
    turns = {seed.turn_of(lot) for lot in lots}
    assert len(turns) == len(lots)
    assert all(0 <= turn < LOTS for turn in turns)


@given(st.uuids())
def test_a_reviewer_has_the_same_seed_at_every_look(person) -> None:  # type: ignore[no-untyped-def]
    assert seed_of(person) == seed_of(person)
    assert 0 < seed_of(person).factor < LOTS
    assert 0 <= seed_of(person).shift < LOTS


def test_reviewers_begin_with_different_files() -> None:
    """Of 20 files each of 2,000 reviewers may well begin with each: about 100 do, and nobody crowds."""
    lots = [new_lot() for _ in range(20)]
    first = [min(lots, key=seed_of(uuid4()).turn_of) for _ in range(2000)]
    counts = [first.count(lot) for lot in lots]
    assert min(counts) > 40
    assert max(counts) < 200


def test_every_order_of_three_files_comes_about() -> None:
    lots = [new_lot() for _ in range(3)]
    seen = {tuple(sorted(lots, key=seed_of(uuid4()).turn_of)) for _ in range(500)}
    assert seen == set(permutations(lots))


@pytest.mark.django_db
def test_the_queue_is_a_permutation_mine_first_then_fewest_then_by_turn(world: World) -> None:
    """Whatever the lots, and whoever reviews what already: the order of the rows is that of the rule."""
    me, *others = reviewers(world, 4)
    files = waiting(world, 5, places=3)
    chosen = st.lists(LOT, min_size=5, max_size=5, unique=True)
    held = st.lists(st.sets(st.sampled_from(range(4)), max_size=2), min_size=5, max_size=5)

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(chosen, held)
    def check(lots: list[int], holders: list[set[int]]) -> None:
        Assignment.objects.all().delete()
        for file, lot, some in zip(files, lots, holders, strict=True):
            Dossier.objects.filter(pk=file.pk).update(lot=lot)
            for number in some:
                ask_for(file, [me, *others][number], None)
        found = list(queue_of(me))
        wanted = sorted(
            zip(files, lots, holders, strict=True),
            key=lambda each: (0 not in each[2], len(each[2]), seed_of(me.pk).turn_of(each[1])),
        )
        assert [each.pk for each in found] == [file.pk for file, _, _ in wanted]
        assert [each.taken for each in found] == [len(some) for _, _, some in wanted]
        assert [each.mine for each in found] == [0 in some for _, _, some in wanted]

    check()


@pytest.mark.django_db
def test_ones_own_come_by_when_they_are_due(world: World) -> None:
    me, *_ = reviewers(world, 1)
    late, soon, never = waiting(world, 3, places=1)
    for file, days in ((late, 30), (soon, 2), (never, None)):
        ask_for(file, me, days)
    assert [each.pk for each in queue_of(me)] == [soon.pk, late.pk, never.pk]


@pytest.mark.django_db
def test_what_one_reviews_is_not_offered(world: World) -> None:
    me, other = reviewers(world, 2)
    mine, open_ = waiting(world, 2, places=2)
    claim_by(mine, me)
    claim_by(open_, other)
    assert [each.pk for each in offered_to(me)] == [open_.pk]
