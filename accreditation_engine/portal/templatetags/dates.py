"""Dates as the reader says them, with the machine's form beside.

{% load dates %}
{{ event.at|moment }}      <time datetime="2026-11-24T09:30:00+02:00">24 نوفمبر 2026، 09:30</time>
{{ event.at|instant }}     <time datetime="…">24 نوفمبر 2026، 09:30:05</time>
{{ certificate.until|day }}  <time datetime="2029-11-24">24 نوفمبر 2029</time>
{% zone %}                  Cairo time
"""

from __future__ import annotations

import datetime

from django import template
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from accreditation_engine.engine.zone_words import zone_in_words
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader

register = template.Library()

_DAY = "j F Y"


@register.filter
def day(value: datetime.date | None) -> SafeString:
    """Day, month in words, year. A date and time is first brought to the reader's time zone."""
    return _time(_here(value), _DAY)


@register.filter
def day_of(written: str) -> SafeString:
    """As `day`, of a day or a moment that is written as ISO 8601 has it."""
    return day(datetime.datetime.fromisoformat(written))


@register.filter
def moment(value: datetime.datetime | None) -> SafeString:
    """As `day`, with hours and minutes of the reader's time zone."""
    return _time(_here(value), f"{_DAY}{_comma()} H:i")


@register.filter
def instant(value: datetime.datetime | None) -> SafeString:
    """As `moment`, with seconds: several events can share a minute."""
    return _time(_here(value), f"{_DAY}{_comma()} H:i:s")


@register.simple_tag
def zone() -> str:
    """The zone of every clock time that a page shows."""
    return zone_in_words()


def instant_in_words(value: datetime.datetime) -> str:
    """As `instant`, for a letter."""
    return in_digits_of_reader(date_format(_here(value) or value, f"{_DAY}{_comma()} H:i:s"))


def _comma() -> str:
    return "،" if (get_language() or "").startswith("ar") else ","


def day_in_words(value: datetime.date) -> str:
    """As `day`, for a sentence that is made before the page is."""
    return in_digits_of_reader(date_format(_here(value) or value, _DAY))


def _here(value: datetime.date | None) -> datetime.date | None:
    if isinstance(value, datetime.datetime) and is_aware(value):
        return localtime(value)
    return value


def _time(value: datetime.date | None, pattern: str) -> SafeString:
    if not value:
        return SafeString("")
    words = in_digits_of_reader(date_format(value, pattern))
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)
