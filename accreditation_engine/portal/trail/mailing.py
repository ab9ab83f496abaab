"""Mailing the latest checkpoint to everybody who asked for them: retried, and never twice, as all mail is (see
`organisations.letters.posting`). One of which nobody knows whether it was sent is left: the next checkpoint covers
what that one did.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.letters.posting import Post, Tally
from accreditation_engine.trail.models import Checkpoint
from accreditation_engine.trail.transparency.checkpoints import latest

from .letters import of_checkpoint
from .models import Subscriber

log = logging.getLogger(__name__)
GIVE_UP_AFTER = 20
"""Failures in a row; with pauses of up to half a day, more than a week."""
State = Subscriber.State


class LettersFailed(Exception):  # noqa: N818 - said of the letters
    """Some letters were not sent; they are tried again. The log says why of each."""


@periodic("checkpoint mail", every=timedelta(minutes=5))
def mail_what_is_due() -> None:
    tally = _mail_latest()
    failed = tally.failed + tally.given_up + tally.unknown
    if failed:
        raise LettersFailed(str(failed))


@task
def mail_latest() -> None:
    """At once, when there is something to mail. What fails is left to the periodic job."""
    try:
        _mail_latest()
    except OSError:
        log.exception("The mail server was not reached; checkpoints are mailed later")


def on_checkpoint_made(**_sent: Any) -> None:
    mail_latest.enqueue()


def _mail_latest() -> Tally:
    checkpoint = latest()
    if checkpoint is None:
        return Tally()
    _make_due(checkpoint)
    post = Post(
        Subscriber,
        lambda each: of_checkpoint(checkpoint, each),
        marks={"sent_size": checkpoint.size},
        failures=GIVE_UP_AFTER,
    )
    tally = post.send()
    for gone in Subscriber.objects.filter(state=State.GIVEN_UP):
        log.warning("Subscriber %s could not be written to for too long, and is one no more", gone.pk)
        gone.delete()
    return tally


def _make_due(checkpoint: Checkpoint) -> None:
    """Everybody who has not got this checkpoint is to be written to; whoever is tried again gets this one."""
    behind = Subscriber.objects.filter(sent_size__lt=checkpoint.size, state__in=(State.SENT, State.UNKNOWN))
    behind.update(state=State.WAITING, tries=0, not_before=timezone.now(), error="")
