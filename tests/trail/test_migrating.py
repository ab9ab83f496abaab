"""Events that a migration writes, with and without the triggers that else see to heads and places."""

from __future__ import annotations

from contextlib import nullcontext
from uuid import uuid4

import pytest
from django.db import connection

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.migrating import append_events
from accreditation_engine.trail.models import Head, Place
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.covering import cover
from accreditation_engine.trail.verification import Tally, verify

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("triggers", [True, False])
def test_events_of_a_migration_have_heads_and_wait_for_their_places(triggers: bool) -> None:
    streams = [uuid4() for _ in range(3)]
    with nullcontext() if triggers else lifted(connection):
        append_events([Entry(each, "found") for each in streams])
    assert (Head.objects.filter(stream__in=streams).count(), Place.objects.count()) == (3, 3)
    append(Entry(streams[0], "changed"))
    assert cover() == 4
    assert list(verify(tally=Tally())) == []


def test_nothing_is_written_where_there_is_nothing_to_write() -> None:
    append_events([])
    assert Place.objects.count() == 0
