"""Many rows in one statement, on both databases.

Django splits a large bulk_create on SQLite into statements of 999 parameters; SQLite itself repeats one
prepared statement faster than it parses those. PostgreSQL gets arrays, so that the statement stays small. The text
of each statement is made once. `connections[...]` is this thread's connection itself, which `connection` looks up
anew at every touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Model

Text = tuple[list[Any], str]
"""A statement, and the fields whose values it takes for each row."""


def locked(model: type[Model], keys: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The values of the rows with these primary keys, in the order of the keys, locked until the transaction
    ends."""
    own, key = connections[DEFAULT_DB_ALIAS], _key(model)
    wanted = [key.get_db_prep_value(each, own) for each in keys]
    fields, start, end = _selection(model)
    if own.vendor == "postgresql":
        statement, values = f"{start} = ANY({_arrays([key])}){end}", [wanted]
    else:
        statement, values = f"{start} IN ({', '.join(['%s'] * len(wanted))}){end}", wanted
    with own.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    return [tuple(each.to_python(value) for each, value in zip(fields, row, strict=True)) for row in found]


def insert(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert `rows` of `model`, whose automatic keys the database gives. The keys are not read back."""
    _send(*_insertion(model), rows)


def update(model: type[Model], rows: Sequence[Model], names: tuple[str, ...]) -> None:
    """Write the fields `names` of `rows`, each by its primary key, in one statement."""
    _send(*_change(model, names), rows)


def _send(fields: list[Any], statement: str, rows: Sequence[Model]) -> None:
    """On SQLite one row goes as a plain statement, seen whole in a log; many as one prepared statement."""
    own = connections[DEFAULT_DB_ALIAS]
    columns = [[each.get_db_prep_save(getattr(row, each.attname), own) for row in rows] for each in fields]
    with own.cursor() as cursor:
        if own.vendor == "postgresql":
            cursor.execute(statement, columns)
        elif len(rows) == 1:
            cursor.execute(statement, [value for (value,) in columns])
        else:
            cursor.executemany(statement, list(zip(*columns, strict=True)))


@lru_cache
def _selection(model: type[Model]) -> tuple[list[Any], str, str]:
    fields, key = list(model._meta.concrete_fields), _quoted(_key(model).column)
    names = ", ".join(_quoted(each.column) for each in fields)
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    return fields, f"SELECT {names} FROM {_table(model)} WHERE {key}", f" ORDER BY {key}{lock}"


@lru_cache
def _insertion(model: type[Model]) -> Text:
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, AutoField)]
    target = f"INSERT INTO {_table(model)} ({', '.join(_quoted(each.column) for each in fields)})"
    if connection.vendor == "postgresql":
        return fields, f"{target} SELECT * FROM unnest({_arrays(fields)})"
    return fields, f"{target} VALUES ({', '.join(['%s'] * len(fields))})"


@lru_cache
def _change(model: type[Model], names: tuple[str, ...]) -> Text:
    key, written = _key(model), [model._meta.get_field(name) for name in names]
    fields, columns = [*written, key], [_quoted(each.column) for each in written]  # type: ignore[union-attr]
    if connection.vendor != "postgresql":
        places = ", ".join(f"{each} = %s" for each in columns)
        return fields, f"UPDATE {_table(model)} SET {places} WHERE {_quoted(key.column)} = %s"
    places = ", ".join(f"{each} = new.{each}" for each in columns)
    new = ", ".join([*columns, _quoted(key.column)])
    return fields, (
        f"UPDATE {_table(model)} old SET {places} FROM unnest({_arrays(fields)}) AS new ({new})"
        f" WHERE old.{_quoted(key.column)} = new.{_quoted(key.column)}"
    )


def _key(model: type[Model]) -> Any:
    return model._meta.pk


def _table(model: type[Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _arrays(fields: Sequence[Any]) -> str:
    """A place for the array of each field. Its type bears no length: PostgreSQL would cut longer text to it
    without a word, where the column refuses it."""
    return ", ".join(f"%s::{each.db_type(connection).partition('(')[0]}[]" for each in fields)
