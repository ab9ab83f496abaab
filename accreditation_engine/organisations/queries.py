"""Reading people: which parts somebody plays, and for whom."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet, Value

from .models import Membership, Organisation, RoleGrant, User
from .roles import GRANTED, in_force


def parts_played(user: User) -> list[str]:
    """The roles that `user` plays anywhere now, an applicant's first. One query."""
    grants = RoleGrant.objects.filter(in_force(), user=user).values_list("role")
    member = Membership.objects.filter(user=user, ended_at=None).values_list(Value("applicant"))
    played = {role for (role,) in grants.union(member)}
    return [role for role in ("applicant", *GRANTED) if role in played]


def members_of(organisation: UUID) -> QuerySet[User]:
    """Who acts for the organisation (its id) now and can sign in, by name."""
    current = Membership.objects.filter(organisation=organisation, ended_at=None)
    return User.objects.filter(is_active=True, pk__in=current.values("user")).order_by("name", "pk")


def organisations_of(user: User) -> QuerySet[Organisation]:
    """The organisations that `user` acts for now."""
    current = Membership.objects.filter(user=user, ended_at=None)
    return Organisation.objects.filter(pk__in=current.values("organisation"))
