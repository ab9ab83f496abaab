from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection

from accreditation_engine.trail import protection
from accreditation_engine.trail.append import append_to
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.transparency.covering import cover
from accreditation_engine.trail.transparency.reading import TILES_AT_ONCE, planted_bundles
from accreditation_engine.trail.transparency.tiles import WIDTH
from accreditation_engine.trail.verification import Tally, verify
from tests.trail.forging import execute, on_sqlite

pytestmark = pytest.mark.django_db(transaction=True)

FIVE = 5


@pytest.fixture
def five_events() -> None:
    append_to({}, [Entry(uuid4(), "test", actor=Actor(None, None)) for _ in range(FIVE)])
    cover()


def move_a_place(to: int | str) -> None:
    with protection.lifted(connection):
        execute("UPDATE trail_place SET position = %s WHERE position = 2", to)


def test_places_are_read_in_order_when_they_lie_far_apart(five_events: None) -> None:
    far = 3 * TILES_AT_ONCE * WIDTH + 7
    move_a_place(far)
    found = [(number, count, last) for number, count, last, _hashes, _moments in planted_bundles()]
    assert found == [(0, FIVE - 1, FIVE - 1), (far // WIDTH, 1, far)]


@pytest.mark.parametrize("to", [99, 10**15, pytest.param("somewhere", marks=on_sqlite)])
def test_a_place_that_was_moved_is_missed_where_it_stood(five_events: None, to: int | str) -> None:
    assert list(verify(tally=Tally())) == []
    move_a_place(to)
    assert "no event stands at place 2" in " ".join(each.detail for each in verify(tally=Tally()))
