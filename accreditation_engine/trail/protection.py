"""What the database itself refuses: changing the trail, and a state that no event explains.

The triggers are installed after every `migrate` (SQLite drops them whenever Django rebuilds a table): those of
the trail's own tables, and those that other folders name here when their apps are ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from . import triggers
from .trigger_sql import INSTALLED, create, drop
from .triggers import Trigger

EVENTS, HEADS, TEXTS, NAMES = "trail_event", "trail_head", "trail_text", "trail_name"

_protected: dict[str, list[Trigger]] = {
    EVENTS: [
        *triggers.append_only(EVENTS, ("id",), ("stream", "seq"), ("hash",)),
        *triggers.chained(EVENTS, HEADS),
    ],
    HEADS: triggers.head(HEADS, EVENTS),
    TEXTS: triggers.erasable(
        TEXTS,
        ("id",),
        ("stream", "seq", "field"),
        column="text",
        fixed=("id", "stream", "seq", "field", "salt"),
    ),
    NAMES: triggers.erasable(NAMES, ("digest",), column="name", fixed=("digest", "actor", "salt")),
}


def protect_append_only(table: str, *keys: tuple[str, ...]) -> None:
    """Refuse UPDATE, DELETE, TRUNCATE and REPLACE of `table`, whose unique keys are `keys`."""
    _protected[table] = triggers.append_only(table, *keys)


def protect_subject(table: str) -> None:
    """Refuse any state in `table` that the trail does not explain, and refuse to delete a subject."""
    _protected[table] = triggers.subject(table, EVENTS)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew, on the protected tables that exist."""
    existing = set(connection.introspection.table_names())
    ready = [each for each in _triggers() if each.table in existing]
    _execute(connection, (sql for each in ready for sql in create(each, connection.vendor)))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should be there and are not, in alphabetical order."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return sorted(
        each.name for each in _triggers() if each.only in ("", connection.vendor) and each.name not in there
    )


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without any trigger inside the block. For test databases and for experiments in forging only."""
    existing = set(connection.introspection.table_names())
    there = [each for each in _triggers() if each.table in existing]
    _execute(connection, (sql for each in there for sql in drop(each, connection.vendor)))
    try:
        yield
    finally:
        install(connection)


def _triggers() -> Iterator[Trigger]:
    for each in _protected.values():
        yield from each


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
