"""Somebody's dates as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.body import body_name

from .entries import Entry

PRODUCT = "-//Accreditation Engine//Deadlines//EN"
A_DAY = timedelta(days=1)
SHOWN = timedelta(minutes=30)
"""A moment has no length, and programs hide what has none: it is shown as the half hour that ends with it."""


def feed_of(person: User, entries: Iterable[Entry]) -> bytes:
    """The same entries make the same bytes. Moments are in universal time, so that every program reads them alike,
    whatever it knows of the site's time zone; whole days are days."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    title = _("Deadlines: %(body)s") % isolated({"body": body_name()})
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", _whole_seconds(entry.changed))
    event.add("summary", entry.title)
    event.add("description", f"{entry.text}\n{entry.address}" if entry.text else entry.address)
    event.add("url", entry.address)
    if isinstance(entry.when, datetime):
        end = _whole_seconds(entry.when)
        event.add("dtstart", _whole_seconds(entry.begins) if entry.begins else end - SHOWN)
        event.add("dtend", end)
    else:
        event.add("dtstart", entry.when)
        event.add("dtend", entry.when + A_DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
