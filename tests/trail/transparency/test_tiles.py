from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.trail.models import Tile
from accreditation_engine.trail.transparency.merkle import leaf_hash, root
from accreditation_engine.trail.transparency.tiles import Tiles

from .test_merkle import perfect_of

pytestmark = pytest.mark.django_db


def leaves(start: int, end: int) -> list[bytes]:
    return [leaf_hash(str(n).encode()) for n in range(start, end)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 700), min_size=1, max_size=5))
def test_a_tree_grown_in_any_steps_has_the_same_root(db: None, steps: list[int]) -> None:
    with transaction.atomic():
        size = 0
        for step in steps:
            tiles = Tiles(Tile.EVENTS)
            tiles.extend(size, leaves(size, size + step))
            tiles.save()
            size += step
        whole = leaves(0, size)
        assert root(size, Tiles(Tile.EVENTS).perfect) == root(size, perfect_of(whole))
        for earlier in {1, size // 3 + 1, size - 1 or 1}:
            assert root(earlier, Tiles(Tile.EVENTS).perfect) == root(earlier, perfect_of(whole))
        transaction.set_rollback(True)


def test_a_leaf_that_changes_changes_every_hash_above_it() -> None:
    tiles = Tiles(Tile.STREAMS)
    tiles.extend(0, leaves(0, 600))
    tiles.save()
    tiles = Tiles(Tile.STREAMS)
    tiles.change({3: leaf_hash(b"new"), 600: leaf_hash(b"more")})
    tiles.save()
    expected = [*leaves(0, 600), leaf_hash(b"more")]
    expected[3] = leaf_hash(b"new")
    assert root(601, Tiles(Tile.STREAMS).perfect) == root(601, perfect_of(expected))


def test_growing_costs_what_is_new(django_assert_num_queries) -> None:
    tiles = Tiles(Tile.EVENTS)
    tiles.extend(0, leaves(0, 5000))
    tiles.save()
    with django_assert_num_queries(2):  # one to read the last tile, one to write
        tiles = Tiles(Tile.EVENTS)
        tiles.extend(5000, leaves(5000, 5001))
        tiles.save()


def test_a_leaf_beyond_the_end_is_refused() -> None:
    tiles = Tiles(Tile.EVENTS)
    with pytest.raises(LookupError, match="gap"):
        tiles.extend(3, leaves(3, 4))


def test_what_the_tree_does_not_hold_is_not_made_up() -> None:
    with pytest.raises(LookupError, match="incomplete"):
        Tiles(Tile.EVENTS).perfect(0, 7)


def test_the_database_refuses_to_change_a_hash_of_an_event() -> None:
    tiles = Tiles(Tile.EVENTS)
    tiles.extend(0, leaves(0, 3))
    tiles.save()
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Tile.objects.update(hashes=b"".join(leaves(1, 4)))
