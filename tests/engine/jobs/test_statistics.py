"""SQLite's planner knows how many rows share a value of an index once that was gathered."""

from __future__ import annotations

import pytest
from django.db import connection

from accreditation_engine.engine.jobs.statistics import gather_statistics
from tests.support.world import World

EVENTS_OF = "EXPLAIN QUERY PLAN SELECT 1 FROM trail_event WHERE stream = %s AND role = %s"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL gathers statistics by itself")
def test_events_of_a_file_are_found_by_the_file_when_statistics_are_gathered(world: World) -> None:
    dossier = world.dossier("deciding")
    gather_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        assert "trail_event" in {name for (name,) in cursor.fetchall()}
        cursor.execute(EVENTS_OF, [dossier.pk.hex, "reviewer"])
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "(stream=?" in plan
