"""Reading people: which parts somebody plays, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.prepared import USER, Asked, Prepared

from .administering import ADMINISTRATOR
from .models import Membership, Organisation, RoleGrant, User
from .roles import GRANTED, in_force, working
from .sign_ins import SECOND


@dataclass(frozen=True)
class Played:
    """What every page asks of whoever reads it: the roles that they play anywhere now, an applicant's first;
    whether they administer every scheme; and whether they have a second factor."""

    parts: list[str]
    administers_all: bool
    proves_twice: bool


def played_by(user: User) -> Played:
    """One query."""
    found = _played().send(Asked(user=user.pk))
    held = {(each["role"], each["scheme"]) for row in found for each in row.held}
    played = {role for role, _scheme in held}
    applies = any(row.applies for row in found)
    return Played(
        parts=[*(["applicant"] if applies else []), *(role for role in GRANTED if role in played)],
        administers_all=(ADMINISTRATOR, "") in held,
        proves_twice=any(row.proves_twice for row in found),
    )


@lru_cache(maxsize=1)
def _played() -> Prepared:
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"))
    member = Membership.objects.filter(user=OuterRef("pk"), ended_at=None)
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND)
    rows = User.objects.filter(pk=USER).annotate(
        applies=Exists(member), held=Rows(grants, "role", "scheme"), proves_twice=Exists(factors)
    )
    return Prepared(rows.only("pk"))


def members_of(organisation: UUID) -> QuerySet[User]:
    """Who acts or reads for the organisation (its id) now and can sign in, by name."""
    current = Membership.objects.filter(organisation=organisation, ended_at=None)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("name", "pk")


def workers_of(organisation: UUID) -> QuerySet[User]:
    """Those of them who do not only read."""
    current = working().filter(organisation=organisation)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("name", "pk")


def organisations_of(user: User, *standing: str) -> QuerySet[Organisation]:
    """The organisations that `user` acts or reads for now; with `standing`, only where they are that."""
    current = Membership.objects.filter(user=user, ended_at=None)
    if standing:
        current = current.filter(standing__in=standing)
    return Organisation.objects.filter(pk__in=current.values("organisation"))


def organisations_worked_for(user: Any) -> QuerySet[Organisation]:
    """Those for which `user`, a person or the gap for one in a prepared query, does not only read."""
    current = working().filter(user=user)
    return Organisation.objects.filter(pk__in=current.values("organisation"))
