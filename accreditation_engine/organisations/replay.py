"""What the events of a person tell: the roles they were given, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, people, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.said import Said

from .models import RoleGrant, User

ROLES = "roles"
"""Keys: role, scheme, and a number that tells several grants of them apart."""


@told_by("person", "role_granted")
def _granted(picture: Picture, event: Said) -> None:
    data = event.data
    key = (data["role"], data["scheme"], len(_grants(picture, data)))
    until = data.get("until")
    end = None if until is None else datetime.fromisoformat(until)
    picture.say(event, ROLES, key, since=event.at, until=end)


@told_by("person", "role_ended")
def _ended(picture: Picture, event: Said) -> None:
    """The first that holds, or the one of which it is told until when it held."""
    data = event.data
    holding = [key for key in _grants(picture, data) if _holds(picture, key, event.at)]
    if "until" in data:
        before = data["until"] and datetime.fromisoformat(data["until"])
        holding = [key for key in holding if picture.value(ROLES, key, "until") == before] or holding
    for key in holding[:1]:
        picture.say(event, ROLES, key, until=event.at)


@told_by("person", "role_end_changed")
def _end_changed(picture: Picture, event: Said) -> None:
    data = event.data
    before, until = (data[name] and datetime.fromisoformat(data[name]) for name in ("before", "until"))
    holding = [key for key in _grants(picture, data) if _holds(picture, key, event.at)]
    same = [key for key in holding if picture.value(ROLES, key, "until") == before]
    for key in same[:1] or holding[:1]:
        picture.say(event, ROLES, key, until=until)


def _grants(picture: Picture, data: dict[str, Any]) -> list[Key]:
    return [key for key in picture.rows(ROLES) if key[:2] == (data["role"], data["scheme"])]


def _holds(picture: Picture, key: Key, at: datetime) -> bool:
    until = picture.value(ROLES, key, "until")
    return until is None or until > at


def same_person(kept: Any, told: Any) -> bool:
    """Whoever is gone has left the row, and stays in the event."""
    return kept is None and not User.objects.filter(pk=told).exists()


def _kept(persons: Collection[UUID]) -> Iterable[Kept]:
    counted: dict[tuple[UUID, str, str], int] = {}
    for each in RoleGrant.objects.filter(user__in=persons).order_by("pk"):
        same = (each.user_id, each.role, each.scheme)
        counted[same] = counted.get(same, -1) + 1
        key = (each.role, each.scheme, counted[same])
        yield each.user_id, key, {"since": each.since, "until": each.until}


people["person"] = User.objects.all
tables.append(
    Table(
        "person",
        ROLES,
        "role",
        _kept,
        "the role {role} under '{scheme}'",
        ("role", "scheme", "number"),
        alike={"since": near, "until": near},
    )
)
