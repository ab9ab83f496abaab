"""Which days a scheme works on, and whether a time limit counts all days or only those."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, WithJsonSchema

from .base import Frozen
from .said import say

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[str, ...] = get_args(Weekday)
Counts = Literal["calendar_days", "working_days"]
WORKING_DAYS: Counts = "working_days"
DAYS_OFF = 6
"""Of every week, so many at most: one on which somebody works is left."""


def _day(text: str) -> str:
    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    if not known:
        raise ValueError(say("'{text}' is not a day; write for example 2026-01-07", text=text))
    return text


def _once(days: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((each for index, each in enumerate(days) if each in days[:index]), None)
    if twice is not None:
        raise ValueError(say("'{name}' stands twice; remove one", name=twice))
    return days


def _country(text: str) -> str:
    if not re.fullmatch("[A-Z]{2}", text):
        words = "'{text}' is no country; write its two capital letters, such as EG"
        raise ValueError(say(words, text=text))
    return text


Country = Annotated[
    str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})
]
Day = Annotated[
    str,
    AfterValidator(_day),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
Days = Annotated[tuple[Day, ...], AfterValidator(_once)]


class Calendar(Frozen):
    """`country`: whose public holidays are days off, by its two letters in ISO 3166; None where no holiday counts.
    `weekend`: the days off of every week. `closed` and `open` are single days that differ from all that: a holiday
    of the body's own, one that the government moved. `moves`: a time limit that would end on a day off ends with
    the next working day; left out, it ends where it ends."""

    country: Country | None = None
    weekend: Annotated[tuple[Weekday, ...], Field(max_length=DAYS_OFF), AfterValidator(_once)]
    closed: Days = ()
    open: Days = ()
    moves: Literal["next_working_day"] | None = None
