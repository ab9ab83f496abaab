"""Who came to a sitting, and from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.content import timestamp
from accreditation_engine.written import kept_text

from .models import ATTENDANCE_NOTED, Convened, Sitting
from .planning import locked_sitting
from .rules import require_lead


@dataclass(frozen=True)
class Stay:
    """From when to when somebody was there; `left_at` is None for whoever stayed to the end."""

    came_at: datetime
    left_at: datetime | None = None


def note_attendance(*, sitting: Sitting, stays: Mapping[UUID, Stay], by: User, reason: str = "") -> None:
    """Write down who was there: by the ids of those convened, whoever is not among `stays` did not come. What was
    noted before is replaced, and stays in the trail, with the `reason` of the correction beside it.

    Raises Refused for whoever does not lead the sitting, before its day and once it is over, for strangers among
    those noted, for a stay that ends before it begins, and for a correction without a reason.
    """
    with transaction.atomic():
        locked = locked_sitting(sitting)
        role = require_lead(by, locked)
        seats = list(locked.convened.select_related("member").order_by("member__name", "pk"))
        _refuse(locked, stays, seats)
        corrected = [each.member.name for each in seats if _is_corrected(each, stays.get(each.member_id))]
        why = _explained(reason, corrected) if corrected else ""
        data = {"members": [_noted(each, stays[each.member_id]) for each in seats if each.member_id in stays]}
        record(locked.pk, ATTENDANCE_NOTED, by, role=role, comment=why, data=data)
        for each in seats:
            stay = stays.get(each.member_id)
            each.came_at, each.left_at = (stay.came_at, stay.left_at) if stay else (None, None)
        Convened.objects.bulk_update(seats, ["came_at", "left_at"])


def _is_corrected(seat: Convened, stay: Stay | None) -> bool:
    """Whether it says something else than before; that somebody has left since corrects nothing."""
    if seat.came_at is None:
        return False
    if stay is None or _minute(stay.came_at) != _minute(seat.came_at):
        return True
    return seat.left_at is not None and (
        stay.left_at is None or _minute(stay.left_at) != _minute(seat.left_at)
    )


def _minute(moment: datetime) -> datetime:
    """Seconds are not typed."""
    return moment.replace(second=0, microsecond=0)


def _explained(reason: str, corrected: list[str]) -> str:
    """Raises Refused where nothing, or too much, is said of why it is corrected."""
    against = unlike_text(reason)
    if not kept_text(reason):
        against = [Reason("attendance_unexplained", {"names": corrected})]
    if against:
        raise Refused(against)
    return kept_text(reason)


def _refuse(sitting: Sitting, stays: Mapping[UUID, Stay], seats: list[Convened]) -> None:
    day = localdate(sitting.starts_at)
    if localdate() < day:
        raise Refused([Reason("sitting_to_come", {"on": day.isoformat()})])
    if not stays.keys() <= {each.member_id for each in seats}:
        raise Refused([Reason("not_convened")])
    wrong = [
        each.member.name for each in seats if each.member_id in stays and _ends_early(stays[each.member_id])
    ]
    if wrong:
        raise Refused([Reason("left_before_coming", {"names": wrong})])


def _ends_early(stay: Stay) -> bool:
    return stay.left_at is not None and stay.left_at < stay.came_at


def _noted(seat: Convened, stay: Stay) -> dict[str, str | None]:
    return {
        "id": str(seat.member_id),
        "name_digest": seat.member.name_digest,
        "came_at": timestamp(stay.came_at),
        "left_at": timestamp(stay.left_at) if stay.left_at else None,
    }
