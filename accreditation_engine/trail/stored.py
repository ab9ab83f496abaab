"""The trail as it lies in the database, whatever lies there.

SQLite keeps any value in any column, and what no column should hold must be found, not stumbled over. So every
column is read as bytes: text in UTF-8. Events come with their heads and comments in one statement, so that those
that are written meanwhile are seen whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model

from .models import Event, Head, Name, Text

AT_ONCE = 2000
BINARY = frozenset({"body", "salt"})


class Row(NamedTuple):
    """One event, with the head of its stream and the comment beside it; None is null, or a row that is not there.
    An erased comment is None, and has its salt."""

    stream: bytes
    seq: bytes
    at: bytes
    kind: bytes
    actor: bytes | None
    role: bytes
    edition: bytes
    transition: bytes
    source: bytes
    target: bytes
    previous: bytes
    hash: bytes
    body: bytes
    head_seq: bytes | None
    head_hash: bytes | None
    salt: bytes | None
    comment: bytes | None


class NameRow(NamedTuple):
    digest: bytes
    actor: bytes
    salt: bytes
    name: bytes | None


def events(stream: UUID | None) -> Iterator[Row]:
    """All events, or those of one stream, in order."""
    own = [_column("e", name) for name in Row._fields[: Row._fields.index("head_seq")]]
    beside = [_column("h", "seq"), _column("h", "hash"), _column("t", "salt"), _column("t", "text")]
    sql = (
        f"SELECT {', '.join([*own, *beside])} FROM {_table(Event)} e"
        f" LEFT JOIN {_table(Head)} h ON h.stream = e.stream"
        f" LEFT JOIN {_table(Text)} t ON t.stream = e.stream AND t.seq = e.seq AND t.field = 'comment'"
        f" {_where('e', stream)} ORDER BY e.stream, e.seq"
    )
    yield from map(Row._make, _fetch(sql, stream))


def heads_alone(stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    """Stream and number of every head whose stream has no event."""
    alone = f"NOT EXISTS (SELECT 1 FROM {_table(Event)} e WHERE e.stream = h.stream)"
    columns = f"{_column('h', 'stream')}, {_column('h', 'seq')}"
    yield from _fetch(
        f"SELECT {columns} FROM {_table(Head)} h {_where('h', stream, alone)} ORDER BY 1", stream
    )


def texts_alone(stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    """Stream and number of every text that is no event's comment."""
    event = f"SELECT 1 FROM {_table(Event)} e WHERE e.stream = t.stream AND e.seq = t.seq"
    alone = f"(t.field <> 'comment' OR NOT EXISTS ({event}))"
    columns = f"{_column('t', 'stream')}, {_column('t', 'seq')}"
    yield from _fetch(
        f"SELECT {columns} FROM {_table(Text)} t {_where('t', stream, alone)} ORDER BY 1, 2", stream
    )


def names() -> Iterator[NameRow]:
    """Every name that somebody bore."""
    columns = ", ".join(_column("n", name) for name in NameRow._fields)
    yield from map(NameRow._make, _fetch(f"SELECT {columns} FROM {_table(Name)} n ORDER BY 1", None))


def moment(said: str) -> str:
    """What an event says of its moment, as the column keeps it."""
    if connection.vendor != "sqlite":
        return said
    whole, fraction = f"{said[:10]} {said[11:19]}", said[19:26]
    return whole if fraction == ".000000" else whole + fraction


def identity(said: str) -> str:
    """What an event says of a UUID, as a column keeps it."""
    return said.replace("-", "") if connection.vendor == "sqlite" else said


def _column(table: str, name: str) -> str:
    if connection.vendor == "sqlite":
        return f"CAST({table}.{name} AS blob)"
    if name in BINARY:
        return f"{table}.{name}"
    if name == "at":
        said = f"""to_char({table}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        return f"convert_to({said}, 'UTF8')"
    return f"convert_to({table}.{name}::text, 'UTF8')"


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _where(table: str, stream: UUID | None, condition: str = "") -> str:
    conditions = ([f"{table}.stream = %s"] if stream else []) + ([condition] if condition else [])
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _fetch(sql: str, stream: UUID | None) -> Iterator[Any]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [identity(str(stream))] if stream else [])
        while found := cursor.fetchmany(AT_ONCE):
            yield from found
