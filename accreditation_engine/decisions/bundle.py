"""What decisions add to a bundle of dossiers."""

from __future__ import annotations

from accreditation_engine.engine.bundles import registry

from .models import Ballot, Vote


def register() -> None:
    registry.tables["ballots"] = lambda dossiers: Ballot.objects.filter(dossier__in=dossiers)
    registry.tables["votes"] = lambda dossiers: Vote.objects.filter(ballot__dossier__in=dossiers)
