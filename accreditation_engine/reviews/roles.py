"""A reviewer plays the part for the dossiers assigned to them, while they hold the role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted, granted_people

from .models import Assignment


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
