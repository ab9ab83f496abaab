"""Several processes find what one finds."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from accreditation_engine.trail import protection
from accreditation_engine.trail.append import append_to
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.names import remember
from accreditation_engine.trail.parallel import WORTH_IT, processes_for
from accreditation_engine.trail.transparency.covering import cover
from accreditation_engine.trail.verification import Tally, verify

from .forging import execute, on_sqlite

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trail() -> None:
    person = uuid4()
    actor = Actor(person, remember(person, "سلمى فؤاد"))
    streams = [uuid4() for _ in range(60)]
    append_to({}, [Entry(each, "test", actor=actor, comment="c") for each in streams for _ in range(10)])
    cover()
    append_to({}, [Entry(uuid4(), "test", actor=actor)])


def both() -> tuple[list[object], Tally]:
    alone, together = Tally(), Tally()
    one = list(verify(tally=alone, processes=1))
    assert list(verify(tally=together, processes=2)) == one
    assert together == alone
    return list(one), alone


def test_all_is_counted_when_nothing_is_wrong_whatever_settings_were_changed_in_this_process(
    trail: None, settings: Settings
) -> None:
    settings.TASKS = {}
    problems, tally = both()
    assert problems == []
    assert (tally.events, tally.streams, tally.texts, tally.planted) == (601, 61, 600, 600)


def test_what_is_wrong_is_named_in_the_same_order(trail: None) -> None:
    with protection.lifted(connection):
        execute("UPDATE trail_event SET kind = 'other' WHERE seq = 4")
        execute("DELETE FROM trail_event WHERE seq = 9")
        execute("UPDATE trail_name SET name = 'another'")
    problems, _ = both()
    assert len(problems) > 120


@on_sqlite
def test_columns_of_the_wrong_kind_are_looked_at_closely(trail: None) -> None:
    with protection.lifted(connection):
        execute(
            "UPDATE trail_event SET role = CAST(x'ff' AS text) WHERE id = (SELECT max(id) FROM trail_event)"
        )
    problems, _ = both()
    assert [str(each.code) for each in problems] == ["edited"]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_a_transaction_is_looked_into_by_its_own_process() -> None:
    assert connection.in_atomic_block
    assert processes_for(WORTH_IT) == 1


def test_a_small_trail_is_not_worth_another_process() -> None:
    assert processes_for(WORTH_IT - 1) == 1
    assert Event.objects.count() == 0
