"""What the organisation sees of those who review its file, and where it objects and names ties."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in
from accreditation_engine.reviews.interests.known import KINDS
from accreditation_engine.reviews.interests.models import Interest, Objection
from accreditation_engine.reviews.interests.naming import NAMED_BY
from accreditation_engine.reviews.interests.objecting import objection_until
from accreditation_engine.reviews.interests.words import interest_title
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queries import assignments_of
from accreditation_engine.reviews.rules import assignment_open

from .asking import Asking
from .notes import allowed_people
from .said import said_with

TIE = "tie"


def reviewers_named(dossier: Dossier) -> bool:
    """Whether the organisation is told who reviews: where it may object to them."""
    reviewing = compiled(dossier.edition_id).workflow.reviewing
    return reviewing is not None and reviewing.objection is not None


def named_reviewers(dossier: Dossier, tried: Tried | None = None) -> list[dict[str, Any]]:
    """Those who review now, and those who did until an objection was upheld. Five queries at most; none where
    reviewers are not told."""
    if not reviewers_named(dossier):
        return []
    objections = list(
        Objection.objects.filter(dossier=dossier).select_related("assignment__reviewer").order_by("pk")
    )
    standing = {each.reviewer_id: each for each in assignments_of(dossier.pk)}
    gone = [each.assignment for each in objections if each.reviewer_id not in standing]
    by_reviewer = {each.reviewer_id: each for each in objections}
    said = said_with(dossier, [seq for each in objections for seq in (each.seq, each.answered_seq)])
    allowed = allowed_people(dossier)
    return [
        _reviewer(dossier, each, by_reviewer.get(each.reviewer_id), said, each.reviewer_id in allowed, tried)
        for each in [*standing.values(), *gone]
    ]


def reviewers_in_short(dossier: Dossier) -> dict[str, Any] | None:
    """For the overview: who reviews, and until when the organisation may object; None where it is not told, or
    nobody reviews. One query."""
    if not reviewers_named(dossier):
        return None
    raised = Objection.objects.filter(dossier=dossier, reviewer=OuterRef("reviewer"))
    standing = list(assignments_of(dossier.pk).annotate(objected=Exists(raised)))
    if not standing:
        return None
    return {
        "url": reverse("interests", args=[dossier.pk]),
        "rows": [_in_short(dossier, each) for each in standing],
    }


def _in_short(dossier: Dossier, assignment: Any) -> dict[str, Any]:
    until, objected = objection_until(dossier, assignment), assignment.objected
    return {
        "name": str(assignment.reviewer),
        "until": until if not objected and may_still_object(dossier, until) else None,
        "objected": objected,
    }


def _reviewer(
    dossier: Dossier,
    assignment: Assignment,
    objection: Objection | None,
    said: dict[int, str],
    allowed: bool,
    tried: Tried | None,
) -> dict[str, Any]:
    until = objection_until(dossier, assignment)
    form = objection_form(assignment.pk)
    return {
        "pk": assignment.pk,
        "name": str(assignment.reviewer),
        "since": assignment.assigned_at,
        "until": until,
        "may_object": objection is None and may_still_object(dossier, until),
        "too_late": objection is None and until is not None and timezone.now() >= until,
        "objection": _objection(objection, said) if objection else None,
        "note": _("has an interest; two people of the body have allowed the review") if allowed else "",
        "typed": typed_in(tried, form, "reason"),
        "error": wrong_in(tried, form),
    }


def may_still_object(dossier: Dossier, until: datetime | None) -> bool:
    """To a reviewer to whom the organisation has not objected, and may until then."""
    return until is not None and timezone.now() < until and not assignment_open(dossier)


def _objection(objection: Objection, said: dict[int, str]) -> dict[str, Any]:
    return {
        "at": objection.made_at,
        "reason": said.get(objection.seq, ""),
        "badge": objection_badge(objection),
        "answered_at": objection.answered_at,
        "answer": said.get(objection.answered_seq or 0, ""),
    }


def objection_badge(objection: Objection) -> dict[str, str]:
    if objection.answered_at is None:
        return {"title": _("objection open"), "tone": "coordinator"}
    if objection.upheld:
        return {"title": _("objection upheld"), "tone": "good"}
    return {"title": _("objection rejected"), "tone": "neutral"}


def objection_form(assignment: int) -> str:
    return f"object-{assignment}"


def named_ties(asking: Asking) -> dict[str, Any]:
    """What the organisation has named so far, and the form for more. Four queries."""
    rows = list(Interest.objects.filter(dossier=asking.dossier, role=NAMED_BY).order_by("seq"))
    said = said_with(asking.dossier, [each.seq for each in rows])
    tried = asking.tried
    once = {said.get(each.seq, ""): each for each in rows}  # one tie is a row for each who bears the name
    return {
        "rows": [
            {"title": interest_title(each.kind), "at": each.declared_at, "text": text}
            for text, each in once.items()
        ],
        "kinds": [
            {"value": kind, "label": interest_title(kind), "chosen": typed_in(tried, TIE, "kind") == kind}
            for kind in KINDS
        ],
        "open": bool(tried and tried.form == TIE),
        "name": typed_in(tried, TIE, "name"),
        "reason": typed_in(tried, TIE, "reason"),
        "name_error": wrong_in(tried, TIE, "nobody_named"),
        "kind_error": wrong_in(tried, TIE, "no_such_tie"),
        "reason_error": wrong_in(tried, TIE, "interest_unexplained", "text_too_long"),
    }
