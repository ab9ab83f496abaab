"""What the events of a person tell of organisations: for which they act, and which they coach."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.said import Said

from .models import Engagement, Membership

MEMBERSHIPS, ENGAGEMENTS = "memberships", "engagements"
"""Keys: the organisation, and a number that tells several with the same apart."""


@told_by("person", "joined")
def _joined(picture: Picture, event: Said) -> None:
    """Events of before say nothing of a standing: all who acted for an organisation were the same."""
    standing = event.data.get("standing", "owner")
    key = _next(picture, MEMBERSHIPS, event.data)
    picture.say(event, MEMBERSHIPS, key, since=event.at, ended_at=None, standing=standing)


@told_by("person", "standing_changed")
def _standing_changed(picture: Picture, event: Said) -> None:
    key = _open(picture, MEMBERSHIPS, "ended_at", event.data)
    picture.say(event, MEMBERSHIPS, key, standing=event.data["standing"])


@told_by("person", "left")
def _left(picture: Picture, event: Said) -> None:
    picture.say(event, MEMBERSHIPS, _open(picture, MEMBERSHIPS, "ended_at", event.data), ended_at=event.at)


@told_by("person", "engaged")
def _engaged(picture: Picture, event: Said) -> None:
    began_on = date.fromisoformat(event.data["on"])
    key = _next(picture, ENGAGEMENTS, event.data)
    picture.say(event, ENGAGEMENTS, key, began_on=began_on, ended_on=None)


@told_by("person", "disengaged")
def _disengaged(picture: Picture, event: Said) -> None:
    ended_on = date.fromisoformat(event.data["on"])
    picture.say(event, ENGAGEMENTS, _open(picture, ENGAGEMENTS, "ended_on", event.data), ended_on=ended_on)


def _next(picture: Picture, table: str, data: dict[str, Any]) -> Key:
    return data["organisation"], len(_with(picture, table, data))


def _open(picture: Picture, table: str, end: str, data: dict[str, Any]) -> Key:
    """The one that goes on. Raises ValueError where the events know of none."""
    for key in _with(picture, table, data):
        if picture.value(table, key, end) is None:
            return key
    raise ValueError(f"nothing goes on with {data['organisation']}")


def _with(picture: Picture, table: str, data: dict[str, Any]) -> list[Key]:
    return [key for key in picture.rows(table) if key[0] == data["organisation"]]


def _numbered(rows: Iterable[tuple[UUID, UUID, dict[str, Any]]]) -> Iterable[Kept]:
    """Rows (person, organisation, values), in the order in which they came to be, under their keys."""
    counted: dict[tuple[UUID, UUID], int] = {}
    for person, organisation, values in rows:
        number = counted[person, organisation] = counted.get((person, organisation), -1) + 1
        yield person, (str(organisation), number), values


def _memberships(persons: Collection[UUID]) -> Iterable[Kept]:
    rows = Membership.objects.filter(user__in=persons).order_by("pk")
    return _numbered(
        (
            each.user_id,
            each.organisation_id,
            {"since": each.since, "ended_at": each.ended_at, "standing": each.standing},
        )
        for each in rows
    )


def _engagements(persons: Collection[UUID]) -> Iterable[Kept]:
    rows = Engagement.objects.filter(coach__in=persons).order_by("pk")
    return _numbered(
        (each.coach_id, each.organisation_id, {"began_on": each.began_on, "ended_on": each.ended_on})
        for each in rows
    )


tables.append(
    Table(
        "person",
        MEMBERSHIPS,
        "membership",
        _memberships,
        "the membership {number} in {organisation}",
        ("organisation", "number"),
        alike={"since": near, "ended_at": near},
    )
)
tables.append(
    Table(
        "person",
        ENGAGEMENTS,
        "engagement",
        _engagements,
        "the work {number} as a coach of {organisation}",
        ("organisation", "number"),
    )
)
