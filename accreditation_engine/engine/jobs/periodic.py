"""Work that is due every so often. Several workers on several machines never run one job at the same time.

A folder registers its own when its app is ready:

    @periodic("sweep", every=timedelta(minutes=5))
    def sweep() -> None: ...
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accreditation_engine.told import in_each_language, in_this_language

from .models import PeriodicRun

log = logging.getLogger(__name__)
HELD = timedelta(minutes=30)
"""A run that takes longer counts as dead, and the job is anybody's; where a job says nothing else."""
AGAIN_AFTER_FAILING = timedelta(minutes=5)
TOLD = 500
"""Of what went wrong, so many characters are kept in each language."""

Function = Callable[[], object]


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    function: Function
    held: timedelta = HELD


_jobs: dict[str, Job] = {}


def periodic(name: str, *, every: timedelta, held: timedelta = HELD) -> Callable[[Function], Function]:
    """Register the function below. It raises when it fails, and must bear being run once more; of a run that takes
    longer than `held` nobody believes that it goes on."""

    def register(function: Function) -> Function:
        _jobs[name] = Job(name, every, function, held)
        return function

    return register


def jobs() -> list[Job]:
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(
    *, without: Collection[str] = (), stopping: Callable[[], bool] = lambda: False
) -> Iterator[tuple[str, str]]:
    """Run what is due and nobody runs, one after the other; give name and error ("" when it went well). One
    query when nothing is due."""
    rows = PeriodicRun.objects.in_bulk(list(_jobs))
    for job in jobs():
        if job.name in without or stopping():
            continue
        row = (
            rows.get(job.name)
            or PeriodicRun.objects.get_or_create(pk=job.name, defaults={"due_at": timezone.now()})[0]
        )
        if row.due_at <= timezone.now() and (began := claim(job)):
            yield job.name, _run(job, began)


def claim(job: Job) -> datetime | None:
    """Make this run ours, by one conditional update: of several workers one succeeds. Gives when it began."""
    now = timezone.now()
    free = PeriodicRun.objects.filter(
        Q(held_until=None) | Q(held_until__lte=now), pk=job.name, due_at__lte=now
    )
    ours = free.update(due_at=now + job.every, held_until=now + job.held, started_at=now)
    return now if ours else None


def _run(job: Job, began: datetime) -> str:
    try:
        job.function()
    except Exception as error:
        log.exception("The periodic job %s failed", job.name)
        words = in_each_language(error)
        _finish(job, began, "\n".join(line[:TOLD] for line in words.splitlines()))
        return in_this_language(words)
    _finish(job, began, "")
    return ""


def _finish(job: Job, began: datetime, error: str) -> None:
    """Give the job back, unless somebody has taken it over meanwhile."""
    now = timezone.now()
    changed: dict[str, object] = {"held_until": None, "finished_at": now, "error": error}
    if error:
        changed["due_at"] = now + min(job.every, AGAIN_AFTER_FAILING)
    PeriodicRun.objects.filter(pk=job.name, started_at=began).update(**changed)
