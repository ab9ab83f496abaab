"""The roles, and who plays them: members act or read for their organisation, everybody else by a grant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.prepared import NOW

from .models import Membership, Organisation, RoleGrant, Standing, User
from .ties import barring_engagements, memberships

GRANTED = (
    "coordinator",
    "reviewer",
    "panel",
    "appeal_panel",
    "chair",
    "coach",
    "methodologist",
    "auditor",
    "administrator",
)
JUDGES = {"reviewer": "reviewing", "panel": "deciding", "appeal_panel": "deciding"}
CHAIR, CHAIRED = "chair", ("panel", "appeal_panel")
"""A chair is one of those who decide, and holds one of these roles as well."""


def in_force() -> Q:
    """Grants that hold now."""
    return Q(since__lte=NOW) & (Q(until=None) | Q(until__gt=NOW))


def granted(role: str, model: type[Subject], user: UUID) -> Exists:
    """Whether `user` holds a grant of `role` for the scheme of each subject."""
    grants = RoleGrant.objects.filter(in_force(), user=user, role=role, user__is_active=True)
    return Exists(grants.filter(Q(scheme="") | Q(scheme=OuterRef(model.scheme_path))))


def granted_people(role: str, scheme: str) -> QuerySet[User]:
    grants = RoleGrant.objects.filter(in_force(), Q(scheme="") | Q(scheme=scheme), role=role)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def member(model: type[Subject], user: UUID) -> Exists:
    return Exists(_current(user).filter(organisation=OuterRef(model.organisation_path)))


def only_reads(model: type[Subject], user: UUID) -> Exists:
    readers = _current(user).filter(standing=Standing.READER)
    return Exists(readers.filter(organisation=OuterRef(model.organisation_path)))


def belongs_to(user: UUID | None, organisation: Organisation) -> bool:
    """Whether `user` acts or reads for `organisation` now."""
    return _current(user).filter(organisation=organisation).exists()


def acts_for(user: UUID | None, organisation: Organisation) -> bool:
    """Whether `user` acts for `organisation` now."""
    return working().filter(user=user, user__is_active=True, organisation=organisation).exists()


def _current(user: UUID | None) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user, ended_at=None, user__is_active=True)


def working() -> QuerySet[Membership]:
    """Memberships of today of all who do not only read."""
    return Membership.objects.filter(ended_at=None).exclude(standing=Standing.READER)


def was_member(model: type[Subject], user: UUID) -> Exists:
    """Ever: who once acted for an organisation does not judge it."""
    return Exists(memberships(user, OuterRef(model.organisation_path)))


def members(subject: Any) -> QuerySet[User]:
    current = Membership.objects.filter(ended_at=None, organisation=subject.organisation_id)
    return User.objects.filter(is_active=True, pk__in=current.values("user"))


def any_member(scheme: str) -> QuerySet[User]:
    """Whoever acts for any organisation: under every scheme these are the applicants."""
    return User.objects.filter(is_active=True, pk__in=Membership.objects.filter(ended_at=None).values("user"))


def coached(model: type[Subject], user: UUID) -> Exists:
    """Whether `user` coaches the organisation, or did until less than two years ago."""
    return Exists(barring_engagements(user, OuterRef(model.organisation_path)))


def register() -> None:
    registry.roles["applicant"] = registry.Role(
        held=member, people=members, holders=any_member, reads=only_reads, took_part=was_member
    )
    for role in GRANTED:
        registry.roles[role] = _granted_role(role)


def _granted_role(role: str) -> registry.Role:
    return registry.Role(
        held=lambda model, user: granted(role, model, user),
        people=lambda subject: granted_people(role, subject.scheme),
        holders=lambda scheme: granted_people(role, scheme),
        judges=JUDGES.get(role, ""),
        took_part=coached if role == "coach" else None,
    )
