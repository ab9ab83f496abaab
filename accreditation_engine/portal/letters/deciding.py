"""What an administrator does about mails that nobody knows of, or that were given up."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from accreditation_engine.organisations.letters.models import Mail

State = Mail.State
OPEN = (State.UNKNOWN, State.GIVEN_UP)


def send_again(mail: UUID) -> bool:
    """It goes with the next round, under the same Message-ID; whether it still waited for somebody's word."""
    again = {"state": State.WAITING, "tries": 0, "not_before": timezone.now(), "error": ""}
    return bool(Mail.objects.filter(pk=mail, state__in=OPEN).update(**again))


def leave(mail: UUID) -> bool:
    """It is not sent any more, and not listed."""
    return bool(Mail.objects.filter(pk=mail, state__in=OPEN).update(state=State.LEFT))
