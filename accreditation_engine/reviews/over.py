"""What is said to a reviewer who works on with a page of a review that is no longer theirs."""

from __future__ import annotations

from django.utils import timezone

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason

from .models import Assignment

HANDED_OVER, CLOSED = "review_handed_over", "review_closed"
OVER = frozenset({HANDED_OVER, CLOSED})


def own_review_over(assignment: Assignment, by: Person) -> list[Reason]:
    """That the review was handed over, taken back or given back, where it was that of `by`; otherwise other rules
    speak. One query at most."""
    if assignment.reviewer_id != by.acting.id or assignment.released_at is None:
        return []
    if not Assignment.objects.filter(handed_over_from=assignment).exists():
        return [Reason(CLOSED)]
    return [Reason(HANDED_OVER, {"on": timezone.localdate(assignment.released_at).isoformat()})]
