"""Giving mails to a mail server: retried while it surely has not taken them, and never twice.

    waiting -> claimed -> sending -> sent
       ^          |          |-> unknown     it may have taken it: nobody knows, an administrator is told
       |----------'          |-> waiting     it surely has not: tried again, later each time
                             `-> given_up    it has not for too long

A worker that dies while a mail is `claimed` has not asked the server yet: after the lease another one takes it.
One that dies while it is `sending` may have been understood: after the lease the mail is `unknown`, and stays so
until an administrator decides. What the server took once is therefore sent once, as far as this side of the wire
can know.
"""

from __future__ import annotations

import logging
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from typing import Any, Generic, TypeVar

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Posting

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
"""Making one mail and handing it over takes no longer; a server that does not answer is left sooner
(settings.EMAIL_TIMEOUT)."""
FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=12)
GIVEN_UP_AFTER = 12
"""Failures; with these pauses, about three days."""
AT_ONCE = 500
_ADDRESS = re.compile(r"[^\s'\"<>(){}\[\],;:]+@[^\s'\"<>(){}\[\],;:]+")
TOLD = 300
"""Of what went wrong, so many characters are kept."""
State = Posting.State
NOT_TAKEN = (
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPDataError,
    SMTPHeloError,
    SMTPAuthenticationError,
    SMTPNotSupportedError,
    SMTPConnectError,
    ConnectionRefusedError,
    socket.gaierror,
    ssl.SSLCertVerificationError,
)
"""After these the server has answered that it does not take the mail, or was never reached. After anything else, a
connection that broke or a silence, it may have taken it."""

P = TypeVar("P", bound=Posting)


@dataclass
class Tally:
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    given_up: int = 0


class Post(Generic[P]):
    """The due postings of one model. `make(posting)` gives the mail, or None where nothing is left to say; `marks`
    are what else a row says from the moment on in which the server may take its mail. A mail is given up after
    `failures`."""

    def __init__(
        self,
        model: type[P],
        make: Callable[[P], EmailMessage | None],
        *,
        marks: Mapping[str, Any] | None = None,
        failures: int = GIVEN_UP_AFTER,
    ) -> None:
        self._rows = model._default_manager
        self._make = make
        self._marks = marks or {}
        self._failures = failures
        self._tally = Tally()
        self._server: Any = None

    def send(self) -> Tally:
        """Send all that is due. Raises what opening the connection raises: nothing was claimed or tried then."""
        self._leave_what_is_in_doubt()
        for posting in self._due():
            if self._server is None:
                self._connect()
            if self._claim(posting):
                self._post(posting)
        self._disconnect()
        return self._tally

    def _leave_what_is_in_doubt(self) -> None:
        abandoned = self._rows.filter(state=State.SENDING, held_until__lte=timezone.now())
        self._tally.unknown += abandoned.update(
            state=State.UNKNOWN, held_until=None, error="the worker ended while the mail server was asked"
        )

    def _due(self) -> Iterator[P]:
        now = timezone.now()
        waiting = Q(state=State.WAITING, not_before__lte=now)
        abandoned = Q(state=State.CLAIMED, held_until__lte=now)
        yield from list(self._rows.filter(waiting | abandoned).order_by("not_before")[:AT_ONCE])

    def _claim(self, posting: P) -> bool:
        """By one conditional update: of several workers one succeeds."""
        as_seen = self._rows.filter(pk=posting.pk, state=posting.state, held_until=posting.held_until)
        posting.held_until = timezone.now() + LEASE
        posting.state = State.CLAIMED
        return bool(as_seen.update(state=posting.state, held_until=posting.held_until))

    def _post(self, posting: P) -> None:
        try:
            message = self._make(posting)
        except Exception as error:
            log.exception("A mail could not be made: %s", posting.pk)
            self._try_later(posting, error)
            return
        if message is None:
            self._held(posting, State.CLAIMED).update(state=State.NOTHING_TO_SAY, held_until=None)
        elif self._held(posting, State.CLAIMED).update(state=State.SENDING, **self._marks):
            self._hand_over(posting, message)

    def _hand_over(self, posting: P, message: EmailMessage) -> None:
        """From here on the server may have it."""
        try:
            taken = self._server.send_messages([message])
        except NOT_TAKEN as error:
            self._try_later(posting, error)
            self._disconnect()
        except Exception as error:
            log.exception("Nobody knows whether this mail was sent: %s", posting.pk)
            self._doubt(posting, error)
            self._disconnect()
        else:
            if taken:
                self._note_sent(posting)
            else:
                self._try_later(posting, OSError("the mail server was not reached"))

    def _note_sent(self, posting: P) -> None:
        self._tally.sent += 1
        self._held(posting, State.SENDING).update(
            state=State.SENT, held_until=None, sent_at=timezone.now(), error=""
        )

    def _doubt(self, posting: P, error: Exception) -> None:
        self._tally.unknown += 1
        self._held(posting, State.SENDING).update(
            state=State.UNKNOWN, held_until=None, error=_in_short(error)
        )

    def _try_later(self, posting: P, error: Exception) -> None:
        tries = posting.tries + 1
        ended = tries >= self._failures
        self._tally.given_up += ended
        self._tally.failed += not ended
        log.warning("The mail %s was not sent: %s", posting.pk, _in_short(error))
        self._held(posting, State.CLAIMED, State.SENDING).update(
            state=State.GIVEN_UP if ended else State.WAITING,
            tries=tries,
            not_before=_next_try(tries),
            held_until=None,
            error=_in_short(error),
        )

    def _held(self, posting: P, *states: str) -> QuerySet[P]:
        """Its row, unless somebody has taken it over meanwhile."""
        return self._rows.filter(pk=posting.pk, state__in=states, held_until=posting.held_until)

    def _connect(self) -> None:
        server = get_connection()
        server.open()
        self._server = server

    def _disconnect(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.close()
            except Exception:
                log.exception("The mail server did not say goodbye")


def _next_try(tries: int) -> datetime:
    return timezone.now() + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - 1))


def _in_short(error: Exception) -> str:
    """What the server said, without anybody's address: what is kept of it outlives an address that is erased."""
    return _ADDRESS.sub("…", f"{type(error).__name__}: {error}")[:TOLD]
