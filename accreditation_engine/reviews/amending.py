"""Saying better what was found, while nobody has answered it yet. What was said before stays in the trail."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .models import Finding
from .report.versions import amend_report
from .rules import involved
from .wording import AMENDED, EXPLAINED, WORDED

HANDS = {"reviewer": ("applicant", "coach"), "coordinator": ("applicant", "coach")}

stands_for_now: list[Callable[[Finding, Dossier, str], list[Reason]]] = []
"""Why somebody in this role cannot change now what a finding of a dossier says; the folders below register it."""


def amend_text(*, finding: Finding, text: str, reason: str, seen: int, by: User) -> Event:
    """Put `text` in the place of what was found, for `reason`; where there is a report, its next version says so.
    `seen` is the number of the event whose text the person had before their eyes.

    Raises Refused for everybody but the dossier's reviewers and coordinators, with an interest, once the
    organisation has answered, while others judge by what it says, once a decision rests on it, without a text or a
    reason, and when somebody else has amended it meanwhile.
    """
    role = require_role(finding.dossier, by, *HANDS)
    said, why = kept_text(text), kept_text(reason)
    with transaction.atomic():
        dossier = locked_row(finding.dossier)
        locked = Finding.objects.select_for_update().get(pk=finding.pk)
        worded = worded_last(locked)
        reasons = [*amendment_closed(locked, dossier, role), *involved(dossier, by, HANDS[role])]
        if worded.seq != seen:
            reasons.append(Reason("amended_meanwhile"))
        reasons += unlike_text(text, missing="finding_without_text", field="text")
        reasons += unlike_text(reason, missing="comment_missing", field="reason")
        if reasons:
            raise Refused(reasons)
        explained = record(finding.pk, EXPLAINED, by, role=role, edition=locked.edition_id, comment=why)
        amended = record(
            finding.pk,
            AMENDED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=said,
            data={"instead_of": worded.seq, "explained": explained.seq},
        )
        amend_report(dossier, by, role, because=(finding.pk, explained.seq))
    return amended


def worded_last(finding: Finding) -> Event:
    """The event beside which lies what is said of the finding now."""
    return Event.objects.filter(stream=finding.pk, kind__in=WORDED).order_by("seq").reverse()[0]


def times_amended(finding: Finding) -> int:
    """One query."""
    return Event.objects.filter(stream=finding.pk, kind=AMENDED).count()


def amendment_closed(finding: Finding, dossier: Dossier, role: str) -> list[Reason]:
    """Why the text stands before somebody in `role`: somebody has answered it, or judges by it. A few queries."""
    answered = Event.objects.filter(stream=finding.pk, kind="transition", role="applicant").exists()
    if answered:
        return [Reason("finding_answered")]
    return [reason for each in stands_for_now for reason in each(finding, dossier, role)]
