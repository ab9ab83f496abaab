"""Roles against their events: nobody holds one that was not granted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from accreditation_engine.engine.accounts import account, batches, said
from accreditation_engine.trail.verification import Problem

from .models import RoleGrant, User

Key = tuple[UUID, str, str]
"""Person, role, scheme."""


@account
def roles_as_granted(stream: UUID | None) -> Iterator[Problem]:
    for people in batches(User.objects.all(), stream):
        granted, kept = _granted(people), _kept(people)
        for key in sorted(granted.keys() | kept.keys(), key=str):
            ends, seq = granted.get(key, ([], 0))
            if len(kept[key]) != len(ends):
                detail = f"{key[1]} is held {len(kept[key])} times and was granted {len(ends)} times"
                yield Problem(key[0], seq, "role", f"{detail} under '{key[2]}'")
            elif None not in ends and kept[key].count(None):
                yield Problem(key[0], seq, "role", f"{key[1]} is held longer than was granted")


def _granted(people: Iterable[UUID]) -> dict[Key, tuple[list[str | None], int]]:
    """The end of each grant as text, None for one without, and the last event that speaks of them."""
    found: dict[Key, tuple[list[str | None], int]] = {}
    for event, data in said(people, "role_granted", "role_ended"):
        key = (event.stream, str(data.get("role")), str(data.get("scheme")))
        ends, _seq = found.get(key, ([], 0))
        if event.kind == "role_granted":
            ends.append(data.get("until"))
        elif None in ends:
            ends[ends.index(None)] = event.at.isoformat()
        found[key] = (ends, event.seq)
    return found


def _kept(people: Iterable[UUID]) -> defaultdict[Key, list[datetime | None]]:
    found: defaultdict[Key, list[datetime | None]] = defaultdict(list)
    for each in RoleGrant.objects.filter(user__in=list(people)):
        found[each.user_id, each.role, each.scheme].append(each.until)
    return found
