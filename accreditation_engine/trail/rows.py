"""Many rows in one statement, on both databases.

Django splits a large bulk_create on SQLite into statements of 999 parameters; SQLite itself repeats one
prepared statement faster than it parses those. PostgreSQL gets arrays, so that the statement stays small.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model


def insert(connection: BaseDatabaseWrapper, model: type[Model], rows: Sequence[Model]) -> None:
    """Insert `rows` of `model`, whose automatic keys the database gives. The keys are not read back."""
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, AutoField)]
    columns = [[_value(connection, each, row) for row in rows] for each in fields]
    names = ", ".join(connection.ops.quote_name(str(each.column)) for each in fields)
    target = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{target} SELECT * FROM unnest({_arrays(connection, fields)})", columns)
        else:
            places = ", ".join(["%s"] * len(fields))
            _repeat(cursor, f"{target} VALUES ({places})", list(zip(*columns, strict=True)))


def _value(connection: BaseDatabaseWrapper, field: Field[Any, Any], row: Model) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)


def update(
    connection: BaseDatabaseWrapper, model: type[Model], rows: Sequence[Model], names: Sequence[str]
) -> None:
    """Write the fields `names` of `rows`, each by its primary key, in one statement."""
    key = model._meta.pk
    assert key is not None  # noqa: S101 - every model has one
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote, table = connection.ops.quote_name, connection.ops.quote_name(model._meta.db_table)
    columns = [[_value(connection, each, row) for row in rows] for each in [*fields, key]]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_update_from_arrays(connection, table, [*fields, key]), columns)
        else:
            places = ", ".join(f"{quote(each.column)} = %s" for each in fields)
            statement = f"UPDATE {table} SET {places} WHERE {quote(str(key.column))} = %s"
            _repeat(cursor, statement, list(zip(*columns, strict=True)))


def _update_from_arrays(connection: BaseDatabaseWrapper, table: str, fields: Sequence[Any]) -> str:
    quote, key = connection.ops.quote_name, fields[-1]
    names = ", ".join(quote(each.column) for each in fields)
    places = ", ".join(f"{quote(each.column)} = new.{quote(each.column)}" for each in fields[:-1])
    return (
        f"UPDATE {table} old SET {places} FROM unnest({_arrays(connection, fields)}) AS new ({names})"
        f" WHERE old.{quote(key.column)} = new.{quote(key.column)}"
    )


def _arrays(connection: BaseDatabaseWrapper, fields: Sequence[Any]) -> str:
    """A place for the array of each field. Its type bears no length: PostgreSQL would cut longer text to it
    without a word, where the column refuses it."""
    return ", ".join(f"%s::{each.db_type(connection).partition('(')[0]}[]" for each in fields)


def _repeat(cursor: Any, statement: str, rows: Sequence[Any]) -> None:
    """One row as a plain statement, so that it is seen whole in a log; many as one prepared statement."""
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)
