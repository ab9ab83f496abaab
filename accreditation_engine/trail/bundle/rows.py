"""Rows as they lie in the database, whatever lies there, as JSON can hold them.

SQLite keeps any value in any column, and what a forger has left there must reach the auditor instead of stopping
the export. So every column is read as bytes and written in one form for both databases: UUIDs with dashes, moments
in UTC, whole numbers as such, other text as it is, and bytes that are no text as {"hex": ...}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Model, QuerySet

from ..stored import fetch, table_of

MOMENT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\Z", re.ASCII)
NUMBER = re.compile(r"-?(0|[1-9]\d{0,18})\Z", re.ASCII)


def rows(found: QuerySet[Any], *order: str) -> Iterator[dict[str, Any]]:
    """The rows of `found` by column, in the order of these columns (the primary key where none is named)."""
    model = found.model
    key = model._meta.pk.column
    chosen, values = found.order_by().values("pk").query.sql_with_params()
    sql = (
        f"SELECT {selection(model, 't')} FROM {table_of(model)} t WHERE t.{quoted(key)} IN ({chosen})"
        f" ORDER BY {', '.join(f't.{quoted(each)}' for each in order or (key,))}"
    )
    for row in fetch(sql, list(values)):
        yield as_said(model, row)


def selection(model: type[Model], alias: str) -> str:
    """The columns of `model` as bytes, in the order of its fields."""
    return ", ".join(_bytes(field, alias) for field in model._meta.concrete_fields)


def as_said(model: type[Model], row: tuple[Any, ...]) -> dict[str, Any]:
    """What `selection` gave, by column."""
    fields = model._meta.concrete_fields
    return {str(field.column): _said(field, value) for field, value in zip(fields, row, strict=False)}


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _bytes(field: Any, alias: str) -> str:
    column = f"{alias}.{quoted(field.column)}"
    if connection.vendor == "sqlite":
        return f"CAST({column} AS blob)"
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
