"""How the work beside the pages goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accreditation_engine.told import in_this_language

from .models import PeriodicRun
from .periodic import Job, jobs

PATIENCE = timedelta(minutes=10)
"""A job that nobody has begun so long after it was due: no worker runs."""
SHOWN = 10
LATELY = timedelta(days=1)


@dataclass(frozen=True)
class JobStatus:
    """`ended` is when the last run ended, `error` what went wrong in it. `late`: nobody has begun what is due."""

    job: Job
    began: datetime | None
    ended: datetime | None
    due: datetime | None
    running: bool
    late: bool
    error: str


@dataclass(frozen=True)
class TaskStatus:
    """How many tasks wait, run, and failed within the last day, and the latest of those: path, moment, error."""

    waiting: int
    running: int
    failed: int
    failures: tuple[tuple[str, datetime, str], ...]


@dataclass(frozen=True)
class Backlog:
    """What waits to be done: how many of what, by codes; the same in the active language; and whether somebody
    should see to it."""

    counts: Mapping[str, int]
    sentence: str
    wrong: bool


_backlogs: dict[str, Callable[[], Backlog]] = {}


def backlog(name: str) -> Callable[[Callable[[], Backlog]], Callable[[], Backlog]]:
    """Register the function below as what tells how much of `name` waits."""

    def register(function: Callable[[], Backlog]) -> Callable[[], Backlog]:
        _backlogs[name] = function
        return function

    return register


def backlogs() -> dict[str, Backlog]:
    return {name: _backlogs[name]() for name in sorted(_backlogs)}


def job_statuses() -> list[JobStatus]:
    rows = PeriodicRun.objects.in_bulk([job.name for job in jobs()])
    return [_status(job, rows.get(job.name)) for job in jobs()]


def _status(job: Job, row: PeriodicRun | None) -> JobStatus:
    if row is None:
        return JobStatus(job, None, None, None, running=False, late=True, error="")
    now = timezone.now()
    running = row.held_until is not None and row.held_until > now
    late = not running and row.due_at < now - PATIENCE
    return JobStatus(
        job, row.started_at, row.finished_at, row.due_at, running, late, in_this_language(row.error)
    )


def task_status() -> TaskStatus:
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    failed = DBTaskResult.objects.failed().filter(finished_at__gte=timezone.now() - LATELY)
    latest = failed.order_by("-finished_at").values_list("task_path", "finished_at", "exception_class_path")
    return TaskStatus(
        waiting=counts.get(TaskResultStatus.READY, 0),
        running=counts.get(TaskResultStatus.RUNNING, 0),
        failed=failed.count(),
        failures=tuple((path, at, error) for path, at, error in latest[:SHOWN] if at),
    )
