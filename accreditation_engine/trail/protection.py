"""What the database itself refuses: changing the trail, and a state that no event explains.

The triggers are installed after every `migrate` (SQLite drops them whenever Django rebuilds a table): those of
the trail's own tables, and those that other folders name here when their apps are ready.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from . import triggers
from .folding import folding_sql
from .trigger_sql import INSTALLED, create, drop, search_path, written
from .triggers import Keys, Trigger

EVENTS, HEADS, TEXTS, NAMES = "trail_event", "trail_head", "trail_text", "trail_name"
PLACES, TILES, COVERED, TREE = "trail_place", "trail_tile", "trail_streamhead", "trail_tree"
KEYS, CHECKPOINTS = "trail_key", "trail_checkpoint"
FOLDED = "trail_foldedcomment"

_protected: dict[str, Callable[[Keys], list[Trigger]]] = {
    EVENTS: lambda keys: [*triggers.append_only(EVENTS, keys), *triggers.chained(EVENTS, HEADS, PLACES)],
    HEADS: partial(triggers.head, HEADS, events=EVENTS),
    TEXTS: lambda keys: [
        *triggers.erasable(
            TEXTS,
            keys,
            column="text",
            fixed=("id", "stream", "seq", "field"),
            explained=partial(
                triggers.said_erased,
                EVENTS,
                "NEW.stream",
                """'{{"seq":' || NEW.seq || ',"what":"comment"}}'""",
            ),
        ),
        *triggers.folded(TEXTS, EVENTS, FOLDED, folding_sql),
    ],
    NAMES: partial(
        triggers.erasable,
        NAMES,
        column="name",
        fixed=("digest", "actor"),
        explained=partial(
            triggers.said_erased,
            EVENTS,
            "NEW.actor",
            """'{{"digest":"' || NEW.digest || '","what":"name"}}'""",
        ),
    ),
    PLACES: partial(triggers.placed, PLACES),
    TILES: partial(triggers.growing, TILES, only="events"),
    COVERED: partial(triggers.advancing, COVERED, column="seq", fixed=("stream", "leaf")),
    TREE: partial(triggers.advancing, TREE, column="size", fixed=("id",)),
    KEYS: partial(triggers.retirable, KEYS, column="retired_at", fixed=("id", "name", "public", "made_at")),
    CHECKPOINTS: partial(triggers.append_only, CHECKPOINTS),
}


def protect_append_only(table: str) -> None:
    """Refuse UPDATE, DELETE, TRUNCATE and REPLACE of `table`."""
    _protected[table] = partial(triggers.append_only, table)


def protect_retirable(table: str, column: str, *fixed: str) -> None:
    """As append-only, but `column` may be set once; `fixed` are the others."""
    _protected[table] = partial(triggers.retirable, table, column=column, fixed=fixed)


def protect_subject(table: str, *fixed: str) -> None:
    """Refuse any state in `table` that the trail does not explain, any change of the columns `fixed`, and refuse
    to delete a subject."""
    _protected[table] = partial(triggers.subject, table, events=EVENTS, fixed=fixed)


def protect_told(table: str, kind: str, as_json: Collection[str] = (), **columns: str) -> None:
    """Let `table`, which is protected already, change `columns` only as an event of `kind` says, under the names
    that they are given here: text, and those `as_json`."""
    rules = _protected[table]
    more = triggers.told(table, columns, events=EVENTS, kind=kind, as_json=as_json)
    _protected[table] = lambda keys: [*rules(keys), *more]


def keep_beside(table: str, copies: list[Trigger]) -> None:
    """Let `table`, which is protected already, have triggers that keep what repeats it elsewhere."""
    rules = _protected[table]
    _protected[table] = lambda keys: [*rules(keys), *copies]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make every trigger anew, on the protected tables that exist."""
    vendor, path = connection.vendor, search_path(connection)
    _execute(connection, (sql for each in _on_tables(connection) for sql in create(each, vendor, path)))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away."""
    _execute(connection, (sql for each in _on_tables(connection) for sql in drop(each, connection.vendor)))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of triggers that should be there and are not, or not as they were made, in alphabetical
    order."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        there = dict(cursor.fetchall())
    vendor, path = connection.vendor, search_path(connection)
    wanted = [each for each in _triggers() if each.only in ("", vendor)]
    return sorted(each.name for each in wanted if there.get(each.name) != written(each, vendor, path))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without any trigger inside the block. For test databases and for experiments in forging only."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _on_tables(connection: BaseDatabaseWrapper) -> list[Trigger]:
    existing = set(connection.introspection.table_names())
    return [each for each in _triggers() if each.table in existing]


def _triggers() -> Iterator[Trigger]:
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, rules in _protected.items():
        yield from rules(unique_keys(models[table]))


def unique_keys(model: type[Model]) -> list[tuple[str, ...]]:
    """The columns of every unique key of `model`."""
    columns = {field.name: str(field.column) for field in model._meta.concrete_fields}
    single = [(str(field.column),) for field in model._meta.concrete_fields if field.unique]
    several = [each.fields for each in model._meta.total_unique_constraints]
    return single + [tuple(columns[name] for name in names) for names in several]


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    """All of `statements` or none, so that no moment is without protection."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
