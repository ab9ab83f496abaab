"""The sittings that a page shows to somebody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.sittings.details import with_details
from accreditation_engine.decisions.sittings.rules import sittings_of
from accreditation_engine.organisations.models import User


def sittings_for(person: User) -> QuerySet[Sitting]:
    """Those that `person` may look at, with what `details_of` tells of each."""
    return with_details(sittings_of(person))


def sitting_for(person: User, pk: UUID) -> Sitting:
    """Raises Http404 where it is none of theirs."""
    return get_object_or_404(sittings_for(person), pk=pk)
