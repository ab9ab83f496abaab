"""Who is asking."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS, dossiers_of
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.queries import Played, played_by


def signed_in(request: HttpRequest) -> User:
    """The person behind the request. Pages for strangers do not ask."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else through
    return request.user


def parts_of(person: User) -> list[str]:
    """The roles that `person` plays anywhere. Asked once, as all of `played`."""
    return played(person).parts


def played(person: User) -> Played:
    """Asked once, and kept with the person as long as the request."""
    known: Played | None = person.__dict__.get("_played")
    if known is None:
        known = person.__dict__["_played"] = played_by(person)
    return known


def files_of(person: User, *as_roles: str) -> QuerySet[Dossier]:
    """As `dossiers_of`; roles that the person plays nowhere are left out, which makes a shorter question."""
    wanted = [role for role in parts_of(person) if role in (as_roles or READERS)]
    return dossiers_of(person, *wanted) if wanted else Dossier.objects.none()
