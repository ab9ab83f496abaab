"""Whether the clock of this machine can be believed, as far as anything else tells the time: the clock of the
database's server, where that is another machine, and the moment at which a checkpoint was signed.

A clock that runs ahead takes deadlines before their time, and what it has taken stays taken. With SQLite there is
one clock, and nobody contradicts it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop

from accreditation_engine.told import told
from accreditation_engine.trail.transparency.checkpoints import latest


class ClockDoubted(Exception):  # noqa: N818 - said of a clock
    """Nothing is done for which its time must have come. Says in either language what the clocks say."""


def require_clock() -> None:
    """Raises ClockDoubted where the clocks of this machine and of the database are further apart than
    CLOCKS_MAY_DIFFER. One query on PostgreSQL, else none."""
    if words := apart_from_database():
        raise ClockDoubted(words)


def doubts() -> str:
    """What can be said against the clock of this machine, "" where that is nothing. Two queries at most."""
    return apart_from_database() or behind_a_checkpoint()


def apart_from_database() -> str:
    if connection.vendor != "postgresql":
        return ""
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    now, may = timezone.now(), settings.CLOCKS_MAY_DIFFER
    if before - may <= there <= now + may:
        return ""
    return told(
        gettext_noop(
            "the clock of this machine says %(now)s, and that of the database %(there)s; set the one that is"
            " wrong. Until then no deadline is taken, and no certificate is signed"
        ),
        now=moment_on_clock(now),
        there=moment_on_clock(there),
    )


def behind_a_checkpoint() -> str:
    """Nothing is refused for it: a clock that ran ahead and was set right would stop everything."""
    newest, now = latest(), timezone.now()
    if newest is None or newest.at <= now + settings.CLOCKS_MAY_DIFFER:
        return ""
    return told(
        gettext_noop(
            "the clock of this machine says %(now)s, and the latest checkpoint was signed at %(at)s; either"
            " this clock is behind, or the one that signed was ahead: look which, and set it"
        ),
        now=moment_on_clock(now),
        at=moment_on_clock(newest.at),
    )


def moment_on_clock(at: datetime) -> str:
    """With its seconds and its zone, for whoever compares clocks."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S %z")
