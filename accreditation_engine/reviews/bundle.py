"""What reviews add to a bundle of dossiers."""

from __future__ import annotations

from accreditation_engine.engine.bundles import registry

from .models import Agreed, Assignment, Finding, Rating


def register() -> None:
    registry.subjects["finding"] = lambda dossiers: Finding.objects.filter(dossier__in=dossiers)
    registry.tables["assignments"] = lambda dossiers: Assignment.objects.filter(dossier__in=dossiers)
    registry.tables["ratings"] = lambda dossiers: Rating.objects.filter(assignment__dossier__in=dossiers)
    registry.tables["agreed"] = lambda dossiers: Agreed.objects.filter(dossier__in=dossiers)
