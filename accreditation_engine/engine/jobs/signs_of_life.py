"""Work of which a row says in `seen_at` when its process last gave a sign of life: after a long silence another
process may go on with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

SILENCE = timedelta(minutes=2)
"""A process that gave no sign for so long is gone."""


def nobody_at_it() -> Q:
    """Rows that were never begun, or whose process is gone."""
    return Q(seen_at=None) | Q(seen_at__lt=_heard_since())


def is_gone(seen_at: datetime | None) -> bool:
    """Whether the process that gave its last sign then is gone; there is none where none was given."""
    return seen_at is not None and seen_at < _heard_since()


def _heard_since() -> datetime:
    return timezone.now() - SILENCE
