"""What certificates add to a bundle of dossiers."""

from __future__ import annotations

from accreditation_engine.engine.bundles import registry

from .models import Certificate


def register() -> None:
    registry.subjects["certificate"] = lambda dossiers: Certificate.objects.filter(dossier__in=dossiers)
