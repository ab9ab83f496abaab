"""What SQLite's planner knows of the tables. PostgreSQL gathers that by itself.

Without it SQLite guesses, and goes through all events of a role where those of one file are asked for: what waits
for a member of the panel took thirty times as long, and longer with every event.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection

from .periodic import periodic

ROWS = 1000
"""So many rows of an index are looked at: enough to know how many share a value, however long the trail is."""


@periodic("statistics", every=timedelta(hours=6))
def gather_statistics() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit={ROWS}")
            cursor.execute("ANALYZE")
