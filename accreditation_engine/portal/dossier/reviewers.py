"""Who reviews a dossier, for its coordinator."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.rules import guarded_by
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.roles import granted_people
from accreditation_engine.portal.allocation.choices import barred, choices
from accreditation_engine.portal.interests.notes import interest_notes, objected_to
from accreditation_engine.portal.time_left import time_left
from accreditation_engine.reviews.allocation.pool import pool_of
from accreditation_engine.reviews.models import Assignment, Origin
from accreditation_engine.reviews.queue.places import against_claiming, places_of
from accreditation_engine.reviews.rules import assignment_open

from .former_reviewers import former_reviewers
from .reader import Reader


def reviewers(reader: Reader) -> dict[str, Any] | None:
    """Those who were asked, and those who may be; None where the reader does not assign, or there is nothing to
    say. At most seven queries, however many people."""
    if not reader.plays("coordinator"):
        return None
    every = list(_every(reader))
    asked = [each for each in every if each.released_at is None]
    former = former_reviewers(reader.dossier, [each for each in every if each.released_at is not None])
    open_ = not assignment_open(reader.dossier)
    if not asked and not open_ and not former:
        return None
    pool = pool_of(reader.dossier) if open_ else []
    at_work = [each.reviewer for each in asked if open_ or each.sent_at is None]
    notes = interest_notes(reader.dossier, at_work)  # of those who are done, the page of interests tells
    objected = objected_to(reader.dossier) if any(each.sent_at is None for each in asked) else frozenset()
    return {
        "places": _places(reader, len(asked)),
        "former": former,
        "asked": [
            {
                **_asked(reader, each, open_),
                "note": notes.get(each.reviewer_id, ""),
                "objection": each.reviewer_id in objected,
            }
            for each in asked
        ],
        "interests_url": reverse("interests", args=[reader.dossier.pk]),
        "assign_url": reverse("assign", args=[reader.dossier.pk]) if open_ else "",
        "draw_url": reverse("draw", args=[reader.dossier.pk]) if open_ else "",
        "choices": choices(pool),
        "barred": barred(pool),
        "full": bool(places_of(reader.scheme)) and len(asked) >= places_of(reader.scheme),
    }


def _every(reader: Reader) -> QuerySet[Any]:
    """The reviews that were asked for, in that order, those that are over as well; `holds` says whether their
    reviewer still has the role."""
    people = ("reviewer", "handed_over_from__reviewer", "handed_over_to__reviewer")
    found = Assignment.objects.filter(dossier=reader.dossier).select_related(*people).order_by("pk")
    return found.annotate(
        holds=Exists(granted_people("reviewer", reader.dossier.scheme).filter(pk=OuterRef("reviewer")))
    )


def _asked(reader: Reader, assignment: Any, open_: bool) -> dict[str, Any]:
    sent = assignment.sent_at is not None
    key = [reader.dossier.pk, assignment.pk]
    return {
        "name": str(assignment.reviewer),
        "badge": _badge(reader, sent) if sent or assignment.holds else _no_reviewer(),
        "came": came_by(assignment),
        "at": assignment.assigned_at,
        "sent_at": assignment.sent_at,
        "due_at": None if sent else assignment.due_at,
        "time_left": time_left(assignment.due_at) if assignment.due_at and not sent else "",
        "release_url": "" if sent or not open_ else reverse("release", args=key),
        "hand_over_url": "" if sent or not open_ else reverse("hand_over", args=key),
        "pk": assignment.pk,
    }


def came_by(assignment: Assignment) -> str:
    """How a reviewer came to the review, in a word or two before the day."""
    if assignment.handed_over_from:
        words = {"name": str(assignment.handed_over_from.reviewer)}
        return _("took over from %(name)s") % isolated(words)
    return {
        Origin.CLAIMED.value: _("took a place"),
        Origin.DRAWN.value: _("drawn"),
    }.get(assignment.origin, _("asked"))


def _places(reader: Reader, standing: int) -> str:
    """What is said of places that reviewers may take themselves, while one is open."""
    if against_claiming(reader.dossier, standing):
        return ""
    open_ = places_of(reader.scheme) - standing
    return ngettext(
        "%(count)d place is open: reviewers find the file in their queue.",
        "%(count)d places are open: reviewers find the file in their queue.",
        open_,
    ) % isolated({"count": open_})


def _no_reviewer() -> dict[str, str]:
    """Their role ended by itself: the review is released or handed over."""
    return {"title": _("no longer a reviewer"), "tone": "warning"}


def _badge(reader: Reader, sent: bool) -> dict[str, str]:
    """A reviewer is at work while reviews can be worked on: neither before, in screening, nor when time has run
    out."""
    if sent:
        return {"title": _("sent"), "tone": "good"}
    if guarded_by(reader.dossier, "own_review_complete"):
        return {"title": _("at work"), "tone": "reviewer"}
    return {"title": _("asked to review"), "tone": "neutral"}
