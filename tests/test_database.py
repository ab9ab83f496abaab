"""Each run of the suite tests the database that it says it tests."""

from __future__ import annotations

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_named() -> None:
    assert connection.vendor == os.environ.get("TEST_DATABASE", connection.vendor)


@pytest.mark.django_db
def test_sqlite_waits_for_its_lock_and_can_be_shared_by_threads() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()
    assert not connection.is_in_memory_db()
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert journal == ("wal",)
