"""When a reminder is due, in Python for one and in SQL for all, and which of several is sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from accreditation_engine.definitions.durations import length_of, parts
from accreditation_engine.definitions.reminders import Reminder

PATIENCE = timedelta(minutes=15)
"""What the system does by itself at a deadline, it does within minutes; people are told that a deadline has passed
where after these it still stands."""


@dataclass(frozen=True)
class Span:
    """From when to when something waits: `begin` is when it began, `end` the deadline, None without one."""

    begin: datetime
    end: datetime | None


@dataclass(frozen=True)
class Due:
    """Reminders whose moment has come: all of them count as made, and one for each role is sent, the latest."""

    made: tuple[Reminder, ...]
    sent: tuple[Reminder, ...]


def moment_of(reminder: Reminder, span: Span) -> datetime | None:
    """When `reminder` is due; None where it hangs on a deadline that is not there."""
    length = length_of(reminder.length) if reminder.length else relativedelta()
    if reminder.since:
        return span.begin + length
    if span.end is None:
        return None
    return span.end - length if reminder.before else span.end + length + PATIENCE


def due_of(reminders: Iterable[Reminder], span: Span, made: Collection[str], now: datetime) -> Due:
    """Of `reminders`, those that are due now and whose keys are not in `made`. After days without a worker
    nobody gets three letters about the same thing."""
    moments = {each: moment_of(each, span) for each in reminders if each.key not in made}
    due = sorted((moment, each.key, each) for each, moment in moments.items() if moment and moment <= now)
    latest = {each.role: each for _moment, _key, each in due}
    return Due(tuple(each for _moment, _key, each in due), tuple(latest.values()))


def maybe_due(reminder: Reminder, now: datetime, begin: str, end: str) -> Q:
    """The rows for which `reminder` may be due, a few days more than those for which it is: `begin` and `end` name
    their columns. Months are not of one length, and no database counts them as we do."""
    if reminder.since:
        return Q(**{f"{begin}__lte": now - shortest(reminder.length)})
    ahead = longest(reminder.length) if reminder.before else -shortest(reminder.length) - PATIENCE
    return Q(**{f"{end}__lte": now + ahead})


def shortest(duration: str) -> timedelta:
    return _days(duration, year=365, month=28)


def longest(duration: str) -> timedelta:
    return _days(duration, year=366, month=31)


def _days(duration: str, *, year: int, month: int) -> timedelta:
    if not duration:
        return timedelta()
    found = parts(duration)
    days = found["years"] * year + found["months"] * month + found["weeks"] * 7 + found["days"]
    return timedelta(days=days, hours=found["hours"], minutes=found["minutes"])
