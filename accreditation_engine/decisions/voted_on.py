"""Whoever has voted has read what was found: it stays as it is until the ballot is opened anew."""

from __future__ import annotations

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.visibility import visible
from accreditation_engine.reviews.amending import stands_for_now
from accreditation_engine.reviews.models import Finding

from .latest import of_an_earlier_ballot
from .models import Vote
from .sealing import VOTES
from .seats import seats_of


def findings_stand(finding: Finding, dossier: Dossier, role: str) -> list[Reason]:
    """While votes are in, for whoever may know that; others would learn it from being refused, so to them what was
    found stands as long as the panel may vote on it. Two queries at most."""
    if dossier.state not in seats_of(dossier.edition_id):
        return []
    if not any(each.partition(":")[0] == VOTES for each in visible(dossier, [role])):
        return [Reason("findings_before_the_panel")]
    cast = Vote.objects.filter(~of_an_earlier_ballot(), ballot__dossier=dossier)
    return [Reason("findings_voted_on")] if cast.exists() else []


stands_for_now.append(findings_stand)
