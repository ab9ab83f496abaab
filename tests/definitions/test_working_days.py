"""Counting on a scheme's calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.definitions.calendars import WEEKDAYS, Calendar
from accreditation_engine.definitions.working_days import (
    countries,
    is_off,
    public_holidays,
    working_day_from,
    working_days_after,
)

EGYPT = Calendar(country="EG", weekend=("friday", "saturday"))
PLAIN = Calendar(weekend=("friday", "saturday"))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
CALENDARS = st.builds(
    Calendar,
    country=st.sampled_from([None, "EG", "JO", "FR"]),
    weekend=st.lists(st.sampled_from(WEEKDAYS), max_size=6, unique=True).map(tuple),
    closed=st.lists(DAYS.map(str), max_size=3, unique=True).map(tuple),
)


@pytest.mark.parametrize(
    ("day", "off"),
    [
        ("2026-01-07", True),  # Coptic Christmas, a Wednesday
        ("2026-01-08", False),
        ("2026-01-09", True),  # a Friday
        ("2026-01-10", True),
        ("2026-01-11", False),  # a Sunday
        ("2026-03-20", True),  # the feast that ends Ramadan
        ("2026-07-23", True),
    ],
)
def test_egypt_rests_on_its_weekend_and_its_holidays(day: str, off: bool) -> None:
    assert is_off(date.fromisoformat(day), EGYPT) is off


def test_a_body_may_close_and_open_days_of_its_own() -> None:
    own = EGYPT.model_copy(update={"closed": ("2026-01-08",), "open": ("2026-01-07", "2026-01-09")})
    assert [is_off(date(2026, 1, day), own) for day in (7, 8, 9, 10)] == [False, True, False, True]


def test_ten_working_days_pass_over_weekends_and_holidays() -> None:
    """From Sunday the 4th: 5, 6, 8, 11, 12, 13, 14, 15, 18, 19; Wednesday the 7th is a holiday."""
    assert working_days_after(date(2026, 1, 4), 10, EGYPT) == date(2026, 1, 19)
    assert working_days_after(date(2026, 1, 4), 10, PLAIN) == date(2026, 1, 18)


def test_the_first_day_is_not_counted_even_when_nobody_works_on_it() -> None:
    assert working_days_after(date(2026, 1, 9), 1, PLAIN) == date(2026, 1, 11)


@given(DAYS, CALENDARS)
def test_the_next_working_day_is_the_first_on_which_somebody_works(day: date, calendar: Calendar) -> None:
    found = working_day_from(day, calendar)
    assert not is_off(found, calendar)
    assert all(is_off(day + timedelta(days=n), calendar) for n in range((found - day).days))


@given(DAYS, st.integers(1, 60), CALENDARS)
def test_so_many_working_days_lie_between(day: date, count: int, calendar: Calendar) -> None:
    found = working_days_after(day, count, calendar)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(not is_off(each, calendar) for each in between) == count
    assert not is_off(found, calendar)


def test_holidays_are_those_of_a_known_country() -> None:
    assert {"EG", "JO", "MA", "SA", "FR"} <= countries()
    assert date(2026, 7, 23) in public_holidays("EG", 2026)
