"""Files that wait for reviewers, and as many places as bare rows of a table of their own."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import call_command
from django.db import connection, transaction

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.editions import activate, store_workflow
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.registering import register_organisations
from accreditation_engine.reviews.queue.claiming import claim_next

HERE = Path(__file__).parent
SCHEME = "queue"

# The bare statement has what helps it: an index in its order over the places that are free.
TABLE = (
    "CREATE TABLE bare_place (id integer PRIMARY KEY, file char(32) NOT NULL, taken integer NOT NULL,"
    " turn bigint NOT NULL, reviewer char(32), taken_at timestamp)",
    "CREATE INDEX bare_place_free ON bare_place (taken, turn) WHERE reviewer IS NULL",
)
TAKE = {
    "postgresql": """
        UPDATE bare_place SET reviewer = %s, taken_at = CURRENT_TIMESTAMP WHERE id = (
            SELECT id FROM bare_place WHERE reviewer IS NULL ORDER BY taken, turn LIMIT 1 FOR UPDATE SKIP LOCKED
        ) RETURNING file""",
    "sqlite": """
        UPDATE bare_place SET reviewer = %s, taken_at = CURRENT_TIMESTAMP WHERE id = (
            SELECT id FROM bare_place WHERE reviewer IS NULL ORDER BY taken, turn LIMIT 1
        ) RETURNING file""",
}


class QueueWorld:
    """A scheme whose files wait for reviewers, and people who may review."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        workflow: Any = read_file(HERE / "queue.yaml").definition
        activate(workflow, store_workflow(workflow, {}), SYSTEM)
        with connection.cursor() as cursor:
            for statement in TABLE:
                cursor.execute(statement)

    def reviewers(self, count: int) -> list[User]:
        first = User.objects.count()
        people = [
            User.objects.create_user(f"reviewer{number}@benchmark.example", name="Reviewer")
            for number in range(first, first + count)
        ]
        for each in people:
            grant_role(user=each, role="reviewer", by=SYSTEM)
        return people

    def fill(self, files: int, places: int) -> None:
        """So many files that wait, and their places as rows."""
        new = [
            Organisation(name_ar="-", name_en="-", registration_number=f"Q-{number}")
            for number in range(files)
        ]
        with transaction.atomic():
            organisations = register_organisations(new, by=SYSTEM)
            opened = open_dossiers(organisations=organisations, scheme=SCHEME, by=SYSTEM, role="system")
        rows = [(each.pk.hex, taken, random.getrandbits(31)) for each in opened for taken in range(places)]
        with transaction.atomic(), connection.cursor() as cursor:
            insert = "INSERT INTO bare_place (id, file, taken, turn) VALUES (%s, %s, %s, %s)"
            cursor.executemany(insert, [(number, *row) for number, row in enumerate(rows)])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def ours(reviewer: User) -> UUID | None:
    assignment = claim_next(by=reviewer)
    return None if assignment is None else assignment.dossier_id


def bare(reviewer: User) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE[connection.vendor], [reviewer.pk.hex])
        found = cursor.fetchone()
    return None if found is None else found[0]


def version() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"
