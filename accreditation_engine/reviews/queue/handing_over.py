"""Handing a review over to somebody else."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.asking import ask
from accreditation_engine.reviews.models import Assignment, Origin
from accreditation_engine.reviews.rules import assignment_open, coordinator_unfit, reviewer_unfit
from accreditation_engine.written import kept_text


def hand_over(*, assignment: Assignment, to: User, reason: str, by: Person) -> Assignment:
    """Give the review of `assignment` to `to`, who begins anew: ratings so far stay with whoever made them, on
    record, and count no more. The reviewer may, or a coordinator. Raises Refused, and writes the refusal down,
    without a reason, when the review is sent or over, and when `to` must not review the dossier."""
    dossier = assignment.dossier
    role = require_role(dossier, by, "coordinator", "reviewer")
    with written_down(dossier, by, role=role, act="hand_over", about=to), transaction.atomic():
        locked = locked_row(dossier)
        reasons = [
            *_not_theirs(assignment, by, role),
            *unlike_text(reason, missing="comment_missing"),
            *assignment_open(locked),
            *reviewer_unfit(locked, to),
        ]
        if role == "coordinator":
            reasons += coordinator_unfit(locked, by)
        if reasons:
            raise Refused(reasons)
        standing = Assignment.objects.filter(pk=assignment.pk, sent_at=None, released_at=None)
        if not standing.update(released_at=timezone.now()):
            raise Refused([Reason("review_closed")])
        return ask(
            dossier=locked,
            reviewer=to,
            origin=Origin.HANDED_OVER,
            by=by,
            role=role,
            reason=kept_text(reason),
            handed_over_from=assignment,
        )


def _not_theirs(assignment: Assignment, by: Person, role: str) -> list[Reason]:
    own = assignment.reviewer_id == by.acting.id
    return [] if own or role == "coordinator" else [Reason("not_your_review")]
