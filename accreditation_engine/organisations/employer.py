"""Where somebody works beside what they do here, as they say it: who works with an organisation's people does not
judge it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from accreditation_engine.engine import erasures
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.erasures import By, Kind, Piece
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.erasure import NothingToErase
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_line

from .models import User
from .ties import as_compared

EMPLOYER, NAMED = "employer", "employer_named"
LONGEST = 200


def name_employer(*, user: User, employer: str, by: Person | Actor) -> None:
    """Keep where `user` works; "" is nowhere, or not said. The event in the person's stream has the name beside
    it, where it can be erased. Raises Refused for a name that is endless."""
    name = kept_line(employer)
    if len(name) > LONGEST:
        raise Refused([Reason("text_too_long", {"count": len(name), "most": LONGEST})])
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        if locked.employer != name:
            _keep(user.pk, name)
            record(user.pk, NAMED, by, comment=name)
    user.employer, user.employer_folded = name, as_compared(name)


def _keep(user: UUID, name: str) -> None:
    User.objects.filter(pk=user).update(employer=name, employer_folded=as_compared(name))


def register() -> None:
    erasures.of_people[EMPLOYER] = Kind(_pieces, _erase)


def _pieces(person: UUID) -> Iterator[Piece]:
    for user in User.objects.filter(pk=person).exclude(employer=""):
        yield Piece(EMPLOYER, person, {}, user.employer, author=person)


def _erase(piece: Piece, by: By) -> Event:
    if not User.objects.filter(pk=piece.stream, employer=piece.text).update(employer="", employer_folded=""):
        raise NothingToErase(piece.key)
    return erasures.say(piece, by)
