"""The trail as it lies in the database, whatever lies there.

SQLite keeps any value in any column, and what no column should hold must be found, not stumbled over. So every
column is read as bytes: text in UTF-8. Events come with their heads and comments in one statement, so that those
that are written meanwhile are seen whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model

from .models import Event, Head, Name, Text

AT_ONCE = 2000
BINARY = frozenset({"body", "salt"})


class Row(NamedTuple):
    """One event, with the head of its stream and the comment beside it; None is null, or a row that is not there.
    An erased comment is None, and its salt empty."""

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


def plain_events(between: tuple[str, str]) -> Iterator[list[tuple[Any, ...]]]:
    """All events in order, some at a time, as the driver gives them: the columns of Row up to `body`, text as str,
    and `at` as an event says it."""
    names = Row._fields[: Row._fields.index("head_seq")]
    yield from _plain(Event, "e", names, between, "ORDER BY e.stream, e.seq")


def plain_heads(between: tuple[str, str]) -> Iterator[list[tuple[Any, ...]]]:
    """Stream, number and hash of every head, in order."""
    yield from _plain(Head, "h", ("stream", "seq", "hash"), between, "ORDER BY h.stream")


def plain_comments(between: tuple[str, str]) -> Iterator[list[tuple[Any, ...]]]:
    """Stream, number, salt and text of every comment, in the order of events."""
    names = ("stream", "seq", "salt", "text")
    yield from _plain(Text, "t", names, between, "AND t.field = 'comment' ORDER BY t.stream, t.seq")


def events(stream: Any) -> Iterator[Row]:
    """All events, or those of one stream (a UUID, or whatever else stands in its column), in order."""
    own = [_column("e", name) for name in Row._fields[: Row._fields.index("head_seq")]]
    beside = [_column("h", "seq"), _column("h", "hash"), _column("t", "salt"), _column("t", "text")]
    sql = (
        f"SELECT {', '.join([*own, *beside])} FROM {table_of(Event)} e"
        f" LEFT JOIN {table_of(Head)} h ON h.stream = e.stream"
        f" LEFT JOIN {table_of(Text)} t ON t.stream = e.stream AND t.seq = e.seq AND t.field = 'comment'"
        f" {_where('e', stream)} ORDER BY e.stream, e.seq"
    )
    yield from map(Row._make, _fetch(sql, stream))


def heads_alone(stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    """Stream and number of every head whose stream has no event."""
    alone = f"NOT EXISTS (SELECT 1 FROM {table_of(Event)} e WHERE e.stream = h.stream)"
    columns = f"{_column('h', 'stream')}, {_column('h', 'seq')}"
    yield from _fetch(
        f"SELECT {columns} FROM {table_of(Head)} h {_where('h', stream, alone)} ORDER BY 1", stream
    )


def texts_alone(stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    """Stream and number of every text that is no event's comment."""
    event = f"SELECT 1 FROM {table_of(Event)} e WHERE e.stream = t.stream AND e.seq = t.seq"
    alone = f"(t.field <> 'comment' OR NOT EXISTS ({event}))"
    columns = f"{_column('t', 'stream')}, {_column('t', 'seq')}"
    yield from _fetch(
        f"SELECT {columns} FROM {table_of(Text)} t {_where('t', stream, alone)} ORDER BY 1, 2", stream
    )


def names() -> Iterator[NameRow]:
    """Every name that somebody bore."""
    columns = ", ".join(_column("n", name) for name in NameRow._fields)
    yield from map(NameRow._make, _fetch(f"SELECT {columns} FROM {table_of(Name)} n ORDER BY 1", None))


def events_of_kind(kind: str, stream: Any) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Stream, number and bytes of every event of `kind`, a word of ours, as its column says it."""
    columns = ", ".join(_column("e", name) for name in ("stream", "seq", "body"))
    where = _where("e", stream, f"e.kind = '{kind}'")
    yield from _fetch(f"SELECT {columns} FROM {table_of(Event)} e {where} ORDER BY 1, e.seq", stream)


def texts_erased(stream: Any) -> Iterator[tuple[bytes, bytes]]:
    """Stream and number of every comment that is null."""
    columns = f"{_column('t', 'stream')}, {_column('t', 'seq')}"
    where = _where("t", stream, "t.text IS NULL AND t.field = 'comment'")
    yield from _fetch(f"SELECT {columns} FROM {table_of(Text)} t {where} ORDER BY t.stream, t.seq", stream)


def names_erased(actor: Any) -> Iterator[tuple[bytes, bytes]]:
    """Bearer and digest of every name that is null."""
    columns = f"{_column('n', 'actor')}, {_column('n', 'digest')}"
    where = _where("n", actor, "n.name IS NULL").replace("n.stream", "n.actor")
    yield from _fetch(f"SELECT {columns} FROM {table_of(Name)} n {where} ORDER BY 1, 2", actor)


def moment(said: str) -> str:
    """What an event says of its moment, as the column keeps it."""
    if connection.vendor != "sqlite":
        return said
    whole, fraction = f"{said[:10]} {said[11:19]}", said[19:26]
    return whole if fraction == ".000000" else whole + fraction


def identity(said: str) -> str:
    """What an event says of a UUID, as a column keeps it."""
    return said.replace("-", "") if connection.vendor == "sqlite" else said


def dashed(column: str) -> str:
    """What a column keeps of a UUID, as an event says it."""
    if connection.vendor != "sqlite":
        return column
    return f"{column[:8]}-{column[8:12]}-{column[12:16]}-{column[16:20]}-{column[20:]}"


def _plain(
    model: type[Model], table: str, names: tuple[str, ...], between: tuple[str, str], rest: str
) -> Iterator[list[tuple[Any, ...]]]:
    columns = ", ".join(_plain_column(table, name) for name in names)
    bounds = [(sign, bound) for sign, bound in zip((">=", "<"), between, strict=True) if bound]
    conditions = [f"{table}.stream {sign} %s" for sign, _ in bounds] or ["1 = 1"]
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {table_of(model)} {table} WHERE {' AND '.join(conditions)} {rest}",
            [bound for _, bound in bounds],
        )
        while found := cursor.fetchmany(AT_ONCE):
            yield found


def _plain_column(table: str, name: str) -> str:
    if name == "at":
        return said_at(table)
    if connection.vendor == "sqlite" or name in BINARY or name == "seq":
        return f"{table}.{name}"
    return f"{table}.{name}::text"


def said_at(table: str) -> str:
    """The moment of an event as the event says it, in SQL."""
    if connection.vendor == "sqlite":
        whole = f"replace({table}.at, ' ', 'T')"
        return f"CASE length({table}.at) WHEN 19 THEN {whole} || '.000000Z' ELSE {whole} || 'Z' END"
    return f"""to_char({table}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def _column(table: str, name: str) -> str:
    if connection.vendor == "sqlite":
        return f"CAST({table}.{name} AS blob)"
    if name in BINARY:
        return f"{table}.{name}"
    if name == "at":
        return f"convert_to({said_at(table)}, 'UTF8')"
    return f"convert_to({table}.{name}::text, 'UTF8')"


def table_of(model: type[Model]) -> str:
    """The name of the table, as SQL has it."""
    return connection.ops.quote_name(model._meta.db_table)


def _where(table: str, stream: Any, condition: str = "") -> str:
    conditions = ([f"{table}.stream = %s"] if stream is not None else []) + ([condition] if condition else [])
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _fetch(sql: str, stream: Any) -> Iterator[Any]:
    key = identity(str(stream)) if isinstance(stream, UUID) else stream
    return fetch(sql, [] if key is None else [key])


def fetch(sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
    """The rows that `sql` asks for, some at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while found := cursor.fetchmany(AT_ONCE):
            yield from found
