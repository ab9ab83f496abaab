"""Counting on a scheme's calendar: which days are off, the next working day, so many working days on."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

from .calendars import WEEKDAYS, Calendar

A_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Those whose public holidays are known, by their two letters."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Those of a whole country. Days that follow the moon are announced or, further ahead, reckoned: what the
    installed release of the library knows."""
    return frozenset(holidays.country_holidays(country, years=year))


def is_off(day: date, calendar: Calendar) -> bool:
    """Whether nobody works on `day`."""
    written = day.isoformat()
    if written in calendar.open:
        return False
    if written in calendar.closed or WEEKDAYS[day.weekday()] in calendar.weekend:
        return True
    return calendar.country is not None and day in public_holidays(calendar.country, day.year)


def working_day_from(day: date, calendar: Calendar) -> date:
    """`day` itself where somebody works on it, else the next such day."""
    while is_off(day, calendar):
        day += A_DAY
    return day


def working_days_after(day: date, count: int, calendar: Calendar) -> date:
    """The working day that is the `count`th behind `day`, which itself is not counted."""
    for _ in range(count):
        day = working_day_from(day + A_DAY, calendar)
    return day
