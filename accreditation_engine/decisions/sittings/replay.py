"""What the events of a sitting tell of it. What was typed freely lies beside them, and no table repeats it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from accreditation_engine.engine import verification
from accreditation_engine.engine.replay.comparing import Kept, Table, people, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally

from .ending import SITTING_CANCELLED, SITTING_CLOSED
from .models import ATTENDANCE_NOTED, AgendaItem, Convened, Sitting, SittingScheme
from .planning import SITTING_PLANNED

SITTING, SITTINGS = "sitting", "sittings"
"""A stream of that name; and a table of its picture with one row, all that was said of it last."""


@told_by(SITTING, SITTING_PLANNED)
def _planned(picture: Picture, event: Said) -> None:
    data = event.data
    stays, before = _told_last(picture, "attendance"), _told_last(picture, "agenda")
    convened = {each["id"]: stays.get(each["id"], (None, None)) for each in data["members"]}
    picture.say(
        event,
        SITTINGS,
        (),
        seq=event.seq,
        starts_at=_moment(data["starts_at"]),
        schemes=sorted(data["schemes"]),
        agenda={
            each: (place, before.get(each, (0, event.at))[1]) for place, each in enumerate(data["agenda"], 1)
        },
        attendance=convened,
    )
    if picture.rows(SITTINGS)[()].get("closed_at") is None:
        picture.say(event, SITTINGS, (), closed_at=None, cancelled_at=None)


@told_by(SITTING, ATTENDANCE_NOTED)
def _noted(picture: Picture, event: Said) -> None:
    attendance = dict.fromkeys(_told_last(picture, "attendance"), (None, None))
    attendance |= {
        each["id"]: (_moment(each["came_at"]), _moment(each["left_at"])) for each in event.data["members"]
    }
    picture.say(event, SITTINGS, (), attendance=attendance)


@told_by(SITTING, SITTING_CLOSED)
def _closed(picture: Picture, event: Said) -> None:
    picture.say(event, SITTINGS, (), closed_at=event.at)


@told_by(SITTING, SITTING_CANCELLED)
def _cancelled(picture: Picture, event: Said) -> None:
    picture.say(event, SITTINGS, (), cancelled_at=event.at)


def _told_last(picture: Picture, column: str) -> dict[str, Any]:
    """Of the attendance, when each member came and left; of the agenda, the place of each dossier and since when
    it is there."""
    row = picture.rows(SITTINGS).get((), {})
    return dict(row[column].value) if column in row else {}


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _sittings(keys: Collection[UUID]) -> Iterable[Kept]:
    agenda: dict[UUID, dict[str, tuple[int, datetime]]] = defaultdict(dict)
    schemes: dict[UUID, list[str]] = defaultdict(list)
    attendance: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for item in AgendaItem.objects.filter(sitting__in=keys).order_by("sitting", "place"):
        agenda[item.sitting_id][str(item.dossier_id)] = (item.place, item.added_at)
    for named in SittingScheme.objects.filter(sitting__in=keys).order_by("sitting", "scheme"):
        schemes[named.sitting_id].append(named.scheme)
    for seat in Convened.objects.filter(sitting__in=keys):
        attendance[seat.sitting_id][str(seat.member_id)] = (seat.came_at, seat.left_at)
    for each in Sitting.objects.filter(pk__in=keys).order_by("pk"):
        names = ("seq", "starts_at", "closed_at", "cancelled_at")
        more = {"schemes": schemes[each.pk], "agenda": agenda[each.pk], "attendance": attendance[each.pk]}
        yield each.pk, (), {**{name: getattr(each, name) for name in names}, **more}


def _gone(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """Sittings that were planned and are not there any more."""
    there = Sitting.objects.filter(pk=OuterRef("stream"))
    planned = Event.objects.filter(~Exists(there), seq=1, kind=SITTING_PLANNED).order_by("stream")
    for event in planned if stream is None else planned.filter(stream=stream):
        yield Problem(event.stream, 1, SITTING, "the sitting that was planned then is gone")


people[SITTING] = Sitting.objects.all
tables.append(Table(SITTING, SITTINGS, "sitting", _sittings, "the sitting"))
verification.more.append(_gone)
