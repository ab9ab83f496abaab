"""Each run of the suite tests the database that it says it tests, and leaves it whole for the next test."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from accreditation_engine.trail import protection
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event


@pytest.mark.django_db
def test_the_database_is_the_one_named() -> None:
    assert connection.vendor == os.environ.get("TEST_DATABASE", connection.vendor)


@pytest.mark.django_db
def test_sqlite_is_a_file_with_a_lock_as_on_a_site() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()
    assert not connection.is_in_memory_db()
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert journal == ("wal",)


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_trail_and_restores_its_protection() -> None:
    append(Entry(stream=uuid4(), kind="test"))
    assert protection.missing(connection) == []
    call_command("flush", interactive=False, verbosity=0)
    assert not Event.objects.exists()
    assert protection.missing(connection) == []
