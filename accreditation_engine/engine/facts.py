"""Facts about a subject as SQL expressions, fetched together with its row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery


class Rows(Subquery):
    """The rows of a correlated query as one JSON list of objects: `Rows(queryset.values("criterion", ...))`.

    Values arrive as JSON has them: text, numbers, true, false, null; a UUID as text.
    """

    output_field = JSONField()

    def __init__(self, queryset: QuerySet[Any, Any], *names: str) -> None:
        super().__init__(queryset.values(*names), output_field=JSONField())
        self.names = names

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        pairs = ", ".join(f"'{name}', found.{connection.ops.quote_name(name)}" for name in self.names)
        template = f"(SELECT json_group_array(json_object({pairs})) FROM (%(subquery)s) found)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT coalesce(json_agg(found), '[]')::jsonb FROM (%(subquery)s) found)"
        return self.as_sql(compiler, connection, template=template)


def moment_of(told: str) -> datetime:
    """A moment as `Rows` tells it: databases that know no zones tell all of them in UTC."""
    found = datetime.fromisoformat(told)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
