"""When a letter goes: at once, with what comes together within minutes, or with the mail of a day or a week."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

GATHERED = timedelta(minutes=3)
"""What is written within so long goes in one mail, even at once."""
HOUR = time(8)
WEEKLY_ON = 6
"""Sunday, the first working day of the week here, as `date.weekday` counts."""
DAILY, WEEKLY = "daily", "weekly"
"""Of `User.digest`; anything else is at once."""


def ripe_at(digest: str, now: datetime, *, due_at: datetime | None = None, urgent: bool = False) -> datetime:
    """When a letter written `now` is sent at the latest. One that is urgent, or by whose deadline the next mail
    would come too late, does not wait for it."""
    soon = now + GATHERED
    planned = next_digest(digest, now)
    too_late = due_at is not None and now <= due_at <= planned
    return soon if urgent or too_late else max(soon, planned)


def next_digest(digest: str, now: datetime) -> datetime:
    """The next moment after `now` at which somebody with this setting gets mail, in the site's time zone."""
    if digest not in (DAILY, WEEKLY):
        return now
    day = timezone.localdate(now)
    while True:
        moment = timezone.make_aware(datetime.combine(day, HOUR))
        if moment > now and (digest == DAILY or day.weekday() == WEEKLY_ON):
            return moment
        day += timedelta(days=1)
