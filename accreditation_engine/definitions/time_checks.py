"""Whether what a workflow says of time can be done: its calendar, its time limits and its reminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from .calendars import WORKING_DAYS, Calendar
from .durations import after, whole_days
from .problems import Flaw, Path, instead
from .reminders import OF_A_DEADLINE, Reminder
from .said import Said, say
from .vocabulary import Vocabulary
from .workflow import Deadline, State, Workflow
from .working_days import countries

ANY_MOMENT = datetime(2025, 1, 1, tzinfo=UTC)
"""Durations are compared from here."""


def check_times(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    if workflow.calendar is not None:
        yield from _calendar(workflow.calendar)
    for name, state in workflow.states.items():
        if state.deadline is not None:
            yield from _deadline(state.deadline, workflow, ("states", name, "deadline"))
        yield from _state(state, vocabulary, ("states", name, "reminders"))
    yield from _reviewing(workflow, vocabulary)


def _calendar(calendar: Calendar) -> Iterator[Flaw]:
    if calendar.country is not None and calendar.country not in countries():
        words = (
            "the public holidays of '{country}' are not known here; write the two letters of another country, or"
            " remove 'country' and list the days under 'closed'"
        )
        yield Flaw(("calendar", "country"), say(words, country=calendar.country))
    for index, day in enumerate(calendar.open):
        if day in calendar.closed:
            words = "{day} is both closed and open; remove it from one"
            yield Flaw(("calendar", "open", index), say(words, day=day))


def _deadline(deadline: Deadline, workflow: Workflow, path: Path) -> Iterator[Flaw]:
    if deadline.not_before is not None and deadline.after is None:
        words = "a date is not put off by another; remove 'not_before', or write 'after'"
        yield Flaw((*path, "not_before"), say(words))
    if deadline.counts != WORKING_DAYS:
        return
    if deadline.after is None:
        yield Flaw((*path, "counts"), say("a date counts no days; remove 'counts', or write 'after'"))
    else:
        yield from _counted(deadline.after, workflow, (*path, "after"))


def _counted(duration: str, workflow: Workflow, path: Path) -> Iterator[Flaw]:
    """Working days need a calendar, and are counted in days."""
    if workflow.calendar is None:
        words = "working days need a calendar; add '{example}'"
        example = "calendar: {country: EG, weekend: [friday, saturday]}"
        yield Flaw((*path[:-1], "counts"), say(words, example=example))
    if whole_days(duration) is None:
        words = "'{duration}' is not written in days, and working days are; write for example P10D"
        yield Flaw(path, say(words, duration=duration))


def _state(state: State, vocabulary: Vocabulary, path: Path) -> Iterator[Flaw]:
    if state.final and state.reminders:
        words = "the state is final, so nobody is reminded of anything; remove 'reminders'"
        yield Flaw(path, say(words))
        return
    deadline = state.deadline
    calendar_days = deadline is not None and deadline.counts != WORKING_DAYS
    limit = deadline.after if deadline is not None and calendar_days else None
    words = "the state has no deadline; write 'since' instead, or add a deadline"
    missing = None if deadline else say(words)
    yield from _reminders(state.reminders, vocabulary, path, missing=missing, limit=limit)


def _reviewing(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    reviewing, path = workflow.reviewing, ("reviewing", "reminders")
    if reviewing is None:
        return
    if reviewing.counts == WORKING_DAYS:
        limits = {"due": reviewing.due, "objection": reviewing.objection}
        for name, duration in limits.items():
            if duration is not None:
                yield from _counted(duration, workflow, ("reviewing", name))
        if not any(limits.values()):
            words = "there is nothing to count; add 'due', or remove 'counts'"
            yield Flaw(("reviewing", "counts"), say(words))
    never = "reviews are never due; write 'since' instead, or add 'due: P21D'"
    missing = None if reviewing.due else say(never)
    limit = None if reviewing.counts == WORKING_DAYS else reviewing.due
    yield from _reminders(reviewing.reminders, vocabulary, path, missing=missing, limit=limit)


def _reminders(
    reminders: Iterable[Reminder],
    vocabulary: Vocabulary,
    path: Path,
    *,
    missing: Said | None,
    limit: str | None,
) -> Iterator[Flaw]:
    """`missing` says what to do about a deadline that is not there; `limit` is how long there is until it."""
    seen: set[str] = set()
    for index, each in enumerate(reminders):
        here = (*path, index)
        reader = "to" if each.to else "escalate"
        if each.role not in vocabulary.roles:
            words = "unknown {what} '{name}'; {instead}"
            known = {"what": say("role"), "instead": instead(each.role, vocabulary.roles)}
            yield Flaw((*here, reader), say(words, name=each.role, **known))
        if missing and each.moment in OF_A_DEADLINE:
            yield Flaw((*here, each.moment), missing)
        if limit and each.before and _no_shorter(each.before, limit):
            words = (
                "{before} before a deadline after {limit} is the beginning itself, or earlier; write a shorter"
                " time"
            )
            yield Flaw((*here, "before"), say(words, before=each.before, limit=limit))
        if each.key in seen:
            words = "'{name}' stands twice in '{list}'; remove one"
            yield Flaw(here, say(words, name=each.key, list="reminders"))
        seen.add(each.key)


def _no_shorter(one: str, other: str) -> bool:
    return after(ANY_MOMENT, one) >= after(ANY_MOMENT, other)
