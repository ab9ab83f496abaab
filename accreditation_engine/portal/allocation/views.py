"""Drawing reviewers for one file. Thin, from the request to what is done and shown."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.allocation.drawing import DRAWER, draw_reviewers

from .draw_page import draw_page
from .outcome_words import outcome_in_words


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Of every reviewer of the scheme why they are in the draw or not, and the draw. For coordinators alone."""
    reader = reader_of(signed_in(request), pk)
    if not reader.plays(DRAWER):
        raise Http404
    if request.method != "POST":
        return render(request, "portal/draw_reviewers.html", draw_page(reader))
    act = request.POST.get("act")
    if act == "organisation":
        return _describe(request, reader)
    if act != "draw":
        raise BadRequest("no such act")
    try:
        outcome = draw_reviewers(dossier=reader.dossier, by=reader.person, so_far=_seen(request))
    except Refused as refused:
        return _again(request, reader, refused)
    level = messages.WARNING if outcome.drawn.open or outcome.drawn.seniors_missing else messages.SUCCESS
    messages.add_message(request, level, outcome_in_words(outcome))
    return redirect(reverse("dossier", args=[pk]) + "#reviewers")


def _describe(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Say what the organisation works on and in which language it writes."""
    said = {name: request.POST.get(name, "") for name in ("sector", "language")}
    try:
        change_organisation(organisation=reader.dossier.organisation, by=reader.person, role=DRAWER, **said)
    except Refused as refused:
        return _again(request, reader, refused)
    messages.success(request, _("Kept. The table below goes by it."))
    return redirect("draw", pk=reader.dossier.pk)


def _again(request: HttpRequest, reader: Reader, refused: Refused) -> HttpResponse:
    context = draw_page(reader_of(reader.person, reader.dossier.pk), refused.reasons)
    return render(request, "portal/draw_reviewers.html", context, status=HTTPStatus.CONFLICT)


def _seen(request: HttpRequest) -> int:
    """How many assignments the page knew of; a form without it was not made here."""
    number = whole_number(request.POST.get("so_far", ""))
    if number is None:
        raise BadRequest("no such page")
    return number
