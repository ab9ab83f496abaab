"""Each stay of a file in a state, told from its events. No query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from accreditation_engine.engine.states import deadline_entered_by
from accreditation_engine.trail.models import Event

Verdict = Literal["", "ahead", "kept", "passed"]


@dataclass(frozen=True)
class Stay:
    """From the event that entered a state to the one that left it, None while the file is there; then `until` is
    now. `due` is the deadline, if the state had one. `left_as` is the number of the step that left it."""

    state: str
    entered: Event
    left: Event | None
    left_as: int
    until: datetime
    due: datetime | None

    @property
    def lasted(self) -> timedelta:
        return max(self.until - self.entered.at, timedelta(0))

    @property
    def deadline(self) -> Verdict:
        """What came of the deadline: "" where there was none, "ahead" while it may still be kept."""
        if self.due is None:
            return ""
        if self.until >= self.due:
            return "passed"
        return "kept" if self.left else "ahead"


def stays(moved: Sequence[Event], now: datetime, due: datetime | None = None) -> list[Stay]:
    """The stays that the events `moved` of one stream tell of, in order; `due` is the deadline of the last one.
    A step back into its own state ends no stay."""
    entries = [index for index, each in enumerate(moved) if each.source != each.target]
    numbers = {event.seq: number for number, event in enumerate(taken(moved), start=1)}
    found = []
    for place, index in enumerate(entries):
        event = moved[index]
        left = moved[entries[place + 1]] if place + 1 < len(entries) else None
        found.append(
            Stay(
                state=event.target,
                entered=event,
                left=left,
                left_as=numbers[left.seq] if left else 0,
                until=left.at if left else now,
                due=deadline_entered_by(event) if left else due,
            )
        )
    return found


def taken(moved: Iterable[Event]) -> list[Event]:
    """The steps among them, in order; a file is not opened by one."""
    return [each for each in moved if each.transition]
