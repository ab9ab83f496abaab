"""The worker's turn: gather what is ripe, send what is due."""

from __future__ import annotations

from datetime import timedelta

from django.core.mail import EmailMessage
from django.utils import timezone

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.letters.gathering import gather
from accreditation_engine.organisations.letters.models import Letter, Mail, Posting
from accreditation_engine.organisations.letters.posting import Post

from .mails import mail_of

KEPT = timedelta(days=90)
"""What was sent, or will never be, is of use to nobody after that."""
OPEN = (Posting.State.WAITING, Posting.State.CLAIMED, Posting.State.SENDING, Posting.State.UNKNOWN)


class MailsFailed(Exception):  # noqa: N818 - said of the mails
    """Some mails were not sent, or nobody knows whether they were. The log says why of each."""


@periodic("letters", every=timedelta(minutes=1))
def send_letters() -> None:
    gather()
    tally = Post(Mail, _made).send()
    if tally.failed or tally.unknown or tally.given_up:
        raise MailsFailed(
            f"sent {tally.sent}, to be tried again {tally.failed}, in doubt {tally.unknown}, "
            f"given up {tally.given_up}"
        )


def _made(mail: Mail) -> EmailMessage | None:
    return mail_of(mail)


@periodic("old letters", every=timedelta(days=1))
def forget_old_letters() -> None:
    """Reminders that were made are kept: they keep others from being made."""
    before = timezone.now() - KEPT
    old = Letter.objects.filter(written_at__lt=before)
    old.exclude(mail__state__in=OPEN).exclude(mail=None, dropped_at=None).delete()
    Mail.objects.filter(made_at__lt=before, letters=None).exclude(state__in=OPEN).delete()
