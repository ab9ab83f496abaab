"""The files of somebody, a page at a time: the newest first, narrowed as the list of files is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from accreditation_engine.api.cursors import cursor, row_behind
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.portal.home.filters import Filters
from accreditation_engine.portal.home.rows import with_own_due

LIST = "dossiers"


def some_of(filters: Filters, scheme: str, after: str, limit: int) -> tuple[list[Any], str | None]:
    """At most `limit` files behind `after`, and the cursor of those that follow."""
    found = with_own_due(filters.rows(), filters.person)
    if filters.waiting and filters.state:
        there = Filters(filters.person, filters.state, "", waiting=False).rows()
        found = found.filter(pk__in=there.order_by().values("pk"))
    if scheme:
        found = found.filter(scheme=scheme)
    if (last := row_behind(LIST, after)) is not None:
        opened, pk = datetime.fromisoformat(last[0]), last[1]
        found = found.filter(Q(opened_at__lt=opened) | Q(opened_at=opened, pk__gt=pk))
    rows = list(found.order_by("-opened_at", "pk")[: limit + 1])
    return rows[:limit], _cursor(rows[limit - 1]) if len(rows) > limit else None


def _cursor(dossier: Dossier) -> str:
    return cursor(LIST, [dossier.opened_at.isoformat(), str(dossier.pk)])
