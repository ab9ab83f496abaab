"""Roles that somebody held and holds no more, of which they are told where they look for them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .models import RoleGrant, User
from .roles import in_force

LATELY = timedelta(days=30)


def ended_roles(person: User, *, within: timedelta | None = None) -> list[RoleGrant]:
    """Those of `person` that ended, `within` so long before now where that is said, and that no other grant makes
    up for; each role once, the last that ended first. One query."""
    now = timezone.now()
    renewed = RoleGrant.objects.filter(in_force(), user=OuterRef("user"), role=OuterRef("role")).filter(
        Q(scheme="") | Q(scheme=OuterRef("scheme"))
    )
    over = RoleGrant.objects.filter(~Exists(renewed), user=person, until__lte=now)
    if within is not None:
        over = over.filter(until__gt=now - within)
    last: dict[str, RoleGrant] = {}
    for each in over.order_by("-until", "pk"):
        last.setdefault(each.role, each)
    return list(last.values())
