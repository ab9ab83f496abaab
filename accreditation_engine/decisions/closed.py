"""Ballots that were closed before everybody had voted."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from .models import Ballot, Closing


def closed_ballot(dossier: OuterRef) -> Exists:
    """Whether the latest ballot of the dossier was closed before all had voted."""
    later = Ballot.objects.filter(dossier=OuterRef("ballot__dossier"), number__gt=OuterRef("ballot__number"))
    return Exists(Closing.objects.filter(~Exists(later), ballot__dossier=dossier))
