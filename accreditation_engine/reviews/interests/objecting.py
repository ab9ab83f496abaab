"""The organisation objects to a reviewer, and a coordinator answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.due import falls_due
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.rules import assignment_open, coordinator_unfit
from accreditation_engine.trail.content import timestamp
from accreditation_engine.written import kept_text

from .letters import tell_of_answer, tell_of_objection, tell_of_reviewer
from .models import Objection
from .taking_back import take_back

OBJECTED, UPHELD, REJECTED = "objected", "objection_upheld", "objection_rejected"


def objection_until(dossier: Dossier, assignment: Assignment) -> datetime | None:
    """Until when the organisation may object to a reviewer; None where it may not at all."""
    workflow = compiled(dossier.edition_id).workflow
    reviewing = workflow.reviewing
    if reviewing is None or reviewing.objection is None:
        return None
    return falls_due(workflow, assignment.assigned_at, reviewing.objection, reviewing.counts)


def name_to_organisation(dossier: Dossier, assignment: Assignment) -> None:
    """Tell the organisation who reviews its dossier, where it may object."""
    until = objection_until(dossier, assignment)
    if until is not None:
        tell_of_reviewer(assignment, timestamp(until))


def object_to(*, assignment: Assignment, reason: str, by: User) -> Objection:
    """The organisation objects to the reviewer of `assignment`. Until it is answered that review is not sent.

    Raises Refused for everybody but the organisation's people, without a reason, a second time, too late, and
    once the reviewer is gone or reviews are closed.
    """
    dossier = assignment.dossier
    role = require_role(dossier, by, "applicant")
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(dossier)
        current = Assignment.objects.select_related("reviewer").get(pk=assignment.pk)
        reasons += against_objecting(locked, current)
        if reasons:
            raise Refused(reasons)
        event = record(
            locked.pk,
            OBJECTED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data=current.reviewer.named_as("reviewer"),
        )
        objection = Objection.objects.create(
            dossier=locked,
            assignment=current,
            reviewer=current.reviewer,
            seq=event.seq,
            made_at=event.at,
        )
        tell_of_objection(locked, by)
    return objection


def against_objecting(dossier: Dossier, assignment: Assignment) -> list[Reason]:
    """Why the organisation cannot object to this reviewer (any more)."""
    until = objection_until(dossier, assignment)
    if until is None:
        return [Reason("objection_not_asked")]
    if Objection.objects.filter(dossier=dossier, reviewer=assignment.reviewer_id).exists():
        return [Reason("objected_already")]
    if assignment.released_at is not None:
        return [Reason("reviewer_gone", {"name": assignment.reviewer.name})]
    if timezone.now() >= until:
        return [Reason("objection_too_late", {"until": timezone.localtime(until).date().isoformat()})]
    return assignment_open(dossier)


def answer_objection(*, objection: Objection, uphold: bool, reason: str, by: User) -> None:
    """Take the review from the reviewer, or let them go on; for `reason`, which the organisation reads. Raises
    Refused for everybody but coordinators without an interest, without a reason, and a second time."""
    role = require_role(objection.dossier, by, "coordinator")
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(objection.dossier)
        current = Objection.objects.select_related("assignment__reviewer").get(pk=objection.pk)
        reasons += coordinator_unfit(locked, by)
        if current.answered_at is not None:
            reasons.append(Reason("objection_closed"))
        if reasons:
            raise Refused(reasons)
        event = record(
            locked.pk,
            UPHELD if uphold else REJECTED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data={"objected": current.seq, **current.assignment.reviewer.named_as("reviewer")},
        )
        answered = {"answered_seq": event.seq, "answered_at": event.at, "upheld": uphold}
        Objection.objects.filter(pk=current.pk).update(**answered)
        assignment = current.assignment
        taken = uphold and assignment.released_at is None and take_back(locked, assignment, by=by, role=role)
        tell_of_answer(locked, assignment.reviewer, by, taken=taken)
