"""What reviews add to a bundle of dossiers."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from accreditation_engine.engine.bundles import registry

from .interests.models import Declaration, Interest, Objection, Override
from .models import Agreed, Assignment, Finding, Rating


def register() -> None:
    registry.subjects["finding"] = lambda dossiers: Finding.objects.filter(dossier__in=dossiers)
    registry.tables["assignments"] = lambda dossiers: Assignment.objects.filter(dossier__in=dossiers)
    registry.tables["ratings"] = lambda dossiers: Rating.objects.filter(assignment__dossier__in=dossiers)
    for name, model in (
        ("declarations", Declaration),
        ("interests", Interest),
        ("objections", Objection),
        ("overrides", Override),
    ):
        registry.tables[name] = partial(_of, model)
    registry.tables["agreed"] = lambda dossiers: Agreed.objects.filter(dossier__in=dossiers)


def _of(model: type[Model], dossiers: Collection[UUID]) -> QuerySet[Any]:
    return model._default_manager.filter(dossier__in=dossiers)
