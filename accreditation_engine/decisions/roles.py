"""Whoever steps aside from a dossier decides on it no more, and sees nothing more of it as one who would."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.roles import CHAIR

from .models import Recusal


def has_recused(model: type[Subject], user: Any) -> Exists:
    """Whether `user` has stepped aside from the dossier of each subject."""
    return Exists(Recusal.objects.filter(dossier=OuterRef(model.dossier_path), member=user))


def deciding_roles() -> list[str]:
    """Those that may decide, in the order in which roles are known."""
    return [name for name, role in registry.roles.items() if role.judges == "deciding"]


def register() -> None:
    for name in (*deciding_roles(), CHAIR):
        role = registry.roles[name]
        registry.roles[name] = replace(role, recused=has_recused, people=partial(_people_left, role))


def _people_left(role: registry.Role, subject: Any) -> QuerySet[Any]:
    dossier = getattr(subject, "dossier_id", subject.pk)
    return role.people(subject).exclude(pk__in=Recusal.objects.filter(dossier=dossier).values("member"))
