"""A criterion that the page of an area saves by itself while somebody works on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.turned_away import turned_away
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.addressed import find_section
from accreditation_engine.portal.dossier.autosave import closed, kept, not_kept, stranger
from accreditation_engine.portal.dossier.entries import read
from accreditation_engine.portal.dossier.reader import MustDeclare, reader_of
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.reviews.over import CLOSED
from accreditation_engine.reviews.rules import rating_open

from .desk import Review, save
from .over import refused_if_over


def save_typed(request: HttpRequest, person: User, pk: UUID, rubric: str, area: str) -> HttpResponse:
    """See portal/dossier/autosave.py for what is sent and answered. Raises Http404 for anybody who never had a
    review of the file, and for a criterion that the area has not."""
    if answer := stranger(request, person):
        return answer
    review = _open_review(request, person, pk, rubric, area)
    if not isinstance(review, Review):
        return closed(review)
    section = find_section(review.reader, rubric, area)
    entries = read(section, request.POST, only=request.POST.get("criterion", "") or "-")
    if not entries.typed:
        raise Http404
    saved = save(review, entries)
    if entries.wrong:
        return not_kept(section.rubric, entries)
    return kept(entries, saved.kept, _parts(replace(review, kept=saved.kept), section))


def _open_review(
    request: HttpRequest, person: User, pk: UUID, rubric: str, area: str
) -> Review | Sequence[Reason]:
    """The review that the page was opened for, or why nothing of it is taken any more."""
    try:
        review = Review.of(reader_of(person, pk))
    except MustDeclare as shut:
        reasons = [Reason("declare_first")]
        turned_away(shut.dossier, person, reasons)
        return reasons
    except Http404:
        over = refused_if_over(request, person, pk, rubric, area)
        if over is None:
            raise
        return over.refused.reasons
    if request.POST["work"] != review.work:
        return [Reason(CLOSED)]
    return rating_open(review.reader.dossier, review.assignment, person) or review


def _parts(review: Review, section: Section) -> dict[str, tuple[str, Any]]:
    """What of the page tells how far the review has come."""
    (now,) = (each for each in review.listed(section) if each["current"])
    return {
        "progress": ("portal/parts/progress.html", {"progress": review.whole()}),
        "section-now": ("portal/parts/section_link.html", {"section": now}),
        "missing": (
            "portal/review_missing.html",
            {"missing": review.missing(section), "dossier": review.reader.dossier},
        ),
    }
