"""Mailing the latest checkpoint to everybody who asked for them: retried, and never twice.

A subscriber is first marked as having got the checkpoint, in one conditional update that only one worker can win,
and then written to; if that fails the mark is taken back. A worker that is killed in between loses one letter, and
the next checkpoint covers what that one did.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django_tasks import task

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.trail.models import Checkpoint
from accreditation_engine.trail.transparency.checkpoints import latest

from .letters import of_checkpoint
from .models import Subscriber

log = logging.getLogger(__name__)
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
GIVE_UP_AFTER = 20
"""Failures in a row; with these pauses, about two weeks."""
AT_ONCE = 500


class LettersFailed(Exception):  # noqa: N818 - said of the letters
    """Some letters were not sent; they are tried again. The log says why of each."""


@periodic("checkpoint mail", every=timedelta(minutes=5))
def mail_what_is_due() -> None:
    failed = _mail_latest()
    if failed:
        raise LettersFailed(str(failed))


@task
def mail_latest() -> None:
    """At once, when there is something to mail. What fails is left to the periodic job."""
    _mail_latest()


def on_checkpoint_made(**_sent: Any) -> None:
    mail_latest.enqueue()


def _mail_latest() -> int:
    """How many letters failed."""
    checkpoint = latest()
    if checkpoint is None:
        return 0
    return sum(not _send(checkpoint, each, before) for each, before in _claimed(checkpoint))


def _claimed(checkpoint: Checkpoint) -> Iterator[tuple[Subscriber, int]]:
    """Subscribers who have not got `checkpoint`, each marked as having got it, with what they had before."""
    waiting = Subscriber.objects.filter(sent_size__lt=checkpoint.size, not_before__lte=timezone.now())
    for subscriber in list(waiting.order_by("not_before")[:AT_ONCE]):
        before = subscriber.sent_size
        mine = Subscriber.objects.filter(pk=subscriber.pk, sent_size=before)
        if mine.update(sent_size=checkpoint.size):
            yield subscriber, before


def _send(checkpoint: Checkpoint, subscriber: Subscriber, before: int) -> bool:
    try:
        of_checkpoint(checkpoint, subscriber).send()
    except Exception:
        log.exception(
            "The checkpoint of %d events was not mailed to subscriber %s", checkpoint.size, subscriber.pk
        )
        _take_back(checkpoint, subscriber, before)
        return False
    if subscriber.failures:
        Subscriber.objects.filter(pk=subscriber.pk).update(failures=0)
    return True


def _take_back(checkpoint: Checkpoint, subscriber: Subscriber, before: int) -> None:
    if subscriber.failures + 1 >= GIVE_UP_AFTER:
        log.warning("Subscriber %s could not be written to for too long, and is one no more", subscriber.pk)
        subscriber.delete()
        return
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**subscriber.failures)
    Subscriber.objects.filter(pk=subscriber.pk, sent_size=checkpoint.size).update(
        sent_size=before, failures=F("failures") + 1, not_before=timezone.now() + pause
    )
