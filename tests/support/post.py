"""The worker's turn at letters: what has been written is sent, to Django's outbox in tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.portal.letters.sending import send_letters


def delivered() -> Sequence[EmailMultiAlternatives]:
    """Send every letter that waits, as if the time for it had come; gives the mails."""
    mail.outbox.clear()
    Letter.objects.filter(mail=None).update(ripe_at=timezone.now())
    send_letters()
    return list(mail.outbox)  # type: ignore[arg-type]


def links_mailed() -> list[str]:
    """The paths of the links in the last mail, from the top."""
    return [urlsplit(each).path for each in re.findall(r"http\S+?(?=[\s\u2069])", str(mail.outbox[-1].body))]


def nobody_is_written_to() -> None:
    """Forget the letters written so far."""
    Letter.objects.all().delete()
