"""Ballots that were closed before everybody had voted."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from .latest import of_an_earlier_ballot
from .models import Closing


def closed_ballot(dossier: OuterRef) -> Exists:
    """Whether the latest ballot of the dossier was closed before all had voted."""
    return Exists(Closing.objects.filter(~of_an_earlier_ballot(), ballot__dossier=dossier))
