"""What a forger with a connection to the database would do: raw SQL, and a look at whether anything changed."""

# ruff: noqa: S608 - the SQL is of our own making, column by column
from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accreditation_engine.trail.canonical import canonical_bytes
from accreditation_engine.trail.content import Entry, event_object
from accreditation_engine.trail.models import Event, Head

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite alone")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL alone")

TABLES = ("trail_event", "trail_head", "trail_text", "trail_name", "engine_edition")
SUBJECT_TABLES = (
    "dossiers_dossier",
    "reviews_finding",
    "certificates_certificate",
    "certificates_upkeep",
    "certificates_scopechange",
)


def execute(sql: str, *values: Any) -> int:
    """Run one statement; gives the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [_key(each) if isinstance(each, UUID) else each for each in values])
        return int(cursor.rowcount)


def query(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_key(each) if isinstance(each, UUID) else each for each in values])
        return list(cursor.fetchall())


def _key(value: UUID) -> str:
    return value.hex if connection.vendor == "sqlite" else str(value)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all protected tables."""
    return {table: query(f"SELECT * FROM {table} ORDER BY 1") for table in (*TABLES, *SUBJECT_TABLES)}


def assert_refused(sql: str, *values: Any) -> str:
    """The database refuses the statement, and nothing is other than before; gives its message."""
    before = everything()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        execute(sql, *values)
    assert everything() == before
    return str(refusal.value)


def columns_of(table: str) -> list[str]:
    (model,) = (each for each in apps.get_models() if each._meta.db_table == table)
    return [str(field.column) for field in model._meta.concrete_fields]


def copied(table: str, verb: str = "INSERT", **replaced: str) -> str:
    """SQL that inserts the row whose first column is the statement's parameter once more, some columns
    replaced by SQL expressions."""
    names = columns_of(table)
    sources = {**replaced, **{name: replaced.get(name, name) for name in names}}
    into, values = ", ".join(sources), ", ".join(sources.values())
    return f"{verb} INTO {table} ({into}) SELECT {values} FROM {table} WHERE {names[0]} = %s"


def forged(
    stream: UUID,
    *,
    seq: int | None = None,
    previous: str | None = None,
    at: datetime | None = None,
    comment_digest: str = "",
    **said: Any,
) -> Event:
    """An event that nobody but the forger has written, with a right hash; not saved. It continues the stream
    where nothing else is said."""
    head = Head.objects.filter(pk=stream).first()
    seq = seq if seq is not None else (head.seq + 1 if head else 1)
    previous = previous if previous is not None else (head.hash if head else "")
    entry = Entry(stream=stream, **{"kind": "transition", **said})
    at = at or timezone.now()
    body = canonical_bytes(
        event_object(entry, seq=seq, previous=previous, at=at, comment_digest=comment_digest)
    )
    return Event(
        stream=stream,
        seq=seq,
        at=at,
        kind=entry.kind,
        actor=entry.actor.id,
        role=entry.role,
        edition=entry.edition,
        transition=entry.transition,
        source=entry.source,
        target=entry.target,
        previous=previous,
        hash=hashlib.sha256(body).hexdigest(),
        body=body,
    )
