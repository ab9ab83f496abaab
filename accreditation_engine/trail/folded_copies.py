"""The folded copies of comments against the comments: what the search looks through is what was written."""

# ruff: noqa: S608 - tables and columns of our own
from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from .folding import Folded, folding_sql
from .models import Event, FoldedComment, Text
from .problems import Problem, number, problem
from .stored import fetch, identity, table_of


def compare_folded(stream: UUID | None) -> Iterator[Problem]:
    """Comments without their copy or with another, and copies of what was erased or never written."""
    for of, seq in _apart(stream):
        yield problem(of, number(seq), "search", "the search does not find its comment as it was written")
    for of, seq in _alone(stream):
        yield problem(of, number(seq), "search", "the search finds a comment here that is not there")


def _apart(stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    yield from _rows(
        f"{table_of(Text)} t JOIN {table_of(Event)} e ON e.stream = t.stream AND e.seq = t.seq"
        f" LEFT JOIN {table_of(FoldedComment)} f ON f.event = e.id",
        f"t.field = 'comment' AND t.text IS NOT NULL AND (f.folded IS NULL OR f.folded <> {_folded_text()})",
        stream,
    )


def _alone(stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    yield from _rows(
        f"{table_of(FoldedComment)} f LEFT JOIN {table_of(Event)} e ON e.id = f.event"
        f" LEFT JOIN {table_of(Text)} t ON t.stream = e.stream AND t.seq = e.seq AND t.field = 'comment'",
        "t.text IS NULL",
        stream,
    )


def _rows(tables: str, where: str, stream: UUID | None) -> Iterator[tuple[bytes, bytes]]:
    of_one, values = ("", []) if stream is None else (" AND e.stream = %s", [identity(str(stream))])
    columns = ", ".join(_as_bytes(each) for each in ("e.stream", "e.seq"))
    yield from fetch(f"SELECT {columns} FROM {tables} WHERE {where}{of_one} ORDER BY 1, e.seq", values)


def _folded_text() -> str:
    """What is no text on SQLite is a problem of its own, and has nothing to compare."""
    if connection.vendor == "postgresql":
        return folding_sql("t.text", connection.vendor)
    return f"CASE WHEN typeof(t.text) = 'text' THEN {Folded.function}(t.text) END"


def _as_bytes(column: str) -> str:
    """A copy of no event at all has no stream and no number."""
    if connection.vendor == "postgresql":
        return f"convert_to(coalesce({column}::text, ''), 'UTF8')"
    return f"CAST(coalesce({column}, '') AS blob)"
