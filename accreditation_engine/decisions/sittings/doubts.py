"""What is unusual about a plan, and may be meant so: whoever plans is told, and says that it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accreditation_engine.definitions.working_days import is_off
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.models import User

from .models import Convened, Sitting
from .plan import Plan

DAY_OFF, EMPTY, AT_ONCE = "sitting_on_day_off", "sitting_without_agenda", "members_sit_elsewhere"
DOUBTS = (DAY_OFF, EMPTY, AT_ONCE)
"""What whoever plans can have it so all the same."""
AN_HOUR = timedelta(hours=1)


def doubts_about(plan: Plan, sitting: Sitting | None) -> Iterator[Reason]:
    """What is new in `plan` and was not confirmed: a day off of one of its schemes, nothing to decide, members who
    are convened to another sitting within the hour. A query for the schemes, and one for the members."""
    moved = sitting is None or plan.starts_at != sitting.starts_at
    found: list[Reason] = []
    if plan.starts_at and moved and _is_off(localdate(plan.starts_at), plan.schemes):
        found.append(Reason(DAY_OFF, {"on": localdate(plan.starts_at).isoformat()}))
    if not plan.agenda and (sitting is None or sitting.agenda.exists()):
        found.append(Reason(EMPTY))
    if plan.starts_at:
        before = set() if moved or sitting is None else set(sitting.convened.values_list("member", flat=True))
        new = [each for each in plan.members if each.pk not in before]
        elsewhere = _elsewhere(plan.starts_at, new, sitting)
        if elsewhere:
            found.append(Reason(AT_ONCE, {"names": elsewhere}))
    yield from (each for each in found if each.code not in plan.sure)


def _is_off(day: date, schemes: Sequence[str]) -> bool:
    editions = Scheme.objects.filter(name__in=schemes).values_list("edition_id", flat=True)
    calendars = [compiled(each).workflow.calendar for each in editions]
    return any(each is not None and is_off(day, each) for each in calendars)


def _elsewhere(starts_at: datetime, members: Sequence[User], sitting: Sitting | None) -> list[str]:
    """The names of those who are convened to another sitting that begins within the hour."""
    seats = Convened.objects.filter(
        member__in=members,
        sitting__closed_at=None,
        sitting__cancelled_at=None,
        sitting__starts_at__gt=starts_at - AN_HOUR,
        sitting__starts_at__lt=starts_at + AN_HOUR,
    )
    others = seats if sitting is None else seats.exclude(sitting=sitting)
    return sorted(set(others.values_list("member__name", flat=True)))
