"""The tree and what it covers, as they lie in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from ..models import Event
from ..stored import fetch, identity, moment, said_at, table_of
from .models import Place, StreamHead
from .tiles import WIDTH

Planted = tuple[int, str | None, Any, Any]
"""A place in the tree: position, then hash, stream and number of the event that stands there, None where none
does."""


Bundle = tuple[int, int, int, str, str]
"""Places side by side that share a tile: the tile's number, how many are taken, the last of them, and the hashes
of their events one behind the other, then their moments with commas between; those of events that are gone are
left out."""


def planted_bundles() -> Iterator[Bundle]:
    """All places that are taken, a tile at a time, in order. One statement for every hundred tiles: SQLite would
    sort the whole tree in memory to group it."""
    start = _first_taken("position IS NOT NULL", ())
    while start is not None:
        end = (start // WIDTH + TILES_AT_ONCE) * WIDTH
        yield from _bundles(start, end)
        start = _first_taken("position >= %s", (end,))


TILES_AT_ONCE = 100


END_OF_TIME = "9999-12-31"


def _first_taken(where: str, values: tuple[int, ...]) -> int | None:
    """The first place that is taken. On SQLite a place may be no number: it leaves a gap where it should stand."""
    numbers = " AND typeof(position) = 'integer'" if connection.vendor == "sqlite" else ""
    sql = f"SELECT min(position) FROM {table_of(Place)} WHERE {where}{numbers}"
    ((first,),) = fetch(sql, values)
    return first


def _bundles(start: int, end: int) -> Iterator[Bundle]:
    hashes, moments = (_joined("hash", ""), _joined("at", ","))
    yield from fetch(
        f"SELECT position / {WIDTH}, count(*), max(position), coalesce({hashes}, ''),"
        f" coalesce({moments}, '') FROM (SELECT p.position AS position, e.hash AS hash, {said_at('e')} AS at"
        f" FROM {table_of(Place)} p LEFT JOIN {table_of(Event)} e ON e.id = p.event"
        " WHERE p.position >= %s AND p.position < %s"
        f" ORDER BY p.position) planted GROUP BY position / {WIDTH} ORDER BY 1",
        [start, end],
    )


def _joined(column: str, comma: str) -> str:
    if connection.vendor == "sqlite":
        return f"group_concat({column}, '{comma}')"
    return f"string_agg({column}, '{comma}' ORDER BY position)"


def planted_between(first: int, end: int) -> Iterator[Planted]:
    """The places from `first` to before `end` that are taken, in order."""
    yield from fetch(
        f"SELECT p.position, e.hash, e.stream, e.seq FROM {table_of(Place)} p"
        f" LEFT JOIN {table_of(Event)} e ON e.id = p.event WHERE p.position >= %s AND p.position < %s"
        " ORDER BY p.position",
        [first, end],
    )


def places_of(stream: UUID) -> Iterator[Planted]:
    """The places of the events of one stream, in the order of events."""
    yield from fetch(
        f"SELECT p.position, e.hash, e.stream, e.seq FROM {table_of(Event)} e JOIN {table_of(Place)} p"
        " ON p.event = e.id WHERE e.stream = %s AND p.position IS NOT NULL ORDER BY e.seq",
        [identity(str(stream))],
    )


def events_without_place(stream: UUID | None) -> Iterator[tuple[Any, int]]:
    """Stream and number of events that are neither in the tree nor waiting for it."""
    where = "e.stream = %s AND " if stream else ""
    yield from fetch(
        f"SELECT e.stream, e.seq FROM {table_of(Event)} e WHERE {where}"
        f"NOT EXISTS (SELECT 1 FROM {table_of(Place)} p WHERE p.event = e.id) ORDER BY e.stream, e.seq",
        [identity(str(stream))] if stream else [],
    )


def dated_after(moment_said: str, stream: UUID | None) -> Iterator[tuple[Any, int, str]]:
    """Stream, number and moment of events that say they are of later than `moment_said`."""
    where = "e.stream = %s AND " if stream else ""
    own = [identity(str(stream))] if stream else []
    yield from fetch(
        f"SELECT e.stream, e.seq, {said_at('e')} FROM {table_of(Event)} e WHERE {where}e.at BETWEEN %s AND %s"
        " ORDER BY e.at, e.id",
        [*own, moment(moment_said), END_OF_TIME],
    )


def places_without_event() -> Iterator[tuple[int]]:
    """Rows of events that wait for their place and are gone."""
    yield from fetch(
        f"SELECT p.event FROM {table_of(Place)} p WHERE p.position IS NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {table_of(Event)} e WHERE e.id = p.event) ORDER BY 1"
    )


def ends_apart(stream: UUID | None) -> Iterator[tuple[Any, int, str]]:
    """Stream, number and hash of every end of a covered stream that no covered event is, or that a later covered
    event follows."""
    where = "h.stream = %s AND " if stream else ""
    covered = (
        f"SELECT 1 FROM {table_of(Event)} e JOIN {table_of(Place)} p ON p.event = e.id"
        " WHERE e.stream = h.stream AND p.position IS NOT NULL"
    )
    yield from fetch(
        f"SELECT h.stream, h.seq, h.hash FROM {table_of(StreamHead)} h WHERE {where}"
        f"(NOT EXISTS ({covered} AND e.seq = h.seq AND e.hash = h.hash) OR EXISTS ({covered} AND e.seq > h.seq))"
        " ORDER BY h.stream",
        [identity(str(stream))] if stream else [],
    )
