"""Reading people: which parts somebody plays, and for whom."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.prepared import USER, Asked, Prepared

from .models import Membership, Organisation, RoleGrant, User
from .roles import GRANTED, in_force


def parts_played(user: User) -> list[str]:
    """The roles that `user` plays anywhere now, an applicant's first. One query."""
    found = _parts().send(Asked(user=user.pk))
    played = {each["role"] for row in found for each in row.held}
    applies = any(row.applies for row in found)
    return [*(["applicant"] if applies else []), *(role for role in GRANTED if role in played)]


@lru_cache(maxsize=1)
def _parts() -> Prepared:
    """Every page asks."""
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"))
    member = Membership.objects.filter(user=OuterRef("pk"), ended_at=None)
    rows = User.objects.filter(pk=USER).annotate(applies=Exists(member), held=Rows(grants, "role"))
    return Prepared(rows.only("pk"))


def members_of(organisation: UUID) -> QuerySet[User]:
    """Who acts for the organisation (its id) now and can sign in, by name."""
    current = Membership.objects.filter(organisation=organisation, ended_at=None)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("name", "pk")


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations that `user` acts for now."""
    current = Membership.objects.filter(user=user, ended_at=None)
    return Organisation.objects.filter(pk__in=current.values("organisation"))
