"""Calendar durations in the ISO 8601 form of definitions: P30D, P6M, P3Y, P1Y6M, PT12H."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, TypeVar

from dateutil.relativedelta import relativedelta
from pydantic import AfterValidator, WithJsonSchema

from .said import say

_FORM = re.compile(
    r"^P(?=.)(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,3})M)?(?:(?P<weeks>\d{1,3})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,4})M)?)?\Z",
    re.ASCII,
)
Moment = TypeVar("Moment", date, datetime)


def _check(text: str) -> str:
    match = _FORM.match(text)
    if match is None or not any(int(part) for part in match.groupdict(default="0").values()):
        raise ValueError(
            say("'{text}' is not a duration; write for example P30D, P6M, P3Y or PT12H", text=text)
        )
    return text


Duration = Annotated[
    str, AfterValidator(_check), WithJsonSchema({"type": "string", "pattern": "^P[0-9YMWDTH]+$"})
]


def after(moment: Moment, duration: str) -> Moment:
    """`moment` plus `duration`, counted on the calendar (31 January + P1M = 28 or 29 February).

    Raises ValueError when `duration` has not the ISO 8601 form of definitions.
    """
    return moment + length_of(duration)


def length_of(duration: str) -> relativedelta:
    """What is added to a moment, or taken away. Raises ValueError as `after`."""
    return relativedelta(**parts(duration))  # type: ignore[arg-type]


def parts(duration: str) -> dict[str, int]:
    """{"years": 1, "months": 6, ...}, all six units from the longest down. Raises ValueError as `after`."""
    match = _FORM.match(_check(duration))
    assert match is not None  # noqa: S101 - _check has just matched it
    return {unit: int(count) for unit, count in match.groupdict(default="0").items()}


def whole_days(duration: str) -> int | None:
    """How many days `duration` is, where it is written in days alone (P10D); else None. Raises ValueError as
    `after`."""
    found = parts(duration)
    days = found.pop("days")
    return None if any(found.values()) else days
