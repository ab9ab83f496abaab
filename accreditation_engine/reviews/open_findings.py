"""Which findings wait for somebody."""

from __future__ import annotations

from django.db.models import OuterRef

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject

from .models import Finding


def findings_fact(model: type[Subject]) -> Rows:
    rows = Finding.objects.filter(dossier=OuterRef(model.dossier_path)).order_by("pk")
    return Rows(rows, "id", "edition_id", "state", "state_seq", "severity", "rubric", "criterion")


def still_open(edition: str, state: str) -> bool:
    """A finding is open while it waits for somebody: not when it is closed and its effect has yet to show."""
    known = compiled(edition).workflow.states[state]
    return not known.final and known.waits_for is not None
