"""Votes that nobody may know yet: those of a ballot that is secret and in which somebody has still to vote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine import registry
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.prepared import PreparedByKey
from accreditation_engine.organisations.models import User

from .closed import closed_ballot
from .latest import latest_number
from .seats import Seats, awaited, secret_seats_of

VOTES = "votes"
WHO_VOTED = f"{VOTES}:who"
"""Who has voted, and not how: for whoever would see votes that are sealed."""


def votes_of(ballot: int) -> str:
    """The word for the votes of one ballot, for whoever may see no others."""
    return f"{VOTES}:{ballot}"


def sealed_ballots(dossiers: Iterable[Subject]) -> dict[UUID, int]:
    """The number of the ballot whose votes are sealed, of each dossier that has one. A query for each edition and
    state among them in which votes are secret, none for others."""
    return {dossier: each.number for dossier, each in _sealed(dossiers).items()}


def awaited_in(dossier: Dossier) -> list[User]:
    """Who has yet to vote in secret on `dossier`, by name, in a ballot that runs. No query where it was asked
    before what may be seen of it, else one."""
    kept: _Sealed | None = dossier.__dict__.get(KEPT)
    found = kept or _sealed([dossier]).get(dossier.pk)
    return list(found.awaited) if found else []


@dataclass(frozen=True)
class _Sealed:
    number: int
    awaited: tuple[User, ...]


KEPT = "_sealed_ballot"
"""What was read of a dossier is kept with it, as long as the object lives."""


def _sealed(dossiers: Iterable[Subject]) -> dict[UUID, _Sealed]:
    found: dict[UUID, _Sealed] = {}
    for seats, rows in _by_seats(dossiers).items():
        for subject in rows.values():
            subject.__dict__.pop(KEPT, None)
        for row in _running(seats).send(list(rows)):
            awaited_by_place = (getattr(row, _awaited_at(place)) for place in range(len(seats)))
            people = {each["id"]: each["name"] for found_there in awaited_by_place for each in found_there}
            if people:
                found[row.pk] = _Sealed(int(row.running), _by_name(people))
                rows[row.pk].__dict__[KEPT] = found[row.pk]
    return found


@lru_cache(maxsize=256)
def _running(seats: tuple[Seats, ...]) -> PreparedByKey:
    """Dossiers with a ballot that runs, and who is awaited in it. Every page of such a file asks."""
    waits = {
        _awaited_at(place): Rows(awaited(Dossier, each), "id", "name") for place, each in enumerate(seats)
    }
    rows = Dossier.objects.annotate(running=latest_number(), **waits).exclude(running=None)
    return PreparedByKey(rows.filter(~closed_ballot(OuterRef("pk"))).only("pk"))


def _awaited_at(place: int) -> str:
    return f"awaited_{place}"


def _by_name(people: Mapping[str, str]) -> tuple[User, ...]:
    found = [User(pk=UUID(key), name=name) for key, name in people.items()]
    return tuple(sorted(found, key=lambda member: (member.name, str(member.pk))))


def _by_seats(dossiers: Iterable[Subject]) -> dict[tuple[Seats, ...], dict[UUID, Subject]]:
    found: dict[tuple[Seats, ...], dict[UUID, Subject]] = defaultdict(dict)
    for each in dossiers:
        seats = secret_seats_of(each.edition_id, each.state) if isinstance(each, Dossier) else ()
        if seats:
            found[seats][each.pk] = each
    return found


def _seen_instead(subjects: Iterable[Subject]) -> Mapping[UUID, frozenset[str]]:
    """Of whose votes some are sealed, and which may be seen: who has voted, and those of earlier ballots."""
    return {
        dossier: frozenset({WHO_VOTED, *(votes_of(number) for number in range(1, sealed))})
        for dossier, sealed in sealed_ballots(subjects).items()
    }


registry.seals[VOTES] = _seen_instead
