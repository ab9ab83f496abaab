"""Reading dossiers: which ones a person may see at all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import User

from .models import Dossier

READERS = ("applicant", "coordinator", "reviewer", "panel", "appeal_panel", "auditor", "methodologist")


def dossiers_of(person: User, *as_roles: str) -> QuerySet[Dossier]:
    """The dossiers in which `person` plays one of `as_roles` (any that reads, when none is named).

    Everything else does not exist for them: pages, lists and counts start from here.
    """
    mine = Q()
    for role in as_roles or READERS:
        mine |= Q(roles[role].held(Dossier, person.pk))
    return Dossier.objects.filter(mine).select_related("organisation")
