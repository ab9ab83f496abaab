"""A reviewer plays the part for the dossiers assigned to them, while they hold the role; and an interest closes
every part that judges, or sees to it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import CHAIR, granted, granted_people

from .interests.ties import Pair, acted_for, has_declared, has_interest, kept_out
from .models import Assignment

SEE_TO_IT = ("coordinator", CHAIR)


def reviews(model: type[Subject], user: UUID) -> Any:
    assigned = Assignment.objects.filter(
        dossier=OuterRef(model.dossier_path), reviewer=user, released_at=None
    )
    both = Q(Exists(assigned)) & Q(granted("reviewer", model, user))
    return ExpressionWrapper(both, output_field=BooleanField())


def was_assigned(model: type[Subject], user: UUID) -> Exists:
    """Ever, released or not: whoever has looked into a dossier as a reviewer does not decide on it."""
    return Exists(Assignment.objects.filter(dossier=OuterRef(model.dossier_path), reviewer=user))


def reviewers(subject: Any) -> Any:
    dossier = getattr(subject, "dossier_id", subject.pk)
    current = Assignment.objects.filter(dossier=dossier, released_at=None)
    return User.objects.filter(is_active=True, pk__in=current.values("reviewer"))


def register() -> None:
    registry.roles["reviewer"] = registry.Role(
        held=reviews,
        people=reviewers,
        holders=lambda scheme: granted_people("reviewer", scheme),
        judges="reviewing",
        took_part=was_assigned,
    )
    registry.roles["applicant"] = replace(registry.roles["applicant"], took_part=acted_for)
    for name in impartial():
        registry.roles[name] = _closed_by_interests(name, registry.roles[name])


def impartial() -> list[str]:
    """The roles that an interest closes: of those who judge, and of those who see to it."""
    return [name for name, role in registry.roles.items() if role.judges or name in SEE_TO_IT]


def _closed_by_interests(name: str, role: registry.Role) -> registry.Role:
    declared = partial(has_declared, role=name) if role.judges else None
    return replace(role, barred=has_interest, declared=declared, people=partial(_impartial_people, role))


def _impartial_people(role: registry.Role, subject: Any) -> QuerySet[User]:
    dossier = getattr(subject, "dossier_id", subject.pk)
    pair = Pair(OuterRef("pk"), dossier, subject.organisation_id)
    return role.people(subject).exclude(kept_out(pair))
