"""When each periodic job ran."""

from __future__ import annotations

from django.db import models


class PeriodicRun(models.Model):
    """One row a job. `held_until` is set while it runs; a worker that dies holds it no longer than that. `error`
    is what went wrong the last time, a line in each language, "" when nothing did."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
