"""Which reviewers are written to: those whose review of the dossier is theirs, sent or not."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet

from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.letters.readers import reached_by

from .models import Assignment


@reached_by("reviewer")
def reviewers_for(model: type[Subject]) -> QuerySet[Any, Any]:
    current = Assignment.objects.filter(released_at=None, reviewer__is_active=True)
    own = current.filter(dossier=OuterRef(model.dossier_path))
    return own.annotate(who=F("reviewer_id"), digest=F("reviewer__digest"))
