"""Whether anybody is there to run tasks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from .models import PeriodicRun

LATELY = timedelta(minutes=15)
"""The most frequent periodic job is due every five minutes."""


def worker_is_needed() -> bool:
    return isinstance(task_backends["default"], DatabaseBackend)


def worker_was_seen() -> bool:
    """Whether a worker has begun something lately. One query, none where tasks need no worker."""
    if not worker_is_needed():
        return True
    return PeriodicRun.objects.filter(started_at__gte=timezone.now() - LATELY).exists()
