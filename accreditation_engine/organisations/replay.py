"""What the events of a person tell: the roles they were given, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, people, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.said import Said, moment_said

from .models import RoleGrant, User

ROLES = "roles"
"""Keys: role, scheme, and a number that tells several grants of them apart."""


@told_by("person", "role_granted")
def _granted(picture: Picture, event: Said) -> None:
    data = event.data
    key = (data["role"], data["scheme"], len(_grants(picture, data)))
    picture.say(event, ROLES, key, since=event.at, until=moment_said(data.get("until")))


@told_by("person", "role_ended")
def _ended(picture: Picture, event: Said) -> None:
    """The first that holds, or the one of which it is told until when it held."""
    holding = _holding(picture, event)
    if "until" in event.data:
        holding = _until_then(picture, holding, event.data["until"])
    for key in holding[:1]:
        picture.say(event, ROLES, key, until=event.at)


@told_by("person", "role_end_changed")
def _end_changed(picture: Picture, event: Said) -> None:
    until = moment_said(event.data["until"])
    for key in _until_then(picture, _holding(picture, event), event.data["before"])[:1]:
        picture.say(event, ROLES, key, until=until)


def _grants(picture: Picture, data: dict[str, Any]) -> list[Key]:
    return [key for key in picture.rows(ROLES) if key[:2] == (data["role"], data["scheme"])]


def _holding(picture: Picture, event: Said) -> list[Key]:
    return [key for key in _grants(picture, event.data) if _holds(picture, key, event.at)]


def _holds(picture: Picture, key: Key, at: datetime) -> bool:
    until = picture.value(ROLES, key, "until")
    return until is None or until > at


def _until_then(picture: Picture, keys: list[Key], said: str | None) -> list[Key]:
    """Those that are to last until the moment that an event says; all where none is."""
    then = moment_said(said)
    return [key for key in keys if picture.value(ROLES, key, "until") == then] or keys


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
