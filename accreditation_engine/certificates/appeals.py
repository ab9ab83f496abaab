"""A certificate can be appealed against as its dossier can: where its workflow has steps for that."""

from __future__ import annotations

from collections.abc import Iterable

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.report.standing import also

from .models import Certificate


@also.append
def _certificates(dossier: Dossier) -> Iterable[Certificate]:
    return Certificate.objects.filter(dossier=dossier).order_by("pk")
