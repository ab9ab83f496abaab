"""What the events of a dossier tell of its visits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.said import Said

from .answering import CONFIRMED, OTHER_DATE
from .holding import CLOSED, HELD
from .models import Visit
from .planning import AGENDA, CANCELLED, MOVED, PLACED, PLANNED

VISITS = "visits"
"""The table in a picture, each row with the number of the event that planned it for its key."""


@told_by("dossier", PLANNED)
def _planned(picture: Picture, event: Said) -> None:
    picture.say(
        event,
        VISITS,
        (event.seq,),
        kind=event.data["kind"],
        unit=event.data["unit"],
        **_meeting(event),
        planned_by=event.actor,
        timed_at=event.at,
        place_seq=event.seq,
        agenda_seq=None,
        confirmed_at=None,
        asked_seq=None,
        cancelled_at=None,
        held_at=None,
        attended=[],
        closed_at=None,
    )


@told_by("dossier", MOVED)
def _moved(picture: Picture, event: Said) -> None:
    """Whatever was answered before is open again."""
    _say(picture, event, **_meeting(event), timed_at=event.at, confirmed_at=None, asked_seq=None)


@told_by("dossier", PLACED)
def _placed(picture: Picture, event: Said) -> None:
    _say(picture, event, place_seq=event.seq)


@told_by("dossier", AGENDA)
def _described(picture: Picture, event: Said) -> None:
    _say(picture, event, agenda_seq=event.seq)


@told_by("dossier", CONFIRMED)
def _confirmed(picture: Picture, event: Said) -> None:
    _say(picture, event, confirmed_at=event.at, asked_seq=None)


@told_by("dossier", OTHER_DATE)
def _other_date(picture: Picture, event: Said) -> None:
    _say(picture, event, confirmed_at=None, asked_seq=event.seq)


@told_by("dossier", CANCELLED)
def _cancelled(picture: Picture, event: Said) -> None:
    _say(picture, event, cancelled_at=event.at)


@told_by("dossier", HELD)
def _held(picture: Picture, event: Said) -> None:
    _say(picture, event, held_at=event.at, attended=_people(event))


@told_by("dossier", CLOSED)
def _closed(picture: Picture, event: Said) -> None:
    _say(picture, event, closed_at=event.at)


def _say(picture: Picture, event: Said, **values: Any) -> None:
    key: Key = (event.data["visit"],)
    picture.say(event, VISITS, key, **values)


def _meeting(event: Said) -> dict[str, Any]:
    data = event.data
    moments = {name: datetime.fromisoformat(data[name]) for name in ("begins_at", "ends_at")}
    return {**moments, "zone": data["zone"], "people": _people(event)}


def _people(event: Said) -> list[str]:
    return [each["person"] for each in event.data["people"]]


def _visits(dossiers: Collection[UUID]) -> Iterable[Kept]:
    names = (
        *("kind", "unit", "begins_at", "ends_at", "zone", "people", "planned_by", "timed_at", "place_seq"),
        *("agenda_seq", "confirmed_at", "asked_seq", "cancelled_at", "held_at", "attended", "closed_at"),
    )
    rows = Visit.objects.filter(dossier__in=dossiers).order_by("pk")
    for dossier, seq, *values in rows.values_list("dossier", "seq", *names):
        yield dossier, (seq,), dict(zip(names, values, strict=True))


tables.append(Table("dossier", VISITS, "visit", _visits, "the visit planned in event {seq}", ("seq",)))
