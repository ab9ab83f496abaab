"""The review: an index of its areas, and a page for each."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.options import options
from accreditation_engine.portal.dossier.acts import Desk, actions, version_of
from accreditation_engine.portal.dossier.addressed import find_section
from accreditation_engine.portal.dossier.autosave import saves_itself
from accreditation_engine.portal.dossier.entries import read
from accreditation_engine.portal.dossier.overview import links_of
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.dossier.rubrics import Section
from accreditation_engine.portal.dossier.since_last import wants_changed_only
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.time_left import time_left
from accreditation_engine.reviews.reminding import paused_in

from .desk import Review, save
from .over import answer_if_over
from .page import area_page, review_words
from .typing import save_typed

SENDS = "own_review_complete"


@require_safe
def index(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All areas, what is still missing, and the button that sends the review."""
    reader = reader_of(signed_in(request), pk)
    review = Review.of(reader)
    due = review.assignment.due_at
    context = {
        **frame(reader, "dossier"),
        "review": review,
        "progress": review.whole(),
        "paused": reader.dossier.state in paused_in(reader.dossier.edition_id),
        "sections": review.listed(),
        "next_url": review.next_open(),
        "autosave": review_words(review),
        "missing": review.missing() if review.open else [],
        "actions": _sending(reader),
        "time_left": time_left(due) if due and review.open else "",
        "release_url": reverse("release", args=[pk, review.assignment.pk]) if review.open else "",
        "hand_over_url": reverse("hand_over", args=[pk, review.assignment.pk]) if review.open else "",
    }
    return render(request, "portal/review.html", context)


def _sending(reader: Reader) -> dict[str, object]:
    """The steps that send a review, as the overview offers them."""
    offered = [
        each
        for each in options(reader.dossier, reader.person)
        if any(guard.name == SENDS for guard in each.step.guards)
    ]
    dossier = reader.dossier
    version = version_of(dossier, dossier.entered_seq)
    desk = Desk(dossier, reverse("dossier", args=[dossier.pk]), version, links=links_of(reader))
    return actions(desk, offered)


@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, pk: UUID, rubric: str, area: str) -> HttpResponse:
    """Rate the criteria of one area. What is there is saved, complete or not."""
    person = signed_in(request)
    if saves_itself(request):
        return save_typed(request, person, pk, rubric, area)
    if request.method == "POST" and (over := answer_if_over(request, person, pk, rubric, area)):
        return over
    reader = reader_of(person, pk)
    review = Review.of(reader)
    section = find_section(reader, rubric, area)
    if request.method != "POST":
        return render(request, "portal/review_area.html", _shown(request, review, section))
    entries = read(section, request.POST)
    changed = save(review, entries).changed
    if entries.wrong:
        context = area_page(Review.of(reader), section, entries)
        return render(request, "portal/review_area.html", context, status=HTTPStatus.CONFLICT)
    if changed:
        words = ngettext("%(count)d rating was saved", "%(count)d ratings were saved", changed)
        messages.success(request, words % {"count": changed})
    else:
        messages.info(request, _("Nothing had changed."))
    return redirect(_onwards(request, review, section))


def _shown(request: HttpRequest, review: Review, section: Section) -> dict[str, Any]:
    return area_page(review, section, changed_only=wants_changed_only(request))


def _onwards(request: HttpRequest, review: Review, section: Section) -> str:
    """The same area, or the one after it, as the button said."""
    if "next" not in request.POST:
        return review.address(section)
    after = review.sections[review.sections.index(section) + 1 :]
    return review.address(after[0]) if after else reverse("review", args=[review.reader.dossier.pk])
