"""What the events of a person tell of them as a reviewer: what they take, and when they are away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

from .models import Leave, ReviewerProfile
from .profiles import CANCELLED, LEAVE, PROFILE, said_of

PROFILES, LEAVES = "reviewer_profiles", "leaves"
"""Tables of a picture, with their keys: none, as there is one profile; and the number of the event."""


@told_by("person", PROFILE)
def _changed(picture: Picture, event: Said) -> None:
    """Whatever no event has changed yet is as a new profile has it."""
    if not picture.rows(PROFILES):
        picture.say(event, PROFILES, (), **said_of(ReviewerProfile()))
    picture.say(event, PROFILES, (), **event.data["after"])


@told_by("person", LEAVE)
def _leave(picture: Picture, event: Said) -> None:
    days = {
        "begins_on": date.fromisoformat(event.data["from"]),
        "ends_on": date.fromisoformat(event.data["to"]),
    }
    picture.say(event, LEAVES, (event.seq,), **days, cancelled_at=None)


@told_by("person", CANCELLED)
def _cancelled(picture: Picture, event: Said) -> None:
    picture.say(event, LEAVES, (event.data["said"],), cancelled_at=event.at)


def _profiles(persons: Collection[UUID]) -> Iterable[Kept]:
    for each in ReviewerProfile.objects.filter(person__in=persons).order_by("pk"):
        yield each.person_id, (), said_of(each)


def _leaves(persons: Collection[UUID]) -> Iterable[Kept]:
    for each in Leave.objects.filter(person__in=persons).order_by("pk"):
        kept = {"begins_on": each.begins_on, "ends_on": each.ends_on, "cancelled_at": each.cancelled_at}
        yield each.person_id, (each.seq,), kept


tables += [
    Table("person", PROFILES, "reviewer_profile", _profiles, "the reviewer's profile"),
    Table(
        "person",
        LEAVES,
        "leave",
        _leaves,
        "the leave of event {said}",
        ("said",),
        alike={"cancelled_at": near},
    ),
]
