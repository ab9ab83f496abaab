"""An assignment and the event that explains it, however a reviewer came to it."""

from __future__ import annotations

from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import Actor, Person, actor_of
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.content import timestamp

from .asked_letters import tell_of_task
from .due import due_at
from .interests.objecting import name_to_organisation
from .models import Assignment, Origin


def ask(
    *,
    dossier: Dossier,
    reviewer: User,
    origin: Origin,
    by: Person | Actor,
    role: str,
    reason: str = "",
    handed_over_from: Assignment | None = None,
) -> Assignment:
    """Make the assignment and write it down, in the transaction of the caller, who has locked the dossier and
    asked whether it may be. The event is of the kind `origin` and keeps when the review is due and, handed over,
    from whom."""
    now = timezone.now()
    due = due_at(dossier, now)
    assignment = Assignment.objects.create(
        dossier=dossier,
        reviewer=reviewer,
        origin=origin.value,
        assigned_at=now,
        due_at=due,
        handed_over_from=handed_over_from,
    )
    data = {
        **reviewer.named_as("reviewer"),
        "due_at": None if due is None else timestamp(due),
    }
    if handed_over_from is not None:
        before = handed_over_from.reviewer
        data |= {"from": str(before.pk), "from_name_digest": before.name_digest}
    record(
        dossier.pk,
        origin.value,
        by,
        role=role,
        edition=dossier.edition_id,
        comment=reason,
        data=data,
    )
    name_to_organisation(dossier, assignment)
    tell_of_task(assignment, actor_of(by))
    return assignment
