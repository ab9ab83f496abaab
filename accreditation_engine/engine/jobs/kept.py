"""What the engine itself has due."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accreditation_engine.engine.clock import require_clock
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint

from .periodic import periodic

LONGEST_TASK = timedelta(hours=6)
"""Nothing takes so long: the worker that a task still runs under was killed."""
LEFT_BEHIND = "left behind by a worker that stopped"
DONE_KEPT, FAILED_KEPT = timedelta(days=1), timedelta(days=30)
"""What a task was given may be somebody's address: it goes soon after it has done its work."""


class StepsFailed(Exception):  # noqa: N818 - said of the steps
    """Some overdue steps could not be taken; the log says why of each."""


@periodic("sweep", every=timedelta(minutes=5))
def take_overdue_steps() -> None:
    require_clock()
    failed = [str(stream) for result in sweep() for stream in result.failed]
    if failed:
        raise StepsFailed(", ".join(failed))


@periodic("checkpoint", every=timedelta(hours=1))
def sign_what_happened() -> None:
    """In an hour in which nothing happened there is nothing to sign, and the last checkpoint stays the last."""
    make_checkpoint()


@periodic("stale sessions", every=timedelta(days=1))
def forget_stale_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@periodic("old task results", every=timedelta(days=1))
def forget_old_results() -> None:
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lte=now - DONE_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lte=now - FAILED_KEPT).delete()


@periodic("tasks left behind", every=timedelta(hours=1))
def give_up_tasks_left_behind() -> None:
    """The queue knows no lease: what a worker was killed in would run for good."""
    now = timezone.now()
    DBTaskResult.objects.running().filter(started_at__lte=now - LONGEST_TASK).update(
        status=TaskResultStatus.FAILED, finished_at=now, exception_class_path=LEFT_BEHIND
    )
