"""Who holds the casting vote."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force

CHAIR = "chair"


def chairs_fact(role: str) -> str:
    return f"holders_of_{role}"


def chairs_of(model: type[Subject], role: str) -> QuerySet[Any]:
    """Whoever holds `role` for the scheme of the subject in the query around."""
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"), role=role)
    mine = grants.filter(Q(scheme="") | Q(scheme=OuterRef(OuterRef(model.scheme_path))))
    return User.objects.filter(Exists(mine), is_active=True).order_by("pk")
