"""Who reviews a dossier, for its coordinator."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.rules import guarded_by
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted_people
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queries import assignments_of
from accreditation_engine.reviews.rules import assignment_open, reviewers_unfit

from .reader import Reader


def reviewers(reader: Reader) -> dict[str, Any] | None:
    """Those who were asked, and those who may be; None where the reader does not assign, or there is nothing to
    say. Three queries, however many people."""
    if not reader.plays("coordinator"):
        return None
    asked = list(assignments_of(reader.dossier.pk))
    open_ = not assignment_open(reader.dossier)
    if not asked and not open_:
        return None
    people = _people(reader) if open_ else []
    return {
        "asked": [_asked(reader, each, open_) for each in asked],
        "assign_url": reverse("assign", args=[reader.dossier.pk]) if open_ else "",
        "fit": [person for person, reasons in people if not reasons],
        "unfit": [" ".join(str(each) for each in reasons) for _person, reasons in people if reasons],
    }


def _people(reader: Reader) -> list[tuple[User, list[Any]]]:
    people = list(granted_people("reviewer", reader.dossier.scheme).order_by("name", "pk"))
    reasons = reviewers_unfit(reader.dossier, people)
    assigned = "assigned_already"  # they stand in the list above
    known = [(person, reasons[person.pk]) for person in people]
    return [(person, against) for person, against in known if assigned not in {each.code for each in against}]


def _asked(reader: Reader, assignment: Assignment, open_: bool) -> dict[str, Any]:
    sent = assignment.sent_at is not None
    return {
        "name": str(assignment.reviewer),
        "badge": _badge(reader, sent),
        "at": assignment.sent_at or assignment.assigned_at,
        "release_url": ""
        if sent or not open_
        else reverse("release", args=[reader.dossier.pk, assignment.pk]),
        "pk": assignment.pk,
    }


def _badge(reader: Reader, sent: bool) -> dict[str, str]:
    """A reviewer is at work while reviews can be worked on: neither before, in screening, nor when time has run
    out."""
    if sent:
        return {"title": _("sent"), "tone": "good"}
    if guarded_by(reader.dossier, "own_review_complete"):
        return {"title": _("at work"), "tone": "reviewer"}
    return {"title": _("asked to review"), "tone": "neutral"}
