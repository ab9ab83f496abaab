"""Rows as they lie in the database, whatever lies there, as JSON can hold them.

SQLite keeps any value in any column, and what a forger has left there must reach the auditor instead of stopping
the export. So every column is read as bytes and written in one form for both databases: UUIDs with dashes, moments
in UTC, whole numbers as such, other text as it is, and bytes that are no text, or lie where text belongs, as
{"hex": ...}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Model, QuerySet

from ..stored import fetch, table_of

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\Z", re.ASCII)
NUMBER = re.compile(r"-?(0|[1-9]\d{0,18})\Z", re.ASCII)


BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
NO_TEXT = b"\0"
"""Before the hexadecimal digits of bytes that lie where text belongs. No text begins so."""


def rows(
    found: QuerySet[Any], columns: Sequence[str] = (), *, order: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """The rows of `found`: these `columns`, all where none is named, in the order of others (the primary key where
    none is named)."""
    model = found.model
    key, fields = model._meta.pk.column, fields_of(model, columns)
    chosen, values = keys_of(found)
    sql = (
        f"SELECT {selection(fields, 't')} FROM {table_of(model)} t WHERE t.{quoted(key)} IN ({chosen})"
        f" ORDER BY {', '.join(f't.{quoted(each)}' for each in order or (key,))}"
    )
    for row in fetch(sql, list(values)):
        yield as_said(fields, row)


def keys_of(found: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """SQL that gives the primary keys of `found`, and what is to be put in. Django writes none for what it knows
    to be empty."""
    try:
        return found.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        key = quoted(found.model._meta.pk.column)
        return f"SELECT {key} FROM {table_of(found.model)} WHERE 1 = 0", ()


def with_text(row: dict[str, Any], text: str) -> dict[str, Any]:
    """`row`, whose column `text` is salted for its event: the salt of no text proves nothing and stays behind."""
    return row if row[text] else {**row, f"{text}_salt": ""}


def fields_of(model: type[Model], columns: Sequence[str] = ()) -> list[Any]:
    """The fields of these columns in the order of the model, of all where none is named."""
    fields = model._meta.concrete_fields
    return [each for each in fields if not columns or each.column in columns]


def selection(fields: Sequence[Any], alias: str) -> str:
    """Their columns as bytes."""
    return ", ".join(_bytes(field, alias) for field in fields)


def as_said(fields: Sequence[Any], row: tuple[Any, ...]) -> dict[str, Any]:
    """What `selection` gave, by column."""
    return {str(field.column): _said(field, value) for field, value in zip(fields, row, strict=False)}


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _bytes(field: Any, alias: str) -> str:
    column = f"{alias}.{quoted(field.column)}"
    if connection.vendor == "sqlite" and isinstance(field, models.BinaryField):
        return f"CAST({column} AS blob)"
    if connection.vendor == "sqlite":
        marked = f"CASE typeof({column}) WHEN 'blob' THEN char(0) || hex({column}) ELSE {column} END"
        return f"CAST({marked} AS blob)"
    if isinstance(field, models.BinaryField):
        return column
    if isinstance(field, models.DateTimeField):
        column = f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"convert_to({column}::text, 'UTF8')"


def _said(field: Any, value: Any) -> Any:
    if value is None:
        return None
    content = bytes(value)
    if isinstance(field, models.BinaryField) and field.column != "body":
        return {"hex": content.hex()}
    if content.startswith(NO_TEXT):
        return {"hex": content[1:].decode().lower()}
    try:
        return _formed(field, content.decode())
    except UnicodeDecodeError:
        return {"hex": content.hex()}


def _formed(field: Any, text: str) -> Any:
    """`text` in the one form of its kind, or as it is where it has another."""
    target = getattr(field, "target_field", field)
    if isinstance(target, models.UUIDField):
        return _uuid(text)
    if isinstance(target, models.DateTimeField):
        return _moment(text)
    if isinstance(target, models.BooleanField):
        return BOOLEANS.get(text, text)
    if isinstance(target, models.IntegerField):
        return int(text) if NUMBER.match(text) else text
    if isinstance(target, models.JSONField):
        return _json(text)
    return text


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return text


def _moment(text: str) -> str:
    match = MOMENT.match(text)
    return f"{match[1]}T{match[2]}.{(match[3] or '').ljust(6, '0')}Z" if match else text


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
