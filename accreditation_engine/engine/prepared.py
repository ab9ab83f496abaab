"""Queries that are built once and sent often.

Django needs several times as long to build a query as the database needs to answer it. A `Prepared` query is
built once, with gaps, and the gaps are filled each time it is sent. Whatever may differ between two sendings must
stand in it as a gap: `SUBJECT`, `USER`, `NOW`, or another `Given`. In an ordinary query `NOW` is simply now.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, DateTimeField, Expression, Field, Model, QuerySet, UUIDField
from django.db.models.query import get_related_populators
from django.utils import timezone
from django.utils.connection import ConnectionProxy


@dataclass(frozen=True)
class Asked:
    """What gaps are filled with: of which subject, by whom, and when a query asks; and for which keys, where it
    asks for some of many rows."""

    subject: UUID | None = None
    user: UUID | None = None
    now: datetime = field(default_factory=timezone.now)
    keys: Sequence[UUID] = ()


class Given(Expression):
    """A value that is known when the query is sent: `value` takes it from what is asked."""

    def __init__(self, value: Callable[[Asked], Any], output_field: Field[Any, Any]) -> None:
        super().__init__(output_field)
        self.value = value

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self if isinstance(connection, _Preparing) else self.fill(Asked(), connection)]

    def fill(self, asked: Asked, connection: Any) -> Any:
        return self.output_field.get_db_prep_value(self.value(asked), connection)


SUBJECT = Given(lambda asked: asked.subject, UUIDField())
USER = Given(lambda asked: asked.user, UUIDField())
NOW = Given(lambda asked: asked.now, DateTimeField())
TODAY = Given(lambda asked: timezone.localdate(asked.now), DateField())


class _Preparing(ConnectionProxy):
    """The connection that a query is built for while its gaps stay open. As every thread has its own, nothing
    else of it is kept."""


class Prepared:
    """A query for rows of a model with annotations, and with the rows that `select_related` adds. One that can
    find none is not sent."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._model: type[Model] = rows.model
        self._compiler, self.sql, self.values = _built(rows)
        if not self.sql:
            return
        selected = [expression for expression, *_ in self._compiler.select]
        self._converters = self._compiler.get_converters(selected)
        self._columns = [
            selected[index].target.attname for index in self._compiler.klass_info["select_fields"]
        ]
        self._annotations = self._compiler.annotation_col_map
        self._related = get_related_populators(  # type: ignore[call-arg] # the stubs know a later Django
            self._compiler.klass_info, self._compiler.select, DEFAULT_DB_ALIAS
        )

    def send(self, asked: Asked) -> list[Any]:
        if not self.sql:
            return []
        found = _sent(self.sql, self.values, asked)
        return [self._instance(row) for row in self._compiler.apply_converters(found, self._converters)]

    def _instance(self, row: Sequence[Any]) -> Any:
        instance = self._model.from_db(DEFAULT_DB_ALIAS, self._columns, row[: len(self._columns)])
        for name, position in self._annotations.items():
            setattr(instance, name, row[position])
        for each in self._related:
            each.populate(row, instance)
        return instance


def _built(rows: QuerySet[Any, Any]) -> tuple[Any, str, Sequence[Any]]:
    """The text is empty where no row can be found, whoever asks."""
    compiler = rows.query.get_compiler(connection=_Preparing(connections, DEFAULT_DB_ALIAS))
    try:
        return compiler, *compiler.as_sql()
    except EmptyResultSet:
        return compiler, "", ()


class PreparedValues:
    """A query for values, or for several of those put together, which gives tuples."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._compiler, self.sql, self.values = _built(rows)
        if not self.sql:
            return
        selected = [expression for expression, *_ in self._compiler.select[: self._compiler.col_count]]
        self._converters = self._compiler.get_converters(selected)

    def send(self, asked: Asked) -> list[Any]:
        if not self.sql:
            return []
        rows = _sent(self.sql, self.values, asked)
        return [tuple(row) for row in self._compiler.apply_converters(rows, self._converters)]


def _sent(sql: str, values: Sequence[Any], asked: Asked) -> list[Any]:
    own = connections[DEFAULT_DB_ALIAS]
    filled = [each.fill(asked, own) if isinstance(each, Given) else each for each in values]
    with own.cursor() as cursor:
        cursor.execute(sql, filled)
        return cursor.fetchall()


def key_gap(place: int) -> Given:
    """One of the keys that a query asks for."""
    return Given(lambda asked: asked.keys[place], UUIDField())


class PreparedByKey:
    """A query for some of `rows` by their keys. It is built once for every power of two; gaps that are left ask
    for the last key once more."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._built: dict[int, Prepared] = {}

    def send(self, keys: Sequence[UUID], asked: Asked | None = None) -> list[Any]:
        """One query; none for no key."""
        if not keys:
            return []
        gaps = 1 << (len(keys) - 1).bit_length()
        left = [keys[-1]] * (gaps - len(keys))
        return self._for(gaps).send(replace(asked or Asked(), keys=[*keys, *left]))

    def _for(self, gaps: int) -> Prepared:
        if gaps not in self._built:
            self._built[gaps] = Prepared(self._rows.filter(pk__in=[key_gap(place) for place in range(gaps)]))
        return self._built[gaps]
