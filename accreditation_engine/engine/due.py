"""When a time limit ends, on the calendar of a scheme, in the site's own time zone."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from accreditation_engine.definitions.calendars import WORKING_DAYS, Counts
from accreditation_engine.definitions.durations import after, whole_days
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.definitions.working_days import working_day_from, working_days_after

from .days import end_of


def falls_due(
    workflow: Workflow, since: datetime, duration: str, counts: Counts = "calendar_days"
) -> datetime:
    """The end of a time limit of `duration` that begins at `since`.

    Working days end with the last of them; the day on which they begin is not counted. What would end on a day
    off ends with the next working day, where the workflow's calendar says so. Otherwise it ends at the hour at
    which it began.
    """
    calendar = workflow.calendar
    if calendar is not None and counts == WORKING_DAYS:
        return end_of(working_days_after(timezone.localdate(since), whole_days(duration) or 0, calendar))
    due = after(since, duration)
    day = timezone.localdate(due)
    moved = last_day(workflow, day)
    return due if moved == day else end_of(moved)


def last_day(workflow: Workflow, day: date) -> date:
    """The day with which a time limit ends that would end with `day`: the next working day, where that is a day
    off and the workflow's calendar moves what ends on one."""
    calendar = workflow.calendar
    return day if calendar is None or calendar.moves is None else working_day_from(day, calendar)


def reckoned_once(workflow: Workflow, state: str) -> bool:
    """Whether the deadline of `state` depends on more than when it was entered: on a day of the subject, or on
    which days are off. What those are may be announced later, so what was reckoned then stands in the event
    and stays."""
    deadline, calendar = workflow.states[state].deadline, workflow.calendar
    if deadline is None or deadline.after is None:
        return False
    on_a_calendar = calendar is not None and (deadline.counts == WORKING_DAYS or calendar.moves is not None)
    return on_a_calendar or deadline.not_before is not None
