"""Taking a review from somebody who must not make it, sent or not: what they rated stays on record and counts no
more."""

from __future__ import annotations

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.recording import record
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.rules import assignment_open


def take_back(dossier: Dossier, assignment: Assignment, *, by: Person, role: str) -> bool:
    """Release `assignment` of the locked `dossier`. Gives False, and changes nothing, once reviews are closed:
    what they came to has been handed on."""
    if assignment_open(dossier):
        return False
    reviewer = assignment.reviewer
    data = reviewer.named_as("reviewer")
    event = record(dossier.pk, "released", by, role=role, edition=dossier.edition_id, data=data)
    Assignment.objects.filter(pk=assignment.pk).update(released_at=event.at)
    return True
