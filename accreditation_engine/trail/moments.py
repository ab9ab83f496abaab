"""Moments of events: they go forward along a stream, and in the order in which events were covered nearly so
(docs/decisions/033). Moments are text as an event says them, which sorts as time does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

CLOCKS = timedelta(minutes=1)
"""By how much the clocks of a site's machines may differ, and one of them may be put back."""
COMMITS = timedelta(hours=1)
"""An event is covered when its transaction is over: for so long it may lie behind others."""


def before(at: str, tolerance: timedelta) -> str:
    """The moment that lies `tolerance` before `at`; "" where that is no moment."""
    try:
        return written(datetime.fromisoformat(at) - tolerance)
    except (ValueError, OverflowError):
        return ""


def lies_before(at: bytes, other: bytes, tolerance: timedelta) -> bool:
    """Whether `at` lies before `other`, both as a column keeps them, and by more than `tolerance`."""
    try:
        return datetime.fromisoformat(at.decode()) < datetime.fromisoformat(other.decode()) - tolerance
    except (ValueError, TypeError, OverflowError):
        return False  # no moment: it is not what its event says, which is named


def written(at: datetime) -> str:
    """As an event says it; in UTC."""
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}Z"


class Order:
    """The moments of all covered events in the order of their places, some at a time. `covered` are the
    checkpoints in order: the number of events that each covers, and when it was made."""

    def __init__(self, covered: Iterable[tuple[int, datetime]]) -> None:
        self._covered = iter(covered)
        self._size, self._signed = 0, ""
        self._latest = ""

    def wrong(self, first: int, moments: list[str]) -> Iterator[tuple[int, str]]:
        """Each place from `first` on whose event cannot have been written when it says, and why."""
        self._signed_for(first)
        newest = max(moments, default="")
        if self._fits(moments) and (not self._signed or newest <= self._signed):
            self._latest = max(self._latest, newest)
            return
        for place, at in enumerate(moments, first):
            self._signed_for(place)
            if self._signed and at > self._signed:
                yield place, f"it is dated {at}, after the checkpoint that covers it"
            elif at < before(self._latest, COMMITS):
                yield place, f"it is dated {at}, and was covered after an event of {self._latest}"
                self._latest = at  # or each after one that is too late would be named
            else:
                self._latest = max(self._latest, at)

    def _fits(self, moments: list[str]) -> bool:
        return moments == sorted(moments) and moments[0] >= before(self._latest, COMMITS)

    def _signed_for(self, place: int) -> None:
        """Go on to the checkpoint that first covered `place`; "" where none has yet."""
        while self._size <= place:
            size, at = next(self._covered, (0, None))
            if at is None:
                self._size, self._signed = 1 << 62, ""
                return
            self._size, self._signed = size, written(at + CLOCKS)
